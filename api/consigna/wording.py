"""Spanish titles and details of problems, for errors that no handler describes."""

from http import HTTPStatus

from api.http.problems import Wording

SPANISH = Wording(
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
            "Falta el nombre al final de la ruta; si contiene #, escriba %23. La lista de consultas está en /."
        ),
        HTTPStatus.METHOD_NOT_ALLOWED: "Esta ruta no admite ese método; el encabezado Allow indica los que admite.",
        HTTPStatus.UNPROCESSABLE_ENTITY: "Un parámetro tiene un valor no válido.",
        HTTPStatus.INTERNAL_SERVER_ERROR: "Se produjo un error en el servicio; los detalles están en su registro.",
    },
)
