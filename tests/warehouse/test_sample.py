"""The bundled sample: it is large and varied enough, its files are what its sources make, and every defect fires.

What the warehouse must make of the raw files is worked out a second time here, row by row, in plain Python.
"""

import ast
import csv
import datetime as dt
import io
import os
import re
import shutil
import subprocess
import sys
from collections import Counter, defaultdict
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warehouse.errors import FilmotecaError
from warehouse.sample.defects import load_defects
from warehouse.sample.film import Film
from warehouse.sample.raw_format import COLUMNS, credits_record, csv_text, movie_record
from warehouse.sample.sources import load_sources
from warehouse.sample.vocabulary import SYNTHETIC_ID_START, Vocabulary
from warehouse.sample.write import FOLDER, main, make_files

Record = dict[str, str]
Rejected = Counter[tuple[str, str]]

SOURCES = load_sources(FOLDER)
DEFECTS = load_defects(FOLDER)
# Blacksmith Scene tells nothing but its title; the overview of the other is a sentence that says there is none.
WITHOUT_TEXT, WITHOUT_OVERVIEW = 16624, 52661


def read_table(name: str) -> list[Record]:
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


TABLES = {name: read_table(name) for name in COLUMNS}


def read_literal(text: str) -> list[dict[str, object]] | None:
    try:
        value = ast.literal_eval(text)
    except (SyntaxError, ValueError):
        return None
    return value if isinstance(value, list) else [value]


def movie_fault(record: Record) -> str | None:
    if not record["id"].isdigit():
        return "malformed_row"
    if not record["release_date"]:
        return "missing_release_date"
    try:
        dt.datetime.strptime(record["release_date"], "%Y-%m-%d").replace(tzinfo=dt.UTC)
    except ValueError:
        return "invalid_release_date"
    return None


def entry_count(record: Record) -> int:
    return sum(len(read_literal(record[column]) or []) for column in ("cast", "crew"))


def keep_movies(rejected: Rejected) -> dict[str, Record]:
    kept: dict[str, Record] = {}
    for record in TABLES["movies_dataset"]:
        reason = movie_fault(record)
        rival = kept.get(record["id"])
        if reason is None and rival:
            reason = "duplicate_id"
            if int(record["vote_count"]) > int(rival["vote_count"]):
                kept[record["id"]] = record
        elif reason is None:
            kept[record["id"]] = record
        if reason:
            rejected["movies_dataset", reason] += 1
    return kept


def keep_of_movies(name: str, movies: dict[str, Record], rejected: Rejected) -> dict[str, Record]:
    kept: dict[str, Record] = {}
    for record in TABLES[name]:
        rival = kept.get(record["id"])
        if rival is None and record["id"] in movies:
            kept[record["id"]] = record
        elif rival is None:
            rejected[name, "unknown_movie"] += 1
        else:
            rejected[name, "duplicate_id"] += 1
            if name == "credits" and entry_count(record) > entry_count(rival):
                kept[record["id"]] = record
    return kept


def keep_all() -> tuple[dict[str, dict[str, Record]], Rejected]:
    """Returns the kept records of every file by key, and how many are rejected by file and reason."""
    rejected: Rejected = Counter()
    movies = keep_movies(rejected)
    kept = {"movies_dataset": movies}
    kept |= {name: keep_of_movies(name, movies, rejected) for name in ("credits", "keywords")}
    kept["links"] = {record["movieId"]: record for record in TABLES["links"] if record["tmdbId"] in movies}
    kept["ratings_small"] = {
        f"{record['userId']}:{record['movieId']}": record
        for record in TABLES["ratings_small"]
        if record["movieId"] in kept["links"]
    }
    for name in ("links", "ratings_small"):
        rejected[name, "unknown_movie"] += len(TABLES[name]) - len(kept[name])
    return kept, rejected


KEPT, REJECTED = keep_all()
MOVIES = KEPT["movies_dataset"]


# What the sample holds


def test_there_are_enough_films_of_all_decades_genres_and_languages() -> None:
    films = SOURCES.films
    assert len(films) >= 250
    assert {film.release_date.year // 10 * 10 for film in films} >= set(range(1900, 2011, 10))
    assert {genre for film in films for genre in film.genres} == set(SOURCES.vocabulary.genre_ids)
    assert len({film.original_language for film in films}) >= 12


@pytest.mark.parametrize(
    "title", ["Toy Story", "Titanic", "Amélie", "Face/Off", "8½", "300", "50/50", "Fahrenheit 9/11"]
)
def test_the_films_that_the_documentation_asks_for_are_in(title: str) -> None:
    assert title in {film.title for film in SOURCES.films}


def test_titles_hold_the_signs_that_are_hard_on_urls() -> None:
    signs = {sign for film in SOURCES.films for sign in film.title if not sign.isalnum()}
    assert signs >= set("/%?#&!'()[]*:,.·")


def test_titles_and_names_are_shared_by_several() -> None:
    titles = Counter(film.title for film in SOURCES.films)
    assert sum(count > 1 for count in titles.values()) >= 20
    ids: defaultdict[object, set[object]] = defaultdict(set)
    for record in KEPT["credits"].values():
        for entry in (read_literal(record["cast"]) or []) + (read_literal(record["crew"]) or []):
            ids[entry["name"]].add(entry["id"])
    assert {name for name, held in ids.items() if len(held) > 1} >= {"Steve McQueen", "Graham Greene"}


def test_people_act_in_what_they_direct_and_direct_together() -> None:
    directors = {film: [name for job, name in film.crew if job == "Director"] for film in SOURCES.films}
    assert sum(len(names) > 1 for names in directors.values()) >= 10
    assert sum(bool({name for name, _ in film.cast} & set(names)) for film, names in directors.items()) >= 10
    assert any(len({name for name, _ in film.cast}) < len(film.cast) for film in SOURCES.films)


def test_every_film_is_told_in_full() -> None:
    meagre = [
        film.title
        for film in SOURCES.films
        if film.id != WITHOUT_TEXT
        and (
            len(film.cast) < 5
            or "Director" not in dict(film.crew)
            or len(film.keywords) < 5
            or not (film.genres and film.countries and film.companies)
        )
    ]
    assert meagre == []


def test_overviews_are_two_or_three_sentences_and_all_different() -> None:
    overviews = {film.title: film.overview for film in SOURCES.films if film.overview}
    sentence_end = re.compile(r"(?<!\bDr)(?<!\bMr)(?<!\bMrs)(?<!\bSt)(?<!\b[A-Z])[.!?…][\"')]*(?=\s|$)")
    assert [title for title, text in overviews.items() if len(sentence_end.findall(text)) not in (2, 3)] == []
    assert {film.id for film in SOURCES.films if not film.overview} == {WITHOUT_TEXT, WITHOUT_OVERVIEW}
    openings = Counter(" ".join(text.split()[:8]) for text in overviews.values())
    assert openings.most_common(1)[0][1] == 1


# The raw files


def test_committed_files_are_what_the_sources_make() -> None:
    files = make_files(FOLDER)
    assert {f"{name}.csv" for name in COLUMNS} == set(files)
    assert [name for name, content in files.items() if (FOLDER / name).read_bytes() != content] == []


def test_files_do_not_depend_on_the_process() -> None:
    command = [sys.executable, "-m", "warehouse.sample.write", "--check"]
    done = subprocess.run(
        command, env={**os.environ, "PYTHONHASHSEED": "7"}, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_every_source_film_is_kept_and_nothing_else() -> None:
    assert set(MOVIES) == {str(film.id) for film in SOURCES.films}
    assert set(KEPT["credits"]) == set(KEPT["keywords"]) == set(MOVIES)


def test_every_rule_for_rows_fires_as_often_as_the_defects_say() -> None:
    announced = Counter((added.file, added.reason) for added in DEFECTS.added_records if added.reason)
    assert announced == REJECTED
    assert {reason for _, reason in REJECTED} == {
        "malformed_row",
        "missing_release_date",
        "invalid_release_date",
        "duplicate_id",
        "unknown_movie",
    }


@pytest.mark.parametrize("name", COLUMNS)
def test_rows_read_are_rows_kept_and_rows_rejected(name: str) -> None:
    rejected = sum(count for (file, _), count in REJECTED.items() if file == name)
    assert len(TABLES[name]) == len(KEPT[name]) + rejected


def test_the_best_of_repeated_records_stays() -> None:
    assert [MOVIES[film]["vote_count"] for film in ("14285", "105")] == ["99", str(film_by_id(105).vote_count)]
    assert "A repeated record" not in {record["tagline"] for record in MOVIES.values()}
    assert read_literal(KEPT["credits"]["105"]["cast"])


def film_by_id(movie_id: int) -> Film:
    return next(film for film in SOURCES.films if film.id == movie_id)


def test_exactly_the_cells_that_are_cut_off_cannot_be_read() -> None:
    columns = {
        "movies_dataset": ("belongs_to_collection", "genres", "production_companies", "production_countries"),
        "credits": ("cast", "crew"),
        "keywords": ("keywords",),
    }
    unreadable = {
        (name, key, column)
        for name, names in columns.items()
        for key, record in KEPT[name].items()
        for column in names
        if record[column] and read_literal(record[column]) is None
    }
    cut = {(cell.file, cell.film, cell.column) for cell in DEFECTS.changed_cells if "cut_after" in cell.change}
    assert unreadable == cut
    assert {column for _, _, column in cut} == {"genres", "cast", "keywords"}


@pytest.mark.parametrize("text", [r"\t", r"\n", r"\xa0", r"\u200b", r"\\", "'None'", r"\'Ace\' " + '"the gambler"'])
def test_literals_hold_what_is_hard_to_read(text: str) -> None:
    cells = [record[column] for name in ("credits", "keywords") for record in KEPT[name].values() for column in record]
    assert any(text in cell and read_literal(cell) is not None for cell in cells)


def test_some_people_have_no_id_and_the_others_keep_to_their_range() -> None:
    ids = {
        entry["id"]
        for record in KEPT["credits"].values()
        for column in ("cast", "crew")
        for entry in read_literal(record[column]) or []
    }
    assert None in ids
    assert {1, 31, 488} <= ids
    assert max(number for number in ids if isinstance(number, int)) < 2**31
    assert sum(isinstance(number, int) and number < SYNTHETIC_ID_START for number in ids) >= 100


def test_values_that_stand_for_unknown_and_for_doubt_are_in() -> None:
    records = list(MOVIES.values())
    budgets = {record["budget"] for record in records}
    assert budgets >= {"0", "1", "60"}
    assert any(not re.fullmatch(r"\d+", budget) for budget in budgets)
    assert any(record["revenue"] == "0" for record in records)
    assert {"", "0.0"} <= {record["runtime"] for record in records}
    assert any(record["vote_average"] == "0.0" and record["vote_count"] == "0" for record in records)
    assert any(record["release_date"].endswith("-01-01") for record in records)
    assert {"", "No overview found."} <= {record["overview"] for record in records}


# The ratings


def test_ratings_are_half_stars_of_users_who_rate_released_films_once() -> None:
    kept = KEPT["ratings_small"].values()
    assert {float(record["rating"]) for record in kept} <= {half / 2 for half in range(1, 11)}
    per_user = Counter(record["userId"] for record in kept)
    assert len(per_user) == 60
    assert all(25 <= count <= 60 for count in per_user.values())
    released = {str(film.movielens_id): film.release_date for film in SOURCES.films}
    rated_at = [
        (record["movieId"], dt.datetime.fromtimestamp(int(record["timestamp"]), dt.UTC).date()) for record in kept
    ]
    assert all(released[movie] < day and 1996 <= day.year <= 2017 for movie, day in rated_at)


def test_users_have_tastes() -> None:
    genres = {str(film.movielens_id): film.genres for film in SOURCES.films}
    clear_tastes = 0
    ratings: defaultdict[str, list[tuple[str, float]]] = defaultdict(list)
    for record in KEPT["ratings_small"].values():
        ratings[record["userId"]].append((record["movieId"], float(record["rating"])))
    for rated in ratings.values():
        by_genre: defaultdict[str, list[float]] = defaultdict(list)
        for movie, stars in rated:
            for genre in genres[movie]:
                by_genre[genre].append(stars)
        means = [sum(stars) / len(stars) for stars in by_genre.values() if len(stars) >= 4]
        clear_tastes += max(means) - min(means) >= 0.75
    assert clear_tastes >= 45


# The program


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A folder with the vocabulary and one file of one film, which tests spoil."""
    for path in FOLDER.glob("*.yaml"):
        shutil.copy(path, tmp_path)
    (tmp_path / "defects.yaml").write_text("changed_cells: []\nadded_records: []\n")
    (tmp_path / "films").mkdir()
    (tmp_path / "films" / "one.yaml").write_text(ONE_FILM)
    return tmp_path


ONE_FILM = """
- id: 862
  imdb_id: tt0114709
  movielens_id: 1
  title: Toy Story
  original_language: en
  release_date: 1995-10-30
  popularity: 21.95
  vote_average: 7.7
  vote_count: 5415
  genres: [Animation]
  countries: [US]
  collection: Toy Story Collection
  cast:
    - Tom Hanks: Woody (voice)
  crew:
    Director: [John Lasseter]
"""


@pytest.mark.parametrize(
    ("right", "wrong", "message"),
    [
        ("1995-10-30", "1995-13-30", "one.yaml, line 7: 1995-13-30 is no date"),
        ("1995-10-30", "October 1995", "film 1 (Toy Story): release_date is 'October 1995'; it must be a date"),
        ("[US]", "[NO]", "countries is [False]; it must be a list of different texts"),
        ("title: Toy Story", "title: 300", "film 1 (300): title is 300; it must be text"),
        ("[Animation]", "[Cartoon]", "Cartoon is not in genres.yaml"),
        ("[US]", "[UK]", "UK is not in countries.yaml"),
        ("Tom Hanks", "Steve McQueen (painter)", "Steve McQueen (painter) is not in people.yaml"),
        ("Director:", "Directer:", "it must be a mapping job: [persons] of the jobs Director,"),
        ("  vote_count: 5415\n", "", "vote_count is missing"),
        ("vote_count", "votes", "votes is no key of a film"),
        ("tt0114709", "0114709", "imdb_id is '0114709'; it must be tt and seven or eight digits"),
        ("movielens_id: 1", "movielens_id: 1\n  id: 863", "id is written twice in one entry"),
        ("- id: 862", "id: 862", "one.yaml, line"),
    ],
)
def test_a_wrong_source_is_named_with_what_would_be_right(copy: Path, right: str, wrong: str, message: str) -> None:
    assert right in ONE_FILM
    (copy / "films" / "one.yaml").write_text(ONE_FILM.replace(right, wrong))
    with pytest.raises(FilmotecaError, match=re.escape(message)):
        main([], copy)
    assert not (copy / "movies_dataset.csv").exists()


def test_two_films_of_one_id_are_named(copy: Path) -> None:
    (copy / "films" / "two.yaml").write_text(ONE_FILM.replace("title: Toy Story", "title: Another"))
    with pytest.raises(FilmotecaError, match="Another and Toy Story have the same imdb_id, tt0114709"):
        main([], copy)


@pytest.mark.parametrize(
    ("defect", "message"),
    [
        ("changed_cells: [{file: credits, film: 862, column: plot, text: x}]", "changed cell 1: it needs a file"),
        ("changed_cells: [{file: credits, film: 862, column: cast, text: 5}]", "changed cell 1: it needs the texts"),
        ("changed_cells: [{file: credits, film: 863, column: cast, text: x}]", "credits has no record whose id is 863"),
        (
            "changed_cells: [{file: credits, film: 862, column: cast, cut_after: Buzz}]",
            "'Buzz' must stand there exactly once",
        ),
        ("added_records: [{file: links, reason: odd}]", "added record 1: reason must be one of"),
        ("added_records: [{file: links, cells: {id: '1'}}]", "added record 1: id is no column of links"),
        ("added_records: [{file: links, cells: {movieId: 1}}]", "added record 1: every cell must be text"),
    ],
)
def test_a_wrong_defect_is_named(copy: Path, defect: str, message: str) -> None:
    (copy / "defects.yaml").write_text(f"{{{defect}}}")
    with pytest.raises(FilmotecaError, match=re.escape(message)):
        main([], copy)


def test_check_finds_a_file_that_is_out_of_date(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    # A user needs a few genres, films and a saga to have tastes: the whole sample serves.
    shutil.copytree(FOLDER / "films", copy / "films", dirs_exist_ok=True)
    (copy / "films" / "one.yaml").unlink()
    assert main([], copy) == 0
    assert capsys.readouterr().out.count("wrote") == 5
    assert main(["--check"], copy) == 0
    assert capsys.readouterr().out.count("kept") == 5
    (copy / "links.csv").write_text("movieId,imdbId,tmdbId\n")
    with pytest.raises(FilmotecaError, match=r"links\.csv: not what the sources make"):
        main(["--check"], copy)


@given(name=st.text(min_size=1), overview=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\0")))
def test_whatever_is_written_is_read_again(name: str, overview: str) -> None:
    film = Film(
        id=1,
        title="M",
        original_language="de",
        release_date=dt.date(1931, 5, 11),
        popularity=1,
        vote_average=7,
        vote_count=1,
        overview=overview,
        companies=(name,),
        cast=((name, name),),
    )
    vocabulary = Vocabulary({}, {}, {}, {})
    text = csv_text("movies_dataset", [movie_record(film, vocabulary)])
    [movie] = csv.DictReader(io.StringIO(text, newline=""))
    assert movie["overview"] == overview
    assert [company["name"] for company in ast.literal_eval(movie["production_companies"])] == [name]
    [entry] = ast.literal_eval(credits_record(film, vocabulary)["cast"])
    assert (entry["name"], entry["character"], entry["order"]) == (name, name, 0)
