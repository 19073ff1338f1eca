"""Latency of the assignment's questions over HTTP, one request at a time, and of their SQL alone."""

import time
from collections.abc import Mapping
from itertools import cycle, islice
from typing import Any
from urllib.parse import quote

import duckdb

from api.consigna import questions as consigna
from api.db.query_files import API_FOLDER, load_macros
from benchmarks.load_generator import Request, compute_percentiles, uncached
from benchmarks.results import Cell, Part, Plan, Ratio, Table
from benchmarks.servers import Server, run_server
from benchmarks.workload import VALUES, read_values
from warehouse.connection import open_read_only

NAMES_PER_ROUND = 40
QUESTIONS = {question.path.strip("/"): VALUES[question.path_parameter] for question in consigna.QUESTIONS}
"""SQL for the names of each question, by its path; the saved query has the same name, with underscores."""
DEFAULTS: Mapping[str, object] = {"directores": "excluir", "por_titulo_original": False}
"""Values of the saved queries' parameters besides `nombre`; all others are null."""


def measure(plan: Plan) -> list[Table]:
    """Ask every question over HTTP and in SQL, about other names in each round."""
    ratios = []
    sql: dict[str, list[float]] = {question: [] for question in QUESTIONS}
    http: dict[str, list[float]] = {question: [] for question in QUESTIONS}
    with (
        open_read_only(plan.settings.published_file, memory_limit="256MB", threads=1) as connection,
        run_server() as server,
    ):
        for macro in load_macros(API_FOLDER):
            connection.execute(macro)
        queries = {name: server.fetch_json(f"/v1/queries/{name.replace('-', '_')}") for name in QUESTIONS}
        names = {question: cycle(read_values(connection, source)) for question, source in QUESTIONS.items()}
        for _ in range(plan.rounds):
            some = {question: list(islice(names[question], NAMES_PER_ROUND)) for question in QUESTIONS}
            cpu = server.cpu_seconds
            for question in QUESTIONS:
                http[question] += _time_http(server, question, some[question])
            http_cpu, cpu = server.cpu_seconds - cpu, time.process_time()
            for question in QUESTIONS:
                sql[question] += _time_sql(connection, queries[question], some[question])
            ratios.append(http_cpu / (time.process_time() - cpu))
        process: list[Cell] = [server.startup_seconds, server.resident_megabytes]
    rows: list[list[Cell]] = [
        [question, *compute_percentiles(sql[question], 50, 95), *compute_percentiles(http[question], 50, 95)]
        for question in QUESTIONS
    ]
    return [
        Table(
            title="The assignment's questions",
            description="Many names per question, one request at a time, uncached: the question's first query alone, "
            "in the process, and the whole response over HTTP on the loopback interface. The SQL of `recomendacion` "
            "only finds the film. The ratio is of CPU time.",
            columns=["question", *(f"{where}, {p} ms" for where in ("SQL", "HTTP") for p in ("p50", "p95"))],
            rows=rows,
            ratios=[Ratio.from_rounds("all questions: HTTP / SQL alone, CPU", ratios, "lower")],
        ),
        Table(
            title="The process",
            description="One worker: time from its start to its first response, and memory after these questions.",
            columns=["ready after, s", "resident, MB"],
            rows=[process],
        ),
    ]


def _time_http(server: Server, question: str, names: list[str]) -> list[float]:
    requests = uncached([Request(f"/{question}/{quote(name, safe='')}") for name in names])
    return [milliseconds for milliseconds, _ in server.time_requests(list(islice(requests, len(names))))]


def _time_sql(connection: duckdb.DuckDBPyConnection, query: Mapping[str, Any], names: list[str]) -> list[float]:
    timed = []
    for name in names:
        values = {p["name"]: name if p["name"] == "nombre" else DEFAULTS.get(p["name"]) for p in query["parameters"]}
        started = time.perf_counter()
        connection.execute(query["sql"], values).fetchone()
        timed.append((time.perf_counter() - started) * 1000)
    return timed


PART = Part("api", "The assignment's questions, one at a time", measure, is_quick=True)
