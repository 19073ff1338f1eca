"""How the assignment's paths word the problems that no answer has worded: in Spanish."""

from http import HTTPStatus

from api.consigna.parameters import PARAMETER_RULES
from api.http.problems import Wording

SPANISH = Wording(
    titles={
        HTTPStatus.BAD_REQUEST: "Solicitud incorrecta",
        HTTPStatus.NOT_FOUND: "No encontrado",
        HTTPStatus.METHOD_NOT_ALLOWED: "Método no permitido",
        HTTPStatus.UNPROCESSABLE_ENTITY: "Parámetro no válido",
        HTTPStatus.INTERNAL_SERVER_ERROR: "Falla interna",
    },
    details={
        HTTPStatus.BAD_REQUEST: "La solicitud no se entiende.",
        HTTPStatus.NOT_FOUND: (
            "Falta el nombre al final de la ruta; si lleva #, se escribe %23. En / está la lista de las consultas."
        ),
        HTTPStatus.METHOD_NOT_ALLOWED: "Esta ruta no responde a ese método; los que acepta están en Allow.",
        HTTPStatus.UNPROCESSABLE_ENTITY: "Un parámetro tiene un valor que no puede tener.",
        HTTPStatus.INTERNAL_SERVER_ERROR: "Algo falló en el servicio; su registro guarda los detalles.",
    },
    parameter_rules=PARAMETER_RULES,
)
