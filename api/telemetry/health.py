"""Health checks: /health/live and /health/ready."""

from datetime import datetime
from typing import Annotated, Literal

import msgspec
from anyio import to_thread
from litestar import Controller, get
from litestar.datastructures import ResponseHeader
from litestar.di import NamedDependency

from api.db.queries import Queries
from api.db.snapshots import LoadFailure, SnapshotManager
from api.http.examples import described
from api.http.openapi import operation_docs


class Live(msgspec.Struct, frozen=True, kw_only=True):
    """The process responds."""

    status: Annotated[Literal["live"], described("Always `live`.", "live")] = "live"


class Ready(msgspec.Struct, frozen=True, kw_only=True):
    """The warehouse can be queried."""

    build_id: Annotated[str, described("Id of the build in use.", "5d41402abc4b2a76")]
    built_at: Annotated[datetime, described("When the build was made, in UTC.", "2026-01-31T12:00:00Z")]
    movie_count: Annotated[int, described("Number of films in the data set.", 45_346)]
    refused: Annotated[
        LoadFailure | None, described("Why the published file is not used; null if it is the build in use.", None)
    ]


class HealthController(Controller):
    """Health checks."""

    path = "/health"
    tags = ("System",)
    response_headers = (ResponseHeader(name="Cache-Control", value="no-store"),)

    @get(
        "/live",
        sync_to_thread=False,
        **operation_docs("Check that the process responds", Live, common_errors=(), is_conditional=False),
    )
    def live(self) -> Live:
        """Respond without querying the warehouse."""
        return Live()

    @get("/ready", **operation_docs("Check that the warehouse responds", Ready, common_errors=(), is_conditional=False))
    async def ready(self, queries: NamedDependency[Queries], snapshots: NamedDependency[SnapshotManager]) -> Ready:
        """Query the warehouse for the build in use. A newer file that cannot be used is reported in `refused`."""
        (row,) = await to_thread.run_sync(queries.rows, "ready")  # not in a thread of the handlers, which may be busy
        return msgspec.convert({**row, "refused": snapshots.load_failure}, Ready)
