"""The problems of the assignment's questions, in Spanish."""

from collections.abc import Iterable
from http import HTTPStatus
from typing import Annotated

from msgspec import UNSET, Meta, UnsetType

from api.consigna.people import Homonimo
from api.consigna.schemas import Pelicula
from api.db.snapshots import Snapshot
from api.http.openapi import OperationTexts
from api.http.problems import ProblemDetails, Wording, not_found, problem_type

SPANISH = Wording(
    unknown_path="Esta ruta no existe. ¿Buscabas {}? La lista de consultas está en /.",
    titles={
        HTTPStatus.BAD_REQUEST: "Solicitud incorrecta",
        HTTPStatus.NOT_FOUND: "No encontrado",
        HTTPStatus.METHOD_NOT_ALLOWED: "Método no permitido",
        HTTPStatus.UNPROCESSABLE_ENTITY: "Parámetro no válido",
        HTTPStatus.INTERNAL_SERVER_ERROR: "Error interno",
    },
    details={
        HTTPStatus.BAD_REQUEST: "No se puede interpretar la solicitud.",
        HTTPStatus.NOT_FOUND: (
            "Falta el nombre al final de la ruta; si contiene #, escribe %23. La lista de consultas está en /."
        ),
        HTTPStatus.METHOD_NOT_ALLOWED: "Esta ruta no admite ese método; el encabezado Allow indica los que admite.",
        HTTPStatus.UNPROCESSABLE_ENTITY: "Un parámetro tiene un valor no válido.",
        HTTPStatus.INTERNAL_SERVER_ERROR: "Se produjo un error en el servicio; los detalles están en su registro.",
    },
)


class NombreDesconocido(ProblemDetails, frozen=True, kw_only=True, omit_defaults=True):
    """Nada tiene el nombre que se busca, o nada de lo que lo tiene coincide con los parámetros."""

    sugerencias: Annotated[
        list[str] | UnsetType, Meta(description="Los nombres más parecidos, el mejor primero; hasta cinco.")
    ] = UNSET
    coincidencias: Annotated[
        list[Pelicula] | UnsetType, Meta(description="Las películas con ese título, si ninguna tiene el `anio` o `id`.")
    ] = UNSET
    homonimos: Annotated[
        list[Homonimo] | UnsetType, Meta(description="Las personas con ese nombre, si ninguna tiene ese `id`.")
    ] = UNSET


class ParametroInvalido(ProblemDetails, frozen=True, kw_only=True, omit_defaults=True):
    """Un parámetro desconocido o con un valor que no puede tener."""

    valores_aceptados: Annotated[list[str] | UnsetType, Meta(description="Los valores que se aceptan.")] = UNSET


def check_columns(snapshot: Snapshot, columns: Iterable[str]) -> None:
    """Raise a 404 if the raw files lacked a column that a question needs."""
    if missing := [column for column in columns if not snapshot.has_column(column)]:
        names = " y ".join("«{1}» de {0}".format(*column.split(".")) for column in missing)
        raise not_found(
            f"Los datos de este servicio se construyeron sin {names}, que esta consulta necesita. "
            "Construye el almacén con archivos que la incluyan: make build RAW_DIR=…"
        )


NOT_FOUND = NombreDesconocido(
    type=problem_type(404),
    title=SPANISH.title(404),
    status=404,
    detail="No hay ninguna película titulada «Toy Storry». ¿Buscaba «Toy Story»?",
    instance="/score-titulo/Toy%20Storry",
    sugerencias=["Toy Story", "Toy Story 2"],
)
INVALID_PARAMETER = ParametroInvalido(
    type=problem_type(422),
    title=SPANISH.title(422),
    status=422,
    detail="No existe el parámetro «ano». ¿Quisiste decir «anio»? Se aceptan: anio, id.",
    instance="/score-titulo/Titanic",
    valores_aceptados=["anio", "id"],
)
SPANISH_TEXTS = OperationTexts(
    wording=SPANISH,
    success="La respuesta.",
    not_modified="La respuesta no cambió desde la que el cliente ya tiene (If-None-Match).",
    instance="/score-titulo/Titanic",
    problems={
        HTTPStatus.NOT_FOUND: ("Nada tiene ese nombre.", NOT_FOUND),
        HTTPStatus.UNPROCESSABLE_ENTITY: ("Un parámetro no es válido.", INVALID_PARAMETER),
    },
)
