"""An example of every answer about films, for the OpenAPI document."""

from datetime import date

import msgspec

from api.v1.movies import schemas

MOVIE = schemas.Movie(
    movie_id=862,
    imdb_id="tt0114709",
    title="Toy Story",
    original_title="Toy Story",
    original_language_code="en",
    overview="A cowboy doll is threatened when a new toy takes his place as a boy's favourite.",
    tagline=None,
    homepage_url="http://toystory.disney.com",
    poster_path=None,
    status="Released",
    is_adult=False,
    is_video=False,
    release_date=date(1995, 10, 30),
    release_year=1995,
    is_placeholder_date=False,
    runtime_minutes=81.0,
    budget_usd=30_000_000,
    revenue_usd=373_554_033,
    profit_usd=343_554_033,
    return_ratio=12.4518011,
    has_suspicious_budget=False,
    tmdb_popularity=21.946943,
    tmdb_vote_count=5415,
    tmdb_vote_mean=7.7,
    genre_names=["Animation", "Comedy", "Family"],
    collection_id=10194,
    collection_name="Toy Story Collection",
)

CREDITS = schemas.Credits(
    cast=[schemas.CastCredit(person_id=31, person_name="Tom Hanks", character_name="Woody (voice)", billing_order=0)],
    crew=[schemas.CrewCredit(person_id=7879, person_name="John Lasseter", department="Directing", job="Director")],
)
MOVIE_DETAIL = schemas.MovieDetail(
    **msgspec.structs.asdict(MOVIE),
    genres=[schemas.Genre(genre_id=16, genre_name="Animation")],
    credits=CREDITS,
)
FACETS = schemas.Facets(
    facets=[
        schemas.Facet(
            facet="genre",
            values=[schemas.FacetValue(value="18", label="Drama", movie_count=20_265, is_selected=False)],
        )
    ]
)
