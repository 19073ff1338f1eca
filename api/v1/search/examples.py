"""An example of what the search finds, for the OpenAPI document."""

from api.v1.search.schemas import Hit, Match, MatchedWord, SearchResults

JOHN_WICK = SearchResults(
    data=[
        Hit(
            kind="movie",
            movie_id=245891,
            person_id=None,
            collection_id=None,
            name="John Wick",
            release_year=2014,
            movie_count=None,
            known_for_titles=[],
            score=0.33,
            matched=Match(
                field="title",
                name="John Wick",
                how="typos",
                words=[
                    MatchedWord(typed="jonh", found="john", how="typo"),
                    MatchedWord(typed="wick", found="wick", how="word"),
                ],
            ),
        )
    ]
)
