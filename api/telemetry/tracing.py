"""OpenTelemetry spans of requests and queries.

OpenTelemetry's own variables configure the exporter: OTEL_EXPORTER_OTLP_ENDPOINT, OTEL_SERVICE_NAME and so on.

Import this module only if tracing is on: few installations need it, and it takes memory and time to load.
"""

import time
from typing import Any, cast

from litestar.types import ASGIApp
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.instrumentation.asgi import OpenTelemetryMiddleware
from opentelemetry.sdk.resources import SERVICE_NAME, OTELResourceDetector, Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.trace import SpanKind

from warehouse.settings import project_version


class Tracing:
    """The spans of one worker, sent in a background thread."""

    def __init__(self) -> None:
        resource = Resource.create({SERVICE_NAME: "filmoteca", "service.version": project_version()})
        self._provider = TracerProvider(resource=resource.merge(OTELResourceDetector().detect()))
        self._provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
        self._tracer = self._provider.get_tracer("filmoteca")

    def wrap(self, app: ASGIApp) -> ASGIApp:
        """Return the application with a span for each request."""
        spans: Any = OpenTelemetryMiddleware(app, tracer_provider=self._provider, exclude_spans=["send", "receive"])
        return cast(ASGIApp, spans)

    def on_query(self, name: str, seconds: float) -> None:
        """Add a query that has just finished to the span of its request."""
        end = time.time_ns()
        span = self._tracer.start_span(
            name,
            kind=SpanKind.CLIENT,
            attributes={"db.system.name": "duckdb", "db.query.summary": name},
            start_time=end - int(seconds * 1e9),
        )
        span.end(end)

    def stop(self) -> None:
        """Send the remaining spans."""
        self._provider.shutdown()
