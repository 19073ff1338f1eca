"""How entities of each kind are listed and filtered."""

from api.http.parameters import filters_of, range_parameters, words_parameter
from api.lists.endpoint import ListEndpoint
from api.v1.entities.schemas import TOTALS
from api.v1.entity_kinds import KINDS, EntityKind

MEASURES = {
    "movie_count": (int, "number of films", 100),
    "known_revenue_movie_count": (int, "number of films with a known revenue", 10),
    "total_revenue": (int, "sum of known revenues in US dollars", 1_000_000_000),
}

EntityFilters = filters_of(
    "EntityFilters", {"q": words_parameter("Those whose name", "colum pict"), **range_parameters("Those", MEASURES)}
)


def _create_list(kind: EntityKind) -> ListEndpoint:
    """Return the list of all entities of a kind; names are sorted by their keys, without accents."""
    name_key = f"{kind.name}_name_key"
    return ListEndpoint(
        query="list_entities",
        file_name=kind.plural,
        item=TOTALS[kind.name],
        key=kind.key,
        default_sort="-movie_count",
        sorts=TOTALS[kind.name].__struct_fields__,
        sort_columns={f"{kind.name}_name": name_key},
        renamed_columns={**kind.public_names, "entity_name_key": name_key},
    )


ENTITY_LISTS = {kind.name: _create_list(kind) for kind in KINDS}
"""The list of each kind, by its name."""
