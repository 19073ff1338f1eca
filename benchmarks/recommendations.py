"""Latency of recommendations for different tastes, one uncached request at a time over HTTP."""

import random
from itertools import islice
from urllib.parse import urlencode

from benchmarks.load_generator import Request, compute_percentiles, uncached
from benchmarks.results import Cell, Part, Plan, Ratio, Table
from benchmarks.servers import Server, run_server
from warehouse.connection import open_read_only

SEED = 1
REQUESTS, COMPARED_REQUESTS = 100, 60
TEXTS = (
    "a heist in Paris with a twist",
    "a robot learns to love",
    "two detectives hunt a serial killer in the rain",
    "Tom Hanks alone on an island",
    "a boy and his dragon, animated, for the whole family",
)
FILMS = "select movie_id from marts.dim_movies where tmdb_vote_count >= 10 order by movie_id"
FILTERS = {"year_from": "1970", "vote_count_from": "20", "genre_none": "Horror"}
ALL_OPTIONS = {**FILTERS, "diversity": "0.5", "novelty": "0.3", "one_per_collection": "true"}
Taste = tuple[int, int, bool, dict[str, str]]
"""Number of liked films, of disliked films, whether there is a text, and other parameters."""
TASTES: dict[str, Taste] = {
    "one film": (1, 0, False, {}),
    "one film, 100 recommendations": (1, 0, False, {"limit": "100"}),
    "five films": (5, 0, False, {}),
    "text": (0, 0, True, {}),
    "one film, three filters": (1, 0, False, FILTERS),
    "one film, diversity": (1, 0, False, {"diversity": "0.5"}),
    "all options": (3, 2, True, ALL_OPTIONS),
}


def measure(plan: Plan) -> list[Table]:
    rng = random.Random(SEED)  # noqa: S311 - not for security
    with open_read_only(plan.settings.published_file) as connection:
        movie_ids = [str(movie_id) for (movie_id,) in connection.execute(FILMS).fetchall()]
    rows: list[list[Cell]] = []
    with run_server() as server:
        for name, taste in TASTES.items():
            paths = [_taste_path(rng, movie_ids, taste) for _ in range(REQUESTS)]
            rows.append([name, *compute_percentiles(_time(server, paths), 50, 95)])
        pairs = [rng.sample(movie_ids, 2) for _ in range(REQUESTS)]
        paths = [f"/v1/movies/{one}/similarity/{other}" for one, other in pairs]
        rows.append(["similarity of two films", *compute_percentiles(_time(server, paths), 50, 95)])
        ratios = [_compare_with_sql(server, rng.sample(movie_ids, COMPARED_REQUESTS)) for _ in range(plan.rounds)]
    return [
        Table(
            title="Recommendations for a taste",
            description="Random tastes, one uncached request at a time over HTTP. The ratio compares the CPU time "
            "for one film with that of the saved query `similar_movies`, which computes the same in SQL.",
            columns=["taste", "p50, ms", "p95, ms"],
            rows=rows,
            ratios=[Ratio.from_rounds("one film: SQL / recommender, CPU", ratios)],
        )
    ]


def _taste_path(rng: random.Random, movie_ids: list[str], taste: Taste) -> str:
    liked, disliked, has_text, options = taste
    films = rng.sample(movie_ids, liked + disliked)
    text = rng.choice(TEXTS) if has_text else ""
    query = {"like": ",".join(films[:liked]), "dislike": ",".join(films[liked:]), "q": text, **options}
    return "/v1/recommendations?" + urlencode({name: value for name, value in query.items() if value})


def _compare_with_sql(server: Server, movie_ids: list[str]) -> float:
    """Return the CPU time of the saved query over that of the recommender, for the same films."""
    cpu = [server.cpu_seconds]
    for path in ("/v1/queries/similar_movies/rows?movie_id=", "/v1/recommendations?like="):
        _time(server, [f"{path}{movie_id}" for movie_id in movie_ids])
        cpu.append(server.cpu_seconds)
    return (cpu[1] - cpu[0]) / (cpu[2] - cpu[1])


def _time(server: Server, paths: list[str]) -> list[float]:
    """Return the milliseconds of each request; the first is sent once more to warm up."""
    requests = list(islice(uncached(map(Request, [paths[0], *paths])), len(paths) + 1))
    return [milliseconds for milliseconds, _ in server.time_requests(requests)][1:]


PART = Part("recommendations", "Recommendations for a taste", measure, is_quick=True)
