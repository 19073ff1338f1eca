"""Path parameters that several domains share."""

from typing import Annotated

from litestar.openapi.spec import Example
from litestar.params import PathParameter

MovieId = Annotated[
    int, PathParameter(ge=1, le=2**31 - 1, description="TMDB id of the film.", examples=[Example(value=862)])
]
OtherMovieId = Annotated[
    int, PathParameter(ge=1, le=2**31 - 1, description="TMDB id of another film.", examples=[Example(value=863)])
]
PersonId = Annotated[
    int,
    PathParameter(
        ge=-(2**63),
        le=2**63 - 1,
        description="TMDB id of the person; negative if TMDB gave none.",
        examples=[Example(value=190)],
    ),
]
