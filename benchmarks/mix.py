"""Many clients over everything at once: some questions again and again, as people ask, and with nothing asked twice.

The paths are those of the service's OpenAPI document, each with real names of the warehouse where it wants one. Every
operation gets the same share of the requests, in one fixed random order; its optional parameters are tried one after
another, but for `explain`, which is asked about an answer and never kept. As people ask: of an operation's requests
some are asked often and most seldom, the n-th in proportion to 1 / n (Zipf's law; names come best known first).
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import cycle, islice
from typing import Any
from urllib.parse import quote, urlencode

import duckdb
import numpy as np

from benchmarks.load import Figures, Request, ask, asked_anew, requests_in_turn
from benchmarks.part import Part, Plan
from benchmarks.results import Cell, Ratio, Table
from benchmarks.servers import Server, product
from benchmarks.turns import CPU, PER_SECOND, PERCENTILES, loaded, percentiles, together
from warehouse.connection import open_read_only
from warehouse.errors import FilmotecaError
from warehouse.settings import Settings

REQUESTS_PER_OPERATION = 500
REQUESTS_AGAIN = 20
"""So many of each operation are asked again and again."""
REQUESTS = 200_000
"""Drawn in all; more than a minute's."""
CLIENTS = 64
TURNS = 15
"""So many turns long is each way; the memory is looked at after each of SLICES."""
SLICES = 6
WARM_UP_TURNS = 2.5

Parameter = Mapping[str, Any]
"""A parameter object of OpenAPI; an operation and a document are such mappings too."""

MOST_VOTES_FIRST = "order by tmdb_vote_count desc nulls last, movie_id"
TITLES = f"select title from marts.dim_movies {MOST_VOTES_FIRST}"
MOVIE_IDS = f"select movie_id from marts.dim_movies {MOST_VOTES_FIRST}"
MOST_FILMS_FIRST = "order by movie_count desc, 1"
# Real names by the parameter that wants one; any other parameter takes what the document says of it.
NAMES = {
    "titulo": TITLES,
    "q": TITLES,
    "nombre_actor": "select person_name from marts.dim_people order by cast_movie_count desc, person_id",
    "nombre_director": "select person_name from marts.dim_people order by directed_movie_count desc, person_id",
    "productora": f"select company_name from marts.dim_companies {MOST_FILMS_FIRST}",
    "franquicia": f"select collection_name from marts.dim_collections {MOST_FILMS_FIRST}",
    "idioma": f"select language_code from marts.dim_languages {MOST_FILMS_FIRST}",
    "pais": f"select country_name from marts.dim_countries {MOST_FILMS_FIRST}",
    "mes": "select month_name_es from marts.fct_releases_by_month",
    "dia": "select weekday_name_es from marts.fct_releases_by_weekday",
    "movie_id": MOVIE_IDS,
    "person_id": "select person_id from marts.dim_people order by cast_movie_count + crew_movie_count desc, person_id",
    "genre_id": f"select genre_id from marts.dim_genres {MOST_FILMS_FIRST}",
    "company_id": f"select company_id from marts.dim_companies {MOST_FILMS_FIRST}",
    "collection_id": f"select collection_id from marts.dim_collections {MOST_FILMS_FIRST}",
    "keyword_id": f"select keyword_id from marts.dim_keywords {MOST_FILMS_FIRST}",
    "country_code": f"select country_code from marts.dim_countries {MOST_FILMS_FIRST}",
    "language_code": f"select language_code from marts.dim_languages {MOST_FILMS_FIRST}",
    "year": f"select release_year from marts.fct_releases_by_year {MOST_FILMS_FIRST}",
    "query": f"select 'select title from marts.dim_movies where movie_id = ' || movie_id from ({MOVIE_IDS})",
}
SAME_NAMES = {
    "genre": "genre_id",
    "keyword": "keyword_id",
    "company": "company_id",
    "country": "country_code",
    "collection": "collection_id",
    "original_language": "language_code",
    "spoken_language": "language_code",
    "person": "person_id",
    "actor": "person_id",
    "director": "person_id",
    "like": "movie_id",
    "exclude": "movie_id",
    "other_movie_id": "movie_id",
    "like_person": "person_id",
    "like_genre": "genre_id",
}
"""Parameters to the names they take; `_none`, `_from` and the like may follow."""
DIAGNOSTIC = "explain"
"""The parameter that asks how an answer was made."""
BODIES = {"/v1/sql": "query"}
"""What is asked by POST too: its path, to the field of the body that wants a name."""
SUFFIX = re.compile("_(all|none|from|to)$")


@dataclass(frozen=True, slots=True)
class Measured:
    """What one way of asking did to a server of its own."""

    slices: list[Figures]
    megabytes: list[float]
    """Resident at the start, after the warm-up, and after each slice."""

    def row(self, way: str) -> list[Cell]:
        """Its line."""
        total, memory = together(self.slices), [self.megabytes[0], self.megabytes[1], self.megabytes[-1]]
        return [way, total.per_second, total.refused, total.cpu_milliseconds, *percentiles(total), *memory]

    def ratios(self, way: str) -> list[Ratio]:
        """How uneven the waiting is, and whether memory grows."""
        uneven = [one.percentile(99) / one.percentile(50) for one in self.slices]
        grown = self.megabytes[-1] / self.megabytes[1]
        return [
            Ratio.of(f"{way}: p99 / p50", uneven, "lower"),
            Ratio.of(f"{way}: memory, end / warm", [grown], "lower"),
        ]


def measure(plan: Plan) -> list[Table]:
    """Each way, on a server of its own."""
    operations = read_operations(plan.settings)
    ways = {
        "again and again": requests_in_turn(all_once([operation[:REQUESTS_AGAIN] for operation in operations])),
        "as people ask": requests_in_turn(as_people_ask(operations)),
        "nothing twice": asked_anew(all_once(operations)),
    }
    measured = {}
    for way, requests in ways.items():
        with product() as server:
            measured[way] = _measured(plan, way, server, requests)
    return [
        Table(
            title="All operations together",
            sentence=f"{CLIENTS} clients, one worker, every operation as often as any other: first {REQUESTS_AGAIN} "
            "questions of each operation again and again, so that all answers that may be kept are; then as people do, "
            "who ask for some things often and for most seldom (Zipf's law); then nothing is asked twice. Refused "
            "(429) is only ad-hoc SQL, when all who may run it or wait for it at once already do.",
            columns=["asked", PER_SECOND, "refused", CPU, *PERCENTILES, "MB at the start", "MB warm", "MB at the end"],
            rows=[one.row(way) for way, one in measured.items()],
            ratios=[ratio for way, one in measured.items() for ratio in one.ratios(way)],
        ),
        *(_by_operation(way, together(one.slices)) for way, one in measured.items()),
    ]


def _measured(plan: Plan, way: str, server: Server, requests: Iterator[Request]) -> Measured:
    megabytes = [server.resident_megabytes]
    loaded(server, requests, clients=CLIENTS, seconds=WARM_UP_TURNS * plan.seconds, may_refuse=True)
    megabytes.append(server.resident_megabytes)
    slices = []
    for done in range(1, SLICES + 1):
        seconds = TURNS * plan.seconds / SLICES
        slices.append(loaded(server, requests, clients=CLIENTS, seconds=seconds, may_refuse=True))
        megabytes.append(server.resident_megabytes)
        plan.screen.count(f"slices, {way}", done, SLICES)
    return Measured(slices, megabytes)


def _by_operation(way: str, figures: Figures) -> Table:
    names = sorted(figures.milliseconds, key=lambda name: (-figures.percentile(99, name), name))
    return Table(
        title=f"By operation, {way}",
        sentence="The longest first. Whoever waits here also waits for what others asked.",
        columns=["operation", "answers", *PERCENTILES],
        rows=[[name, len(figures.milliseconds[name]), *percentiles(figures, name)] for name in names],
        is_long=True,
    )


def read_operations(settings: Settings) -> list[list[Request]]:
    """Requests of each operation of the published warehouse's service."""
    with open_read_only(settings.published_file) as connection:
        names = {parameter: read_names(connection, source) for parameter, source in NAMES.items()}
    with product() as server:
        document = json.loads(ask(server.address, Request("/schema/openapi.json"))[1])
    return _operations(document, names)


def read_names(connection: duckdb.DuckDBPyConnection, source: str) -> list[str]:
    return [str(row[0]) for row in connection.execute(f"from ({source}) limit {REQUESTS_PER_OPERATION}").fetchall()]


def _operations(document: Mapping[str, Any], names: Mapping[str, list[str]]) -> list[list[Request]]:
    """As many requests of each GET, and of each POST of BODIES."""
    return [
        list(islice(variants(path, method, item[method], names), REQUESTS_PER_OPERATION))
        for path, item in document["paths"].items()
        for method in ("get", "post")
        if method in item and (method == "get" or path in BODIES)
    ]


def all_once(operations: Sequence[Sequence[Request]]) -> list[Request]:
    """Every request, in a random but fixed order."""
    requests = [request for operation in operations for request in operation]
    np.random.default_rng(0).shuffle(requests)
    return requests


def as_people_ask(operations: Sequence[Sequence[Request]]) -> list[Request]:
    """Requests of any operation, drawn by Zipf's law, in a random but fixed order."""
    random = np.random.default_rng(0)
    chances = 1 / np.arange(1, REQUESTS_PER_OPERATION + 1)
    ranks = random.choice(REQUESTS_PER_OPERATION, size=REQUESTS, p=chances / chances.sum())
    drawn = random.integers(len(operations), size=REQUESTS)
    return [operations[operation][rank] for operation, rank in zip(drawn, ranks, strict=True)]


def variants(path: str, method: str, operation: Mapping[str, Any], names: Mapping[str, list[str]]) -> Iterator[Request]:
    """Endless requests of one operation."""
    parameters = [p for p in operation.get("parameters", []) if p["name"] != DIAGNOSTIC]
    known = {p["name"]: _values(p, names) for p in parameters}
    values = {name: cycle(found) for name, found in known.items()}
    required = [p for p in parameters if _is_filled_in(p)]
    optional = [p["name"] for p in parameters if not _is_filled_in(p) and p["in"] == "query" and known[p["name"]]]
    bodies = cycle(_bodies(path, names) if method == "post" else [b""])
    if missing := [p["name"] for p in required if not known[p["name"]]]:
        raise FilmotecaError(f"{path} requires {missing[0]}: give it an example in the document, or NAMES a query")
    for chosen, body in zip(cycle([None, *optional]), bodies, strict=False):
        filled = path
        query = _in_query(chosen, next(values[chosen])) if chosen else {}
        for parameter in required:
            name, value = parameter["name"], next(values[parameter["name"]])
            if parameter["in"] == "path":
                filled = filled.replace(f"{{{name}}}", quote(_text(value), safe=""))
            else:
                query |= _in_query(name, value)
        headers = {"Content-Type": "application/json"} if body else {}
        yield Request(filled + (f"?{urlencode(query)}" if query else ""), headers, body, name=f"{method} {path}")


def _is_filled_in(parameter: Parameter) -> bool:
    """Whether the operation has little to answer without it: it is required, or the document has an example of it."""
    return parameter.get("required") or ("examples" in parameter and parameter["schema"]["type"] != "object")


def _values(parameter: Parameter, names: Mapping[str, list[str]]) -> Sequence[object]:
    """What to ask with a parameter: real names if it wants them, else its examples, else what its schema allows."""
    stem = SUFFIX.sub("", parameter["name"])
    if found := names.get(parameter["name"]) or names.get(SAME_NAMES.get(stem, stem)):
        return found
    schema = parameter["schema"]
    documented = [example["value"] for example in (parameter.get("examples") or {}).values()]
    return [*documented, *schema.get("examples", [])] or _allowed(parameter["name"], schema.get("items", schema))


def _allowed(name: str, schema: Mapping[str, Any]) -> Sequence[object]:
    """Values that a schema names, or a bound that every number or date can be compared with."""
    if "enum" in schema:
        return list(schema["enum"])
    if schema["type"] == "boolean":
        return [True, False]
    if name.endswith(("_from", "_to")):
        return ["2000-01-01"] if schema.get("format") == "date" else [max(0, schema.get("minimum", 0))]
    return [schema[word] for word in ("const", "default") if word in schema]


def _in_query(name: str, value: object) -> dict[str, str]:
    """A parameter as it stands in a URL; of an object, each member stands there by its own name."""
    members = value if isinstance(value, dict) else {name: value}
    return {member: _text(one) for member, one in members.items()}


def _text(value: object) -> str:
    if isinstance(value, list):
        return ",".join(map(_text, value))
    return json.dumps(value) if isinstance(value, bool) else str(value)


def _bodies(path: str, names: Mapping[str, list[str]]) -> list[bytes]:
    return [json.dumps({BODIES[path]: name}).encode("utf-8") for name in names[BODIES[path]]]


PART = Part("mix", "Everything at once", measure)
