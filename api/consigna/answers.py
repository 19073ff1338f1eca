"""From a name to an answer, told in Spanish; or to what there is, when nothing bears the name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from http import HTTPStatus
from itertools import product
from typing import TypeVar

import msgspec

from api.consigna.mensajes import mensaje
from api.consigna.path_names import TypedName
from api.consigna.schemas import Respuesta
from api.db.queries import Queries, Row
from api.http.problems import ProblemError

Answer = TypeVar("Answer", bound=Respuesta)


@dataclass(frozen=True, slots=True)
class Bearers:
    """How to tell who bears a name where ?id= or ?anio= choose among them."""

    query: str
    """The query that lists them."""
    field: str
    """Where the problem document lists them."""
    not_chosen: str
    """The sentence that says that none of them is what was chosen; {} is the name."""


@dataclass(frozen=True, slots=True)
class Subject:
    """A kind of thing that has a name, and how to help who asks for a name that nothing bears."""

    unknown: str
    """The sentence that says that nothing bears it; {} is the name."""
    suggestions: str
    """The query that finds the nearest names."""
    bearers: Bearers | None = None
    ways: tuple[Mapping[str, object], ...] = ({},)
    """What to bind, besides the name, to look for it in one way after another until something bears it."""


@dataclass(frozen=True, slots=True)
class Period:
    """A kind of time that has few names, all of them known."""

    unknown: str
    """The sentence that says that a name is none of them; {} is the name."""
    accepted: str
    """The query that lists the names."""
    bearers: None = None
    ways: tuple[Mapping[str, object], ...] = ({},)


PELICULA = Subject(
    "Ninguna película lleva el título «{}».",
    "sugerir_titulos",
    Bearers(
        "coincidencias",
        "coincidencias",
        "Ninguna de las películas que llevan el título «{}» es la elegida.",
    ),
    ways=({"por_titulo_original": False}, {"por_titulo_original": True}),
)
ACTOR = Subject(
    "Nadie llamado «{}» figura en el reparto de una película.",
    "sugerir_actores",
    Bearers("homonimos_actores", "homonimos", "Nadie de quienes se llaman «{}» es la persona elegida."),
)
DIRECTOR = Subject(
    "Nadie llamado «{}» dirigió una película.",
    "sugerir_directores",
    Bearers("homonimos_directores", "homonimos", "Nadie de quienes se llaman «{}» es la persona elegida."),
)
FRANQUICIA = Subject("Ninguna franquicia se llama «{}».", "sugerir_franquicias")
PRODUCTORA = Subject("Ninguna productora se llama «{}».", "sugerir_productoras")
PAIS = Subject("Ningún país se llama «{}» ni tiene ese código ISO 3166-1.", "sugerir_paises")
MES = Period(
    "«{}» no es un mes. Se aceptan los meses en español o inglés, enteros o con tres letras, "
    "y los números del 1 al 12.",
    "meses_aceptados",
)
DIA = Period(
    "«{}» no es un día. Se aceptan los días en español o inglés, enteros o con tres letras, "
    "y los números del 1 (lunes) al 7 (domingo).",
    "dias_aceptados",
)
IDIOMA = Subject("Ningún idioma tiene el código ISO 639-1 «{}» ni se llama así.", "sugerir_idiomas")


def answer(
    queries: Queries,
    schema: type[Answer],
    question: str,
    subject: Subject | Period,
    name: TypedName,
    **choice: object,
) -> Answer:
    """Answer `question` about what bears the name, as `find` finds it."""
    return told(schema, find(queries, question, subject, name, **choice))


def told(schema: type[Answer], row: Row) -> Answer:
    """Make a row an answer, with the sentence that tells it."""
    untold = msgspec.convert({**row, "mensaje": ""}, schema)
    return msgspec.structs.replace(untold, mensaje=mensaje(untold))


def find(queries: Queries, question: str, subject: Subject | Period, name: TypedName, **choice: object) -> Row:
    """Find the row that answers `question` about what bears the name; `choice` is what else the query binds.

    Raises ProblemError: 422 for a query parameter that the question does not know or that is given twice, and
    for a name of no period; 404 when nothing bears the name, or when nothing that bears it is what was chosen.
    """
    if name.repeated_parameter is not None:
        detail = f"El parámetro «{name.repeated_parameter}» está más de una vez; debe estar una sola."
        raise ProblemError(HTTPStatus.UNPROCESSABLE_ENTITY, detail)
    for reading, way in product(name.readings, subject.ways):
        if row := queries.first(question, nombre=reading, **way, **choice):
            return row
        if subject.bearers and (bearers := queries.rows(subject.bearers.query, nombre=reading, **way)):
            detail = subject.bearers.not_chosen.format(reading)
            raise ProblemError(HTTPStatus.NOT_FOUND, detail, sugerencias=[], **{subject.bearers.field: bearers})
    if name.unknown_parameter is not None:
        raise unknown_parameter(name.unknown_parameter, name.known_parameters)
    if isinstance(subject, Period):
        raise ProblemError(
            HTTPStatus.UNPROCESSABLE_ENTITY,
            subject.unknown.format(name.readings[0]),
            valores_aceptados=[row["nombre"] for row in queries.rows(subject.accepted)],
        )
    raise not_found(queries, subject, name)


def unknown_parameter(unknown: str, known: Sequence[str]) -> ProblemError:
    """The 422 for a query parameter that does not exist; names the nearest one that does."""
    nearest = get_close_matches(unknown.lower(), known, n=1, cutoff=0.5)
    meant = f" ¿Quiso decir «{nearest[0]}»?" if nearest else ""
    accepted = f"Se aceptan: {', '.join(known)}." if known else "Esta consulta no acepta ninguno."
    return ProblemError(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        f"No existe el parámetro «{unknown}».{meant} {accepted}",
        valores_aceptados=list(known),
    )


def not_found(queries: Queries, subject: Subject, name: TypedName) -> ProblemError:
    """The 404 for a name that nothing bears: the nearest names."""
    suggestions = [row["nombre"] for row in queries.rows(subject.suggestions, nombre=name.readings[0])]
    help_ = f" ¿Buscaba «{suggestions[0]}»?" if suggestions else ""
    return ProblemError(HTTPStatus.NOT_FOUND, subject.unknown.format(name.readings[0]) + help_, sugerencias=suggestions)
