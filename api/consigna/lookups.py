"""How the names in the paths are looked up, and the problems for unknown names."""

from collections.abc import Iterator
from http import HTTPStatus
from itertools import islice, product
from pathlib import Path
from typing import Any

import msgspec

from api.consigna.parameters import unknown_parameter
from api.consigna.path_names import PathName
from api.db.queries import Row
from api.db.snapshots import Snapshot
from api.http.problems import ProblemError
from api.http.query_parser import invalid
from search.documents import SuggestedKind
from search.index import SearchIndex
from warehouse.names import find_code

MAX_NAME_LENGTH = 300
"""Maximum length of a name in a path, in characters."""
MAX_SUGGESTIONS = 5


class Lookup(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How one kind of name is looked up."""

    description: str
    examples: tuple[str, ...]
    not_found: str
    """The detail of the problem for an unknown name; {} is the name."""
    kind: SuggestedKind | None = None
    """What is looked up, to suggest similar names in the 404 of an unknown one."""
    accepted: tuple[str, ...] = ()
    """All names, if they are few: an unknown one is a 422. The queries also find them by their numbers, from 1."""
    bindings: tuple[dict[str, Any], ...] = ({},)
    """Further parameters of the queries, tried in this order until one finds a match."""
    matches: str = ""
    """The query, and the field of the problem, that lists the matches if the query parameters select none."""
    no_match: str = ""
    """The detail of that problem; {} is the name."""


LOOKUPS = msgspec.toml.decode(Path(__file__).with_suffix(".toml").read_bytes(), type=dict[str, Lookup])
"""The lookups by path parameter."""


def find_row(snapshot: Snapshot, query: str, lookup: Lookup, name: PathName) -> Row:
    """Return the first row of `query` for the first spelling and bindings that match.

    Raises:
        ProblemError: 422 for a name that is too long or not among the accepted ones, and for an unknown query
            parameter; 404 for an unknown name, or if the query parameters select none of its matches.
    """
    queries, literal = snapshot.queries, name.spellings[0]
    if len(literal) > MAX_NAME_LENGTH:
        raise invalid(f"El nombre debe tener de 1 a {MAX_NAME_LENGTH} caracteres; se recibieron {len(literal)}.")
    values = msgspec.to_builtins(name.parameters)
    codes = filter(None, (find_code(lookup.kind or "", spelling) for spelling in name.spellings))
    for nombre, binding in product((*name.spellings, *codes), lookup.bindings):
        if row := queries.first(query, nombre=nombre, **binding, **values):
            return row
        if lookup.matches and (found := queries.rows(lookup.matches, nombre=nombre, **binding)):
            detail = lookup.no_match.format(nombre)
            raise ProblemError(HTTPStatus.NOT_FOUND, detail, sugerencias=[], **{lookup.matches: found})
    if name.unknown_parameter is not None:
        raise unknown_parameter(name.unknown_parameter, name.parameters.__struct_fields__)
    detail = lookup.not_found.format(literal)
    if lookup.accepted:
        raise ProblemError(HTTPStatus.UNPROCESSABLE_ENTITY, detail, valores_aceptados=list(lookup.accepted))
    similar = list(islice(_find_similar(snapshot, lookup, literal), MAX_SUGGESTIONS))
    suggestion = f" ¿Buscabas «{similar[0]}»?" if similar else ""
    raise ProblemError(HTTPStatus.NOT_FOUND, detail + suggestion, sugerencias=similar)


def _find_similar(snapshot: Snapshot, lookup: Lookup, name: str) -> Iterator[str]:
    """Yield similar names that have a match: of people, those who acted or directed, as the question requires."""
    for one in snapshot.resource(SearchIndex).suggest(name, lookup.kind) if lookup.kind else ():
        candidates = (snapshot.queries.rows(lookup.matches, nombre=one, **binding) for binding in lookup.bindings)
        if not lookup.matches or any(candidates):
            yield one
