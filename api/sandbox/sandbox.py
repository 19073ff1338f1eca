"""Runs ad-hoc SQL in worker processes, so that no query can crash or exhaust the service."""

from pathlib import Path
from typing import Any

import msgspec
from anyio import CapacityLimiter, to_thread

from api.sandbox.options import SandboxOptions
from api.sandbox.protocol import FailureReason, QueryError, QueryFailure, QueryRequest, QueryResult, ResultFormat
from api.sandbox.worker_pool import WorkerPool

QUEUE_FACTOR = 16
"""Number of threads for each query that can run at the same time; most of them wait for a worker."""


class Sandbox:
    """Runs queries on one build of the warehouse; safe to use from several threads."""

    def __init__(self, database: Path, build_id: str, options: SandboxOptions) -> None:
        self._options = options
        self._pool = WorkerPool(database, build_id, options)
        self._threads = CapacityLimiter(QUEUE_FACTOR * options.concurrency)

    def run(
        self,
        query: str,
        parameters: dict[str, Any] | None = None,
        row_limit: int | None = None,
        result_format: ResultFormat = "json",
    ) -> QueryResult:
        """Run a query and return at most `row_limit` rows, by default as many as the options say.

        Raises:
            QueryError: The query has no result.
            WarehouseReplacedError: The file is not the expected build.
        """
        if not self._options.is_on:
            detail = "Ad-hoc SQL is turned off on this service; FILMOTECA_SQL=on in its environment turns it on."
            raise QueryError(FailureReason.OFF, detail)
        request = QueryRequest(query, parameters or {}, row_limit or self._options.rows, result_format)
        try:
            frame = msgspec.json.encode(request)
        except UnicodeEncodeError:
            detail = "The query or a parameter contains characters that UTF-8 cannot encode; remove them."
            raise QueryError(FailureReason.SYNTAX, detail) from None
        with self._pool.acquire() as worker:
            answer = worker.run(frame)
        if isinstance(answer, QueryFailure):
            raise QueryError(answer.reason, answer.detail)
        return answer

    async def run_in_thread(
        self, query: str, parameters: dict[str, Any], row_limit: int | None, result_format: ResultFormat
    ) -> QueryResult:
        """Run a query in a thread of the sandbox, so that waiting queries do not occupy the service's threads."""
        if self._threads.available_tokens < 1:
            raise self._pool.busy_error()
        return await to_thread.run_sync(self.run, query, parameters, row_limit, result_format, limiter=self._threads)

    def close(self) -> None:
        """Kill the worker processes."""
        self._pool.close()
