"""Five questions, how each system is asked them, and what is right.

Each peer is asked in the way its own users would: Datasette's table pages where they can say it and its SQL page
where they cannot, ROAPI's REST tables and its SQL likewise. The cases are so many that hardly an answer is asked for
twice: it is questions that are measured, not caches.
"""

import csv
import io
import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

import duckdb

from benchmarks.load import Request

Row = Mapping[str, Any]
Rows = Sequence[Row]

FILMOTECA, DATASETTE, ROAPI = ("filmoteca", "datasette", "roapi")
COLUMNS = "movie_id,title,release_date,original_language_code,runtime_minutes,tmdb_vote_count,tmdb_vote_mean"
PLACE = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Question:
    """A question with its cases: the same text asked about different names and numbers."""

    name: str
    cases: str
    """SQL on the warehouse; each row is a case, each column fills the `{place}` of its name."""
    answer: str
    """SQL on the warehouse, `$parameters` named like those columns: the right answer's rows, in order."""
    asked: Mapping[str, str]
    """By system: path with query string; what begins with `select` is SQL to POST to /api/sql."""
    read: Callable[[str, bytes], Sequence[object]]
    """What to compare of a system's body."""
    headers: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """By system: what its request needs besides."""
    is_search: bool = False
    """Whether the right rows may stand among others: systems rank differently."""

    def requests(self, system: str, cases: Rows) -> list[Request]:
        """One request a case."""
        return [self._request(system, case) for case in cases]

    def is_right(self, system: str, body: bytes, expected: Sequence[object]) -> bool:
        """Whether a body holds the rows expected."""
        got = self.read(system, body)
        return set(expected) <= set(got) if self.is_search else list(got) == list(expected)

    def _request(self, system: str, case: Row) -> Request:
        text = " ".join(self.asked[system].split())
        headers = self.headers.get(system, {})
        if text.startswith("select"):
            statement = PLACE.sub(lambda place: str(case[place[1]]).replace("'", "''"), text)
            return Request("/api/sql", headers, statement.encode("utf-8"), name=self.name)
        return Request(PLACE.sub(lambda place: quote(str(case[place[1]]), safe=""), text), headers, name=self.name)


def read_cases(connection: duckdb.DuckDBPyConnection, question: Question) -> list[dict[str, Any]]:
    """The question's cases, in their order."""
    cursor = connection.execute(question.cases)
    columns = [column[0] for column in cursor.description or ()]
    return [dict(zip(columns, values, strict=True)) for values in cursor.fetchall()]


def right_answer(connection: duckdb.DuckDBPyConnection, question: Question, case: Row) -> list[object]:
    """What the warehouse itself says: ids, or rows of several columns as tuples."""
    wanted = {name: value for name, value in case.items() if f"${name}" in question.answer}
    rows = connection.execute(question.answer, wanted).fetchall()
    return [row[0] if len(row) == 1 else row for row in rows]


def _movie_ids(_system: str, body: bytes) -> list[int]:
    document = json.loads(body)
    rows = document.get("data", [document]) if isinstance(document, dict) else document
    return [row["movie_id"] for row in rows if row.get("movie_id") is not None]


def _movie_ids_of_csv(_system: str, body: bytes) -> list[int]:
    text = body.decode("utf-8-sig")
    return [int(row["movie_id"]) for row in csv.DictReader(io.StringIO(text, newline=""))]


def _facets(system: str, body: bytes) -> list[tuple[str, str, int]]:
    document = json.loads(body)
    if system == FILMOTECA:
        document = [{**facet, **value} for facet in document["facets"] for value in facet["values"]]
    return sorted((row["facet"], row["value"], row["movie_count"]) for row in document)


def _sql_page(*parameters: str, sql: str) -> str:
    """A path of Datasette's SQL page, whose `:parameters` are filled by places of the same names."""
    given = "&".join(f"{name}={{{name}}}" for name in parameters)
    return f"/movies.json?_shape=array&{given}&sql={quote(' '.join(sql.split()))}"


def _films(genre_id: str, year_from: str, year_to: str) -> str:
    """The films of a genre and some years, those with most votes first, for whoever speaks SQL."""
    return f"""
        select {COLUMNS} from dim_movies
        where release_year between {year_from} and {year_to}
            and movie_id in (select movie_id from fct_movie_genres where genre_id = {genre_id})
        order by tmdb_vote_count desc nulls last, movie_id limit 50
    """


def _facet_counts(year_from: str, year_to: str, vote_count_from: str) -> str:
    """Counts by genre and by language of the films of some years with some votes, for whoever speaks SQL."""
    chosen = f"release_year between {year_from} and {year_to} and tmdb_vote_count >= {vote_count_from}"
    return f"""
        select
            'genre' as facet, cast(dim_genres.genre_id as varchar) as value, genre_name as label,
            count(*) as movie_count
        from dim_movies
        join fct_movie_genres on fct_movie_genres.movie_id = dim_movies.movie_id
        join dim_genres on dim_genres.genre_id = fct_movie_genres.genre_id
        where {chosen}
        group by dim_genres.genre_id, genre_name
        union all
        select 'original_language' as facet, language_code as value, language_name as label, count(*) as movie_count
        from dim_movies
        join dim_languages on language_code = original_language_code
        where {chosen}
        group by language_code, language_name
    """


ONE_FILM = Question(
    name="one film by id",
    cases="select movie_id from marts.dim_movies order by hash(movie_id)",
    answer="select $movie_id::integer",
    asked={
        FILMOTECA: "/v1/movies/{movie_id}",
        DATASETTE: "/movies/dim_movies/{movie_id}.json?_shape=array",
        ROAPI: "/api/tables/dim_movies?filter%5Bmovie_id%5D={movie_id}",
    },
    read=_movie_ids,
)

FILTER_AND_SORT = Question(
    name="films by filter and sort",
    cases="""
        select genre_id, genre_name, year_from, year_from + width as year_to
        from marts.dim_genres, unnest(range(1930, 2011)) as years (year_from), unnest(range(5, 15)) as widths (width)
        order by hash(genre_id, year_from, width)
    """,
    answer="""
        select movie_id from marts.dim_movies
        where release_year between $year_from and $year_to
            and movie_id in (select movie_id from marts.fct_movie_genres where genre_id = $genre_id)
        order by tmdb_vote_count desc nulls last, movie_id limit 50
    """,
    asked={
        FILMOTECA: "/v1/movies?genre={genre_name}&year_from={year_from}&year_to={year_to}"
        f"&sort=-tmdb_vote_count&limit=50&fields={COLUMNS}",
        # Its table page cannot say it: `_through` (films of a genre) loses its parameter beside other filters.
        DATASETTE: _sql_page("genre_id", "year_from", "year_to", sql=_films(":genre_id", ":year_from", ":year_to")),
        ROAPI: _films("{genre_id}", "{year_from}", "{year_to}"),
    },
    read=_movie_ids,
)

FACETS = Question(
    name="facet counts",
    cases="""
        select year_from, year_from + width as year_to, vote_count_from
        from unnest(range(1930, 2011)) as years (year_from), unnest(range(5, 15)) as widths (width),
            unnest(range(20)) as votes (vote_count_from)
        order by hash(year_from, width, vote_count_from)
    """,
    answer=f"""
        with dim_movies as (from marts.dim_movies), dim_genres as (from marts.dim_genres),
        fct_movie_genres as (from marts.fct_movie_genres), dim_languages as (from marts.dim_languages)
        select facet, value, movie_count
        from ({_facet_counts("$year_from", "$year_to", "$vote_count_from")}) order by all
    """,
    asked={
        FILMOTECA: "/v1/facets?facets=genre,original_language&facet_limit=200"
        "&year_from={year_from}&year_to={year_to}&vote_count_from={vote_count_from}",
        DATASETTE: _sql_page(
            "year_from", "year_to", "vote_count_from", sql=_facet_counts(":year_from", ":year_to", ":vote_count_from")
        ),
        ROAPI: _facet_counts("{year_from}", "{year_to}", "{vote_count_from}"),
    },
    read=_facets,
)

TITLE_SEARCH = Question(
    name="title search",
    cases=r"""
        select movie_id, title_key from marts.dim_movies
        where regexp_full_match(title_key, '[a-z]+( [a-z]+)+')
        qualify count(*) over (partition by title_key) = 1
        order by hash(movie_id)
    """,
    answer="select $movie_id::integer",
    asked={
        FILMOTECA: "/v1/search?q={title_key}&limit=20",
        DATASETTE: _sql_page(
            "title_key",
            sql="""
                select movie_id, dim_movies.title, release_date
                from dim_movies_fts join dim_movies on dim_movies.movie_id = dim_movies_fts.rowid
                where dim_movies_fts match escape_fts(:title_key)
                order by dim_movies_fts.rank, tmdb_vote_count desc, movie_id limit 20
            """,
        ),
        ROAPI: """
            select movie_id, title, release_date from dim_movies where title_key like '%{title_key}%'
            order by length(title_key), tmdb_vote_count desc nulls last, movie_id limit 20
        """,
    },
    read=_movie_ids,
    is_search=True,
)

EXPORT = Question(
    name="10,000-row export",
    # Votes that some 10,000 films have; three numbers, each a body of its own.
    cases="""
        select votes + unnest([0, 1, -1]) as vote_count_from
        from (select min(tmdb_vote_count) as votes from (
            select tmdb_vote_count from marts.dim_movies order by tmdb_vote_count desc nulls last limit 10000
        ))
    """,
    answer="select movie_id from marts.dim_movies where tmdb_vote_count >= $vote_count_from order by movie_id",
    asked={
        FILMOTECA: f"/v1/movies.csv?vote_count_from={{vote_count_from}}&sort=movie_id&fields={COLUMNS}",
        DATASETTE: "/movies/dim_movies.csv?_stream=on&tmdb_vote_count__gte={vote_count_from}&_sort=movie_id&"
        + "&".join(f"_col={column}" for column in COLUMNS.split(",") if column != "movie_id"),
        ROAPI: "/api/tables/dim_movies?filter%5Btmdb_vote_count%5Dgte={vote_count_from}"
        f"&sort=movie_id&columns={COLUMNS}",
    },
    headers={ROAPI: {"Accept": "application/csv"}},
    read=_movie_ids_of_csv,
)

QUESTIONS = (ONE_FILM, FILTER_AND_SORT, FACETS, TITLE_SEARCH, EXPORT)
