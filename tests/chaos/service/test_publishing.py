"""Builds replace one another under many clients: no answer fails, mixes two builds or is slow; a bad file is no build.

Each kind of bad file by itself, and how it is worded, is in `tests/api/test_living_file.py`.
"""

import re
import shutil
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import duckdb
import httpx
import pytest
from litestar import Litestar
from litestar.testing import TestClient

from api.app import create_app
from tests.api.server import started
from tests.chaos.service.crowd import HEADERS, LONGEST_SECONDS, Crowd, asking
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
ANOTHER = """
    update quality.build_info set build_id = 'another';
    update marts.dim_movies set title = title || ' again', revenue_usd = revenue_usd + 1, overview = 'another';
    update marts.mart_search_names set name = name || ' again';
    update marts.dim_genres set genre_name = genre_name || ' again';
    update marts.dim_people set person_name = person_name || ' again';
    update marts.fct_releases_by_month set movie_count = movie_count + 1;
    update marts.fct_returns_by_actor set movie_count = movie_count + 1;
    update marts.fct_returns_by_director set movie_count = movie_count + 1;
"""
"""What makes another build of one: every path answers something else."""
SECONDS_TO_BE_SEEN = 20.0

Builds = Mapping[str, Path]
Answers = Mapping[str, Mapping[str, bytes]]


@pytest.fixture(scope="session")
def builds(sample_warehouse: Path, tmp_path_factory: pytest.TempPathFactory) -> Builds:
    """Two whole builds by their ids."""
    folder = tmp_path_factory.mktemp("builds")
    (folder / "one").mkdir()
    (folder / "another").mkdir()
    one = Path(shutil.copyfile(sample_warehouse, folder / "one" / "movies.duckdb"))
    another = Path(shutil.copyfile(sample_warehouse, folder / "another" / "movies.duckdb"))
    with duckdb.connect(str(one)) as connection:
        connection.execute("update quality.build_info set build_id = 'one'")
    with duckdb.connect(str(another)) as connection:
        connection.execute(ANOTHER)
    return {"one": one, "another": another}


@pytest.fixture(scope="session")
def answers(builds: Builds) -> Answers:
    """What each build answers when it is asked alone: by build and path."""
    told: dict[str, dict[str, bytes]] = {}
    for build_id, path in builds.items():
        settings = Settings.from_environment({"FILMOTECA_WAREHOUSE": str(path)})
        with TestClient[Litestar](create_app(settings)) as client:
            told[build_id] = {asked: timeless(client.get(asked, headers=HEADERS).content) for asked in PATHS}
    for asked in PATHS:
        assert told["one"][asked] != told["another"][asked], asked
    return told


@contextmanager
def served(builds: Builds, folder: Path, workers: int, clients: int) -> Iterator[tuple[Path, str, Crowd]]:
    """A server over the first build, and clients who ask it everything: the published file, the origin, the crowd."""
    published = Path(shutil.copyfile(builds["one"], folder / "movies.duckdb"))
    with started(published, "--workers", str(workers)) as server, asking(server.origin, PATHS, clients) as crowd:
        yield published, server.origin, crowd


def publish(original: Path, published: Path) -> None:
    Path(shutil.copyfile(original, published.with_name("next"))).replace(published)


def wait_until(is_so: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + SECONDS_TO_BE_SEEN
    while not is_so():
        assert time.monotonic() < deadline, f"not after {SECONDS_TO_BE_SEEN:g} s: {what}"
        time.sleep(0.02)


def timeless(body: bytes) -> bytes:
    """A body without the milliseconds that its queries took: pages tell them."""
    return re.sub(rb"[\d.,]+ ms", b"", body)


def assert_all_is_well(crowd: Crowd, answers: Answers, form: str) -> None:
    """Every answer is the one that the build of its header gives to the question, and none was slow."""
    assert not crowd.failed
    assert {told.status for told in crowd.told} == {200}
    told_once = {(told.build_id, told.path, told.body) for told in crowd.told}
    assert not {(build, path) for build, path, body in told_once if timeless(body) != answers[build][path]}
    assert not crowd.slow(LONGEST_SECONDS[form])


@pytest.mark.parametrize(
    ("form", "workers", "clients", "rounds"),
    [
        pytest.param("short", 2, 8, 4, id="short"),
        pytest.param("long", 1, 64, 20, id="1 worker", marks=pytest.mark.chaos),
        pytest.param("long", 2, 64, 20, id="2 workers", marks=pytest.mark.chaos),
    ],
)
def test_builds_replace_one_another(  # noqa: PLR0917
    builds: Builds, answers: Answers, tmp_path: Path, form: str, workers: int, clients: int, rounds: int
) -> None:
    with served(builds, tmp_path, workers, clients) as (published, _, crowd):
        wait_until(lambda: len(crowd.told) > clients, "everybody is answered")
        for number in range(rounds):
            build_id = ("another", "one")[number % 2]
            publish(builds[build_id], published)
            # Whoever is asked, whichever worker answers: all have moved on.
            wait_until(
                lambda build_id=build_id: {told.build_id for told in crowd.told[-4 * clients :]} == {build_id},  # type: ignore[misc]
                f"build {number} answers everybody",
            )
    assert_all_is_well(crowd, answers, form)
    assert {told.build_id for told in crowd.told} == {"one", "another"}


def cut_short(path: Path) -> None:
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size // 2)


def make_older(path: Path) -> None:
    with duckdb.connect(str(path)) as connection:
        connection.execute("update quality.build_info set filmoteca_version = '0.0.1'")


def make_foreign(path: Path) -> None:
    path.unlink()
    with duckdb.connect(str(path)) as connection:
        connection.execute("create table films as select 1 as id")


BAD_FILES: dict[str, Callable[[Path], object]] = {
    "cut short": cut_short,
    "of an older version": make_older,
    "empty": lambda path: path.write_bytes(b""),
    "foreign": make_foreign,
    "missing": Path.unlink,
}


@pytest.mark.parametrize(
    ("form", "workers", "clients"),
    [pytest.param("short", 1, 4, id="short"), pytest.param("long", 2, 64, id="long", marks=pytest.mark.chaos)],
)
def test_bad_files_change_nothing(  # noqa: PLR0917
    builds: Builds, answers: Answers, tmp_path: Path, form: str, workers: int, clients: int
) -> None:
    with served(builds, tmp_path, workers, clients) as (published, origin, crowd), httpx.Client() as asker:

        def refused() -> bool:
            return asker.get(f"{origin}/health/ready").json()["refused"] is not None

        for number, (kind, damage) in enumerate(BAD_FILES.items()):
            bad = Path(shutil.copyfile(published, tmp_path / "bad"))
            damage(bad)
            if bad.exists():
                bad.replace(published)
            else:
                published.unlink()
            wait_until(refused, f"a file {kind} is refused")
            build_id = ("another", "one")[number % 2]
            publish(builds[build_id], published)
            wait_until(lambda: not refused(), f"a good file after one {kind} is taken")
            wait_until(lambda build_id=build_id: crowd.told[-1].build_id == build_id, "it answers")  # type: ignore[misc]
    assert_all_is_well(crowd, answers, form)
