"""Prometheus metrics: responses by operation, queries by name, and the build in use.

With several workers, each one counts in files of a shared folder, and the worker that serves /metrics adds them up.
The metrics of the build come from that worker alone; all workers load the same file.

Import this module in the workers only: prometheus_client reads PROMETHEUS_MULTIPROC_DIR when it is imported.
"""

import os
from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

from litestar import Request, Response, get
from litestar.datastructures import State
from litestar.handlers import HTTPRouteHandler
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

from api.db.snapshots import SnapshotManager
from api.http.access_log import ResponseRecord
from api.http.host_check import is_local_host
from api.http.problems import ProblemError

BUCKET_SECONDS = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
METHODS = frozenset({"GET", "HEAD", "POST", "OPTIONS"})
"""The values of the label `method`. Others are counted as `other`, so that clients cannot create labels."""


class Metrics:
    """The metrics of one worker."""

    def __init__(self) -> None:
        disable_created_metrics()  # type: ignore[no-untyped-call]
        registry = CollectorRegistry()
        self._responses = Histogram(
            "filmoteca_http_request_duration_seconds",
            "Time from the headers of a request to the end of its response; cache is hit for a cached response.",
            ["operation", "method", "status", "cache"],
            registry=registry,
            buckets=BUCKET_SECONDS,
        )
        self._queries = Summary(
            "filmoteca_query_duration_seconds", "Time that DuckDB takes for a query.", ["query"], registry=registry
        )
        self._collector: Collector = registry
        if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
            self._collector = MultiProcessCollector(None)  # type: ignore[no-untyped-call]
        else:
            ProcessCollector(registry=registry)

    def on_response(self, record: ResponseRecord) -> None:
        """Count a response."""
        method = record.method if record.method in METHODS else "other"
        cache = "hit" if record.is_cached else "miss"
        self._responses.labels(record.operation, method, record.status, cache).observe(record.seconds)

    def on_query(self, name: str, seconds: float) -> None:
        """Count a query."""
        self._queries.labels(name).observe(seconds)

    def create_route(self, snapshots: SnapshotManager, *, local_only: bool) -> HTTPRouteHandler:
        """Return the route /metrics, for clients on this machine only or for everyone."""

        @get("/metrics", include_in_schema=False, sync_to_thread=True)
        def read_metrics(request: Request[Any, Any, State]) -> Response[bytes]:
            client = request.client.host if request.client else ""
            if local_only and not (is_local_host(client) and is_local_host(request.url.hostname or "")):
                raise ProblemError(
                    HTTPStatus.FORBIDDEN,
                    "Metrics are only available from this machine. Set FILMOTECA_METRICS=on to make them available "
                    "to everyone.",
                )
            content = generate_latest(self._collector) + generate_latest(_BuildMetrics(snapshots))
            return Response(content, media_type=CONTENT_TYPE_LATEST, headers={"Cache-Control": "no-store"})

        return read_metrics


class _BuildMetrics(Collector):
    def __init__(self, snapshots: SnapshotManager) -> None:
        self._snapshots = snapshots

    def collect(self) -> Iterator[Metric]:
        lease = self._snapshots.current
        snapshot = lease.snapshot
        sources = snapshot.queries.rows("get_quality")
        yield InfoMetricFamily("filmoteca_build", "The build in use.", {"build_id": snapshot.build_id})
        built_at = snapshot.built_at.timestamp()
        yield GaugeMetricFamily("filmoteca_build_timestamp_seconds", "When the build in use was made.", built_at)
        reloads = CounterMetricFamily("filmoteca_build_swaps", "Builds loaded since the start, without the first.")
        reloads.add_metric([], self._snapshots.reload_count)
        yield reloads
        yield GaugeMetricFamily(
            "filmoteca_published_file_refused",
            "1 if the published file cannot be used, else 0; /health/ready has the reason.",
            float(self._snapshots.load_failure is not None),
        )
        rejected = GaugeMetricFamily("filmoteca_rejected_rows", "Rejected raw records.", labels=["source", "reason"])
        for source in sources:
            for reason in source["reasons"]:
                rejected.add_metric([source["source_name"], reason["reason"]], reason["row_count"])
        yield rejected
