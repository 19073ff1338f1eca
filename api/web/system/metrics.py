"""`/metrics`, where the settings say that it is answered."""

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from litestar import Request, Response, get
from litestar.datastructures import State
from litestar.handlers import HTTPRouteHandler

from api.db.snapshot_manager import SnapshotManager
from api.http.problems import ProblemError
from api.sandbox.guards import is_local as is_this_machine

if TYPE_CHECKING:
    from api.telemetry.metrics import Metrics

PATH = "/metrics"


def metrics_routes(metrics: "Metrics | None", snapshots: SnapshotManager, *, is_local: bool) -> list[HTTPRouteHandler]:
    """The route of the metrics; none where nothing is counted. `is_local`: it answers this machine alone."""
    if metrics is None:
        return []
    from api.telemetry.metrics import CONTENT_TYPE  # noqa: PLC0415

    @get(PATH, include_in_schema=False, sync_to_thread=True)
    def read_metrics(request: Request[Any, Any, State]) -> Response[bytes]:
        """What Prometheus reads."""
        client = request.client.host if request.client else ""
        if is_local and not (is_this_machine(client) and is_this_machine(request.url.hostname or "")):
            raise ProblemError(
                HTTPStatus.FORBIDDEN,
                "The metrics are for this machine alone; FILMOTECA_METRICS=on in its environment shows them to others.",
            )
        return Response(metrics.exposition(snapshots), media_type=CONTENT_TYPE, headers={"Cache-Control": "no-store"})

    return [read_metrics]
