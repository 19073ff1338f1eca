"""An example of every answer about saved queries, for the OpenAPI document."""

from api.v1.saved_queries import schemas

_NAME, _DOMAIN = "dirigidas", "consigna"
_DESCRIPTION = "The films of a director, by date."
_TABLES = ["marts.dim_movies", "marts.fct_movie_directors"]

QUERIES = schemas.SavedQueries(
    data=[schemas.SavedQuery(name=_NAME, domain=_DOMAIN, description=_DESCRIPTION, parameters=["id"], tables=_TABLES)]
)
QUERY = schemas.SavedQueryDetail(
    name=_NAME,
    domain=_DOMAIN,
    description=_DESCRIPTION,
    parameters=[schemas.QueryParameter(name="id", type="BIGINT")],
    tables=_TABLES,
    sql="select title as titulo\nfrom marts.fct_movie_directors\n…",
)
ROWS = schemas.QueryRows(
    columns=[schemas.ResultColumn(name="titulo", type="VARCHAR")],
    data=[{"titulo": "Amélie"}],
    row_count=1,
    is_truncated=False,
)
