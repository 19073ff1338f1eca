"""Query parameters that filter people."""

from api.http.parameters import filters_of, list_of, query_parameter, range_parameters, words_parameter

ROLES = ("actor", "director", "crew")
"""The roles of a person in a film. Each is a filter of /v1/movies, too; directors belong to the crew."""
GENDERS = ("female", "male", "non-binary")
MEASURES = {
    "cast_movie_count": (int, "number of films acted in", 20),
    "crew_movie_count": (int, "number of films as crew, directing included,", 20),
    "directed_movie_count": (int, "number of films directed", 10),
}

_PARAMETERS = {
    "q": words_parameter("People whose name", "clint eastw"),
    "role": query_parameter(list_of(ROLES), "People with any of these roles in any film.", ["director"]),
    "role_all": query_parameter(list_of(ROLES), "People with all of these roles.", ["actor", "director"]),
    "gender": query_parameter(list_of(GENDERS), "People whose gender is known and one of these.", ["female"]),
    **range_parameters("People", MEASURES),
}

PeopleFilters = filters_of("PeopleFilters", _PARAMETERS)
