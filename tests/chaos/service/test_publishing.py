"""Builds replaced under load: no response fails, mixes two builds or is slow, and invalid files are ignored.

`tests/api/db/test_snapshot_manager.py` tests each kind of invalid file and its message.
"""

import os
import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import duckdb
import httpx
import pytest
from litestar import Litestar
from litestar.testing import TestClient

from api.app import create_app
from tests.api.server import run_server
from tests.chaos.service.load import HEADERS, MAX_RESPONSE_SECONDS, Recording, generate_load
from tests.waiting import wait_for
from warehouse.settings import Settings

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
    update quality.build_info set build_id = 'another';
    update marts.dim_movies set title = title || ' again', revenue_usd = revenue_usd + 1, overview = 'another';
    update marts.mart_search_names set name = name || ' again';
    update marts.dim_genres set genre_name = genre_name || ' again';
    update marts.dim_people set person_name = person_name || ' again';
    update marts.fct_releases_by_month set movie_count = movie_count + 1;
    update marts.fct_returns_by_actor set movie_count = movie_count + 1;
    update marts.fct_returns_by_director set movie_count = movie_count + 1;
"""
"""Changes a build so that every path has a different response."""

Builds = Mapping[str, Path]
Bodies = Mapping[str, Mapping[str, bytes]]


@pytest.fixture(scope="session")
def builds(sample_warehouse: Path, tmp_path_factory: pytest.TempPathFactory) -> Builds:
    """Two complete builds by id."""
    folder = tmp_path_factory.mktemp("builds")
    (folder / "one").mkdir()
    (folder / "another").mkdir()
    one = Path(shutil.copyfile(sample_warehouse, folder / "one" / "movies.duckdb"))
    another = Path(shutil.copyfile(sample_warehouse, folder / "another" / "movies.duckdb"))
    with duckdb.connect(str(one)) as connection:
        connection.execute("update quality.build_info set build_id = 'one'")
    with duckdb.connect(str(another)) as connection:
        connection.execute(ALTER_BUILD)
    return {"one": one, "another": another}


@pytest.fixture(scope="session")
def bodies(builds: Builds) -> Bodies:
    """The response bodies of each build, by build id and path."""
    bodies: dict[str, dict[str, bytes]] = {}
    for build_id, file in builds.items():
        settings = Settings.from_environment({"FILMOTECA_WAREHOUSE": str(file)})
        with TestClient[Litestar](create_app(settings)) as client:
            bodies[build_id] = {path: strip_durations(client.get(path, headers=HEADERS).content) for path in PATHS}
    for path in PATHS:
        assert bodies["one"][path] != bodies["another"][path], path
    return bodies


@contextmanager
def served(builds: Builds, folder: Path, workers: int, clients: int) -> Iterator[tuple[Path, str, Recording]]:
    """Serve the first build under load; yield the published file, the origin and the recording."""
    published = Path(shutil.copyfile(builds["one"], folder / "movies.duckdb"))
    with (
        run_server(published, "--workers", str(workers)) as server,
        generate_load(server.origin, PATHS, clients) as recording,
    ):
        yield published, server.origin, recording


def publish(original: Path, published: Path) -> None:
    Path(shutil.copyfile(original, published.with_name("next"))).replace(published)


def strip_durations(body: bytes) -> bytes:
    """Remove the query durations that pages show."""
    return re.sub(rb"[\d.,]+ ms", b"", body)


def assert_consistent(recording: Recording, expected: Bodies, form: str) -> None:
    """Assert that every response is fast and is the one of the build in its header."""
    assert not recording.failures
    assert recording.statuses == {200}
    distinct = {(response.build_id, response.path, response.body) for response in recording.responses}
    assert not {(build, path) for build, path, body in distinct if strip_durations(body) != expected[build][path]}
    assert not recording.slower_than(MAX_RESPONSE_SECONDS[form])


@pytest.mark.parametrize(
    ("form", "workers", "clients", "rounds"),
    [
        pytest.param("short", 2, 8, 4, id="short"),
        pytest.param("long", 1, 64, 20, id="1 worker", marks=pytest.mark.chaos),
        pytest.param("long", 2, 64, 20, id="2 workers", marks=pytest.mark.chaos),
    ],
)
def test_replaced_builds_are_served_consistently(  # noqa: PLR0917
    builds: Builds, bodies: Bodies, tmp_path: Path, form: str, workers: int, clients: int, rounds: int
) -> None:
    with served(builds, tmp_path, workers, clients) as (published, _, recording):
        wait_for(lambda: len(recording.responses) > clients, "first responses")
        for number in range(rounds):
            build_id = ("another", "one")[number % 2]
            publish(builds[build_id], published)
            wait_for(
                lambda build_id=build_id: recording.build_ids(last=4 * clients) == {build_id},  # type: ignore[misc]
                f"all workers serve build {number}",
            )
    assert_consistent(recording, bodies, form)
    assert recording.build_ids() == {"one", "another"}


def alter(script: str) -> Callable[[Path], None]:
    def run(path: Path) -> None:
        with duckdb.connect(str(path)) as connection:
            connection.execute(script)

    return run


INVALID_FILES: dict[str, Callable[[Path], object]] = {
    "truncated": lambda path: os.truncate(path, path.stat().st_size // 2),
    "outdated": alter("update quality.build_info set filmoteca_version = '0.0.1'"),
    "empty": lambda path: path.write_bytes(b""),
    "incomplete": alter("drop table marts.dim_movies"),
    "missing": Path.unlink,
}


@pytest.mark.parametrize(
    ("form", "workers", "clients"),
    [pytest.param("short", 1, 4, id="short"), pytest.param("long", 2, 64, id="long", marks=pytest.mark.chaos)],
)
def test_invalid_files_are_ignored(  # noqa: PLR0917
    builds: Builds, bodies: Bodies, tmp_path: Path, form: str, workers: int, clients: int
) -> None:
    with served(builds, tmp_path, workers, clients) as (published, origin, recording), httpx.Client() as client:

        def is_rejected() -> bool:
            return client.get(f"{origin}/health/ready").json()["refused"] is not None

        for number, (kind, damage) in enumerate(INVALID_FILES.items()):
            invalid = Path(shutil.copyfile(published, tmp_path / "invalid"))
            damage(invalid)
            if invalid.exists():
                invalid.replace(published)
            else:
                published.unlink()
            wait_for(is_rejected, f"{kind} file is rejected")
            build_id = ("another", "one")[number % 2]
            publish(builds[build_id], published)
            wait_for(lambda: not is_rejected(), f"valid file after {kind} file is loaded")
            wait_for(lambda build_id=build_id: recording.responses[-1].build_id == build_id, "new build is served")  # type: ignore[misc]
    assert_consistent(recording, bodies, form)
