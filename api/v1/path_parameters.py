"""Path parameters that several domains share."""

from typing import Annotated

from api.http.parameters import BOUNDS, path_parameter

MovieId = Annotated[int, path_parameter("TMDB id of the film.", 862, ge=1, le=2**31 - 1)]
OtherMovieId = Annotated[int, path_parameter("TMDB id of another film.", 863, ge=1, le=2**31 - 1)]
PersonId = Annotated[int, path_parameter("TMDB id of the person; negative if TMDB gave none.", 190, **BOUNDS[int])]
