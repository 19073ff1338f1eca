"""Who is told of answers and queries: the metrics and the spans, each only where it is wanted."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from litestar.types import ASGIApp

from api.settings import ApiSettings
from api.telemetry.tracing import Tracing

if TYPE_CHECKING:
    from api.telemetry.metrics import Metrics


@dataclass(frozen=True, slots=True)
class Observers:
    """Those of one worker."""

    metrics: "Metrics | None"
    tracing: Tracing | None

    @classmethod
    def of(cls, choices: ApiSettings) -> "Observers":
        """Those that the settings ask for. Raises FilmotecaError when one of them is not installed."""
        metrics = None
        if choices.metrics != "off":
            # Imported in the worker: as it is imported, it reads whether there are several.
            from api.telemetry.metrics import Metrics  # noqa: PLC0415

            metrics = Metrics()
        return cls(metrics, Tracing() if choices.is_traced else None)

    def queried(self, name: str, seconds: float) -> None:
        """Tell of a query."""
        if self.metrics:
            self.metrics.queried(name, seconds)
        if self.tracing:
            self.tracing.queried(name, seconds)

    def around(self, app: ASGIApp) -> ASGIApp:
        """The application as it is observed."""
        return self.tracing.around(app) if self.tracing else app

    def stop(self) -> None:
        """Send what is yet to be sent."""
        if self.tracing:
            self.tracing.stop()
