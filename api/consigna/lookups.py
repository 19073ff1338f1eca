"""How the names in the paths are looked up, and the problems for unknown names."""

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from itertools import product

import msgspec

from api.consigna.parameters import ActorParameters, DirectorParameters, FilmParameters, unknown_parameter
from api.consigna.path_names import PathName
from api.db.queries import Queries, Row
from api.http.problems import ProblemError
from api.http.query_parser import NoParameters

MONTHS = (
    "enero", "febrero", "marzo", "abril", "mayo", "junio",
    "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre",
)  # fmt: skip
WEEKDAYS = ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo")

MAX_NAME_LENGTH = 300
"""Maximum length of a name in a path, in characters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lookup:
    """How one kind of name is looked up."""

    path_parameter: str
    description: str
    examples: tuple[str, ...]
    not_found: str
    """The detail of the problem for an unknown name; {} is the name."""
    suggestions: str = ""
    """The query that returns the most similar names, for the 404 of an unknown name."""
    accepted: tuple[str, ...] = ()
    """All names, if there are few: an unknown one is a 422 with this list instead of a 404."""
    accepts_numbers: bool = False
    """Whether the queries also find the accepted names by their numbers, from 1."""
    bindings: tuple[Mapping[str, object], ...] = ({},)
    """Further parameters of the queries, tried in this order until one finds a match."""
    parameters: type[msgspec.Struct] = NoParameters
    """The query parameters that select one match."""
    matches_query: str = ""
    """Name of the query, and of the field of the problem, that lists the matches if the parameters select none."""
    no_match: str = ""
    """The detail of that problem; {} is the name."""

    def __post_init__(self) -> None:
        if bool(self.suggestions) == bool(self.accepted):
            raise ValueError(
                f"The lookup of {self.path_parameter!r} must have either `suggestions`, the query of similar names, or "
                "`accepted`, all names."
            )


TITULO = Lookup(
    path_parameter="titulo",
    description="Título de la película, en inglés u original. Admite barras, tildes, signos y otras escrituras.",
    examples=("Toy Story", "Face/Off", "8½"),
    not_found="No hay ninguna película titulada «{}».",
    suggestions="sugerir_titulos",
    bindings=({"por_titulo_original": False}, {"por_titulo_original": True}),
    parameters=FilmParameters,
    matches_query="coincidencias",
    no_match="Hay películas tituladas «{}», pero ninguna tiene el «anio» o el «id» pedido.",
)
ACTOR = Lookup(
    path_parameter="nombre_actor",
    description="Nombre de la actriz o del actor.",
    examples=("Tom Hanks", "Clint Eastwood"),
    not_found="Nadie llamado «{}» figura en el reparto de una película.",
    suggestions="sugerir_personas",
    bindings=({"dirige": False},),
    parameters=ActorParameters,
    matches_query="homonimos",
    no_match="Hay personas llamadas «{}», pero ninguna tiene el «id» pedido.",
)
DIRECTOR = Lookup(
    path_parameter="nombre_director",
    description="Nombre de la directora o del director.",
    examples=("John Lasseter", "Sofia Coppola"),
    not_found="Nadie llamado «{}» dirigió una película.",
    suggestions="sugerir_personas",
    bindings=({"dirige": True},),
    parameters=DirectorParameters,
    matches_query="homonimos",
    no_match="Hay personas llamadas «{}», pero ninguna tiene el «id» pedido.",
)
FRANQUICIA = Lookup(
    path_parameter="franquicia",
    description="Nombre de la franquicia.",
    examples=("Toy Story Collection", "V/H/S Collection"),
    not_found="No hay ninguna franquicia llamada «{}».",
    suggestions="sugerir_entidades",
    bindings=({"tipo": "collection"},),
)
PRODUCTORA = Lookup(
    path_parameter="productora",
    description="Nombre de la productora.",
    examples=("Pixar Animation Studios",),
    not_found="No hay ninguna productora llamada «{}».",
    suggestions="sugerir_entidades",
    bindings=({"tipo": "company"},),
)
PAIS = Lookup(
    path_parameter="pais",
    description="Nombre del país en inglés o código ISO 3166-1 de dos letras.",
    examples=("Argentina", "ar"),
    not_found="No hay ningún país llamado «{}» ni con ese código ISO 3166-1.",
    suggestions="sugerir_entidades",
    bindings=({"tipo": "country"},),
)
IDIOMA = Lookup(
    path_parameter="idioma",
    description="Código ISO 639-1 del idioma, o su nombre en ese idioma.",
    examples=("es", "Français"),
    not_found="No hay ningún idioma con el código ISO 639-1 «{}» ni con ese nombre.",
    suggestions="sugerir_entidades",
    bindings=({"tipo": "language"},),
)
MES = Lookup(
    path_parameter="mes",
    description="Mes en español o inglés, entero o con tres letras, o su número, del 1 al 12.",
    examples=("enero",),
    not_found="«{}» no es un mes. Se aceptan nombres en español o inglés, también de tres letras, y números de 1 a 12.",
    accepted=MONTHS,
    accepts_numbers=True,
)
DIA = Lookup(
    path_parameter="dia",
    description="Día de la semana en español o inglés, entero o con tres letras, o su número, del 1 (lunes) al 7.",
    examples=("lunes",),
    not_found="«{}» no es un día. Se aceptan nombres en español o inglés, también de tres letras, y números de 1 a 7, "
    "desde el lunes.",
    accepted=WEEKDAYS,
    accepts_numbers=True,
)


def find_row(queries: Queries, query: str, lookup: Lookup, name: PathName, parameters: msgspec.Struct) -> Row:
    """Return the first row of `query` for the first spelling and bindings that match.

    Raises:
        ProblemError: 422 for a name that is too long or not among the accepted ones, and for an unknown query
            parameter; 404 for an unknown name, or if the query parameters select none of its matches.
    """
    literal = name.spellings[0]
    if len(literal) > MAX_NAME_LENGTH:
        detail = f"El nombre debe tener de 1 a {MAX_NAME_LENGTH} caracteres; se recibieron {len(literal)}."
        raise ProblemError(HTTPStatus.UNPROCESSABLE_ENTITY, detail)
    values = msgspec.to_builtins(parameters)
    for nombre, binding in product(name.spellings, lookup.bindings):
        if row := queries.first(query, nombre=nombre, **binding, **values):
            return row
        if lookup.matches_query and (found := queries.rows(lookup.matches_query, nombre=nombre, **binding)):
            detail = lookup.no_match.format(nombre)
            raise ProblemError(HTTPStatus.NOT_FOUND, detail, sugerencias=[], **{lookup.matches_query: found})
    if name.unknown_parameter is not None:
        raise unknown_parameter(name.unknown_parameter, parameters.__struct_fields__)
    raise not_found(queries, lookup, literal)


def not_found(queries: Queries, lookup: Lookup, name: str) -> ProblemError:
    """Return the problem for an unknown name: a 422 with the accepted names, or a 404 with similar ones."""
    detail = lookup.not_found.format(name)
    if lookup.accepted:
        return ProblemError(HTTPStatus.UNPROCESSABLE_ENTITY, detail, valores_aceptados=list(lookup.accepted))
    similar = [row["nombre"] for row in queries.rows(lookup.suggestions, nombre=name, **lookup.bindings[0])]
    suggestion = f" ¿Buscaba «{similar[0]}»?" if similar else ""
    return ProblemError(HTTPStatus.NOT_FOUND, detail + suggestion, sugerencias=similar)
