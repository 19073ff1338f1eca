"""What Prometheus reads on /metrics: answers by operation, queries by name, and the build that answers.

Each worker process counts for itself; where there are several, their counts lie in files of one folder, and whichever
is asked adds them up. What is said of the build is what the worker that is asked knows: all take up the same file.
"""

import os
from collections.abc import Iterator
from functools import lru_cache

from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Histogram,
    ProcessCollector,
    Summary,
    disable_created_metrics,
    generate_latest,
)
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, InfoMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from api.db.snapshot_manager import SnapshotManager
from api.http.access_log import ResponseRecord

FOLDER = "PROMETHEUS_MULTIPROC_DIR"
"""The variable by which several workers share a folder; prometheus_client reads it when it is imported."""
CONTENT_TYPE = CONTENT_TYPE_LATEST
SECONDS = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
METHODS = frozenset({"GET", "HEAD", "POST", "OPTIONS"})


class Metrics:
    """The counts of one worker."""

    def __init__(self) -> None:
        disable_created_metrics()  # type: ignore[no-untyped-call]
        self._registry = CollectorRegistry()
        answers = Histogram(
            "filmoteca_http_request_duration_seconds",
            "Time from a request's head to the end of its answer; cache says whether the answer was kept from before.",
            ["operation", "method", "status", "cache"],
            registry=self._registry,
            buckets=SECONDS,
        )
        queries = Summary(
            "filmoteca_query_duration_seconds",
            "Time that the engine took for a query of the service.",
            ["query"],
            registry=self._registry,
        )
        # Finding a labelled child takes as long as counting; the labels are few.
        self._answers = lru_cache(maxsize=None)(answers.labels)
        self._queries = lru_cache(maxsize=None)(queries.labels)
        self._counts: Collector = self._registry
        if os.environ.get(FOLDER):
            self._counts = MultiProcessCollector(None)  # type: ignore[no-untyped-call]
        else:
            ProcessCollector(registry=self._registry)

    def answered(self, answer: ResponseRecord) -> None:
        """Count an answer."""
        method = answer.method if answer.method in METHODS else "other"
        cache = "hit" if answer.is_cached else "miss"
        self._answers(answer.operation, method, answer.status, cache).observe(answer.seconds)

    def queried(self, name: str, seconds: float) -> None:
        """Count a query."""
        self._queries(name).observe(seconds)

    def exposition(self, snapshots: SnapshotManager) -> bytes:
        """All of it in Prometheus's text format."""
        return generate_latest(_Joined(self._counts, snapshots))


class _Joined(Collector):
    """What was counted, and what is so."""

    def __init__(self, counts: Collector, snapshots: SnapshotManager) -> None:
        self._counts, self._snapshots = counts, snapshots

    def collect(self) -> Iterator[Metric]:
        yield from self._counts.collect()
        yield from _of_warehouse(self._snapshots)


def _of_warehouse(snapshots: SnapshotManager) -> Iterator[Metric]:
    with snapshots.pin() as build:
        accounts = build.queries.rows("get_quality")
    yield InfoMetricFamily("filmoteca_build", "The build that answers.", {"build_id": build.build_id})
    built_at = build.built_at.timestamp()
    yield GaugeMetricFamily("filmoteca_build_timestamp_seconds", "When it was built.", built_at)
    swaps = CounterMetricFamily("filmoteca_build_swaps", "Builds that replaced another one since the start.")
    swaps.add_metric([], snapshots.reload_count)
    yield swaps
    yield GaugeMetricFamily(
        "filmoteca_published_file_refused",
        "1 if the file that stands there is not used, /health/ready says why; else 0.",
        float(snapshots.load_failure is not None),
    )
    rows = GaugeMetricFamily("filmoteca_rejected_rows", "Raw records in quarantine.", labels=["source", "reason"])
    for account in accounts:
        for rejected in account["reasons"]:
            rows.add_metric([account["source_name"], rejected["reason"]], rejected["row_count"])
    yield rows
