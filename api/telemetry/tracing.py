"""Requests and queries as spans of OpenTelemetry (FILMOTECA_OTEL=on), for those who have installed it.

Where spans go is said by OpenTelemetry's own variables: OTEL_EXPORTER_OTLP_ENDPOINT, OTEL_SERVICE_NAME and so on.
"""

import time
from collections.abc import Callable
from typing import Any

from litestar.types import ASGIApp

from warehouse.errors import FilmotecaError
from warehouse.settings import project_version

LOCK = "requirements-otel.lock"


class Tracing:
    """Spans of one worker, sent by a thread of its own. Raises FilmotecaError when OpenTelemetry is not installed."""

    def __init__(self) -> None:
        try:
            from opentelemetry import trace  # noqa: PLC0415 (optional packages)
            from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter  # noqa: PLC0415
            from opentelemetry.instrumentation.asgi import OpenTelemetryMiddleware  # noqa: PLC0415
            from opentelemetry.sdk.resources import SERVICE_NAME, OTELResourceDetector, Resource  # noqa: PLC0415
            from opentelemetry.sdk.trace import TracerProvider  # noqa: PLC0415
            from opentelemetry.sdk.trace.export import BatchSpanProcessor  # noqa: PLC0415
        except ModuleNotFoundError as error:
            raise FilmotecaError(
                f"FILMOTECA_OTEL is on, and {error.name} is not installed; right is "
                f"`.venv/bin/python -m pip install --require-hashes --requirement {LOCK}`, or FILMOTECA_OTEL=off"
            ) from None
        named = Resource.create({SERVICE_NAME: "filmoteca", "service.version": project_version()})
        self._provider = TracerProvider(resource=named.merge(OTELResourceDetector().detect()))
        self._provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
        self._tracer = self._provider.get_tracer("filmoteca")
        self._kind = trace.SpanKind.CLIENT
        self._middleware: Callable[..., Any] = OpenTelemetryMiddleware

    def around(self, app: ASGIApp) -> ASGIApp:
        """The application, each of its answers a span."""
        wrapped: ASGIApp = self._middleware(app, tracer_provider=self._provider, exclude_spans=["send", "receive"])
        return wrapped

    def queried(self, name: str, seconds: float) -> None:
        """Add a query that has just ended to the span of its request."""
        end = time.time_ns()
        span = self._tracer.start_span(
            name,
            kind=self._kind,
            attributes={"db.system.name": "duckdb", "db.query.summary": name},
            start_time=end - int(seconds * 1e9),
        )
        span.end(end)

    def stop(self) -> None:
        """Send what is left."""
        self._provider.shutdown()
