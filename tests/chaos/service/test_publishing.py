"""Builds replaced under load: no response fails, mixes two builds or is slow.

`tests/api/db/test_snapshot_manager.py` has the short variant, and tests invalid files.
"""

import re
import shutil
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

import duckdb
import pytest

from search.index import write_index
from tests.api.server import run_server
from tests.chaos.service.load import generate_load
from tests.waiting import wait_for

PATHS = (
    "/cantidad-filmaciones/enero",
    "/score-titulo/Toy%20Story",
    "/nombre_actor/Clint%20Eastwood",
    "/director/Jean-Pierre%20Jeunet",
    "/recomendacion/Toy%20Story",
    "/v1/movies?genre=Drama&limit=20&total=true",
    "/v1/movies.csv",
    "/v1/movies/862?include=credits,keywords,recommendations",
    "/v1/people/31",
    "/v1/recommendations?like=862,597&reasons=3",
    "/v1/search?q=wizzard%20of%20oz",
    "/v1/facets",
    "/v1/build",
    "/en/films/862",
    "/es",
)
ALTER_BUILD = """
    update marts.dim_movies set title = title || ' again', revenue_usd = revenue_usd + 1, overview = 'another';
    update marts.mart_search_documents set name = name || ' again';
    update marts.dim_genres set genre_name = genre_name || ' again';
    update marts.dim_people set person_name = person_name || ' again';
    update marts.fct_releases_by_month set movie_count = movie_count + 1;
    update marts.fct_returns_by_actor set movie_count = movie_count + 1;
    update marts.fct_returns_by_director set movie_count = movie_count + 1;
"""
"""Changes a build so that every path has a different response."""

CLIENTS, ROUNDS = 64, 20
Builds = Mapping[str, Path]


@pytest.fixture(scope="session")
def builds(sample_warehouse: Path, tmp_path_factory: pytest.TempPathFactory) -> Builds:
    files = {build_id: tmp_path_factory.mktemp(build_id) / "movies.duckdb" for build_id in ("one", "another")}
    for build_id, file in files.items():
        shutil.copyfile(sample_warehouse, file)
        with duckdb.connect(str(file)) as connection:
            connection.execute("update quality.build_info set build_id = ?", [build_id])
            if build_id == "another":
                connection.execute(ALTER_BUILD)
    write_index(files["another"])
    return files


def publish(original: Path, published: Path) -> None:
    Path(shutil.copyfile(original, published.with_name("next"))).replace(published)


def strip_durations(body: bytes) -> bytes:
    """Remove the query durations that pages show."""
    return re.sub(rb"[\d.,]+ ms", b"", body)


@pytest.mark.chaos
@pytest.mark.parametrize("workers", [1, 2])
def test_replaced_builds_are_served_consistently(builds: Builds, tmp_path: Path, workers: int) -> None:
    published = Path(shutil.copyfile(builds["one"], tmp_path / "movies.duckdb"))
    with (
        run_server(published, "--workers", str(workers)) as server,
        generate_load(server.origin, PATHS, CLIENTS) as recording,
    ):
        wait_for(lambda: len(recording.responses) > CLIENTS, "first responses")
        for number in range(ROUNDS):
            build_id = ("another", "one")[number % 2]
            publish(builds[build_id], published)
            wait_for(
                lambda build_id=build_id: recording.build_ids(last=4 * CLIENTS) == {build_id},  # type: ignore[misc]
                f"all workers serve build {number}",
            )
    recording.assert_all_served(max_seconds=1.0)
    bodies = defaultdict(set)
    for response in recording.responses:
        bodies[response.path, response.build_id].add(strip_durations(response.body))
    for path in PATHS:
        assert [len(bodies[path, build]) for build in builds] == [1, 1], path
        assert bodies[path, "one"] != bodies[path, "another"], path
