"""`?explain=sql`: how an answer was made, instead of the answer.

The queries that answer a request note themselves in `api.db.query_traces`; what was asked is answered all the same,
and thrown away.
"""

import time
from contextvars import ContextVar
from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated, Any, Literal

import msgspec
from litestar import Response
from litestar.openapi.spec import Example
from litestar.params import QueryParameter
from msgspec import Meta

from api.db.dependencies import get_queries
from api.db.lineage import tables_read
from api.db.query_traces import QueryTrace, query_traces
from api.http.content_negotiation import JSON
from api.http.context import update_request_context
from api.http.openapi import EXPLANATION_JSON, NOT_EXPLAINED
from api.http.parameters import AnyRequest, read_request
from api.http.problems import ProblemError

IS_ALLOWED = "explain_is_allowed"
"""The key of the application's state under which it says whether anything is explained."""

EXPLAIN = QueryParameter(
    annotation=Literal["sql"],
    name="explain",
    required=False,
    description="`sql`: answer how it is made instead: the queries, their parameters, the milliseconds and the tables "
    "that they read. A setting of the service (FILMOTECA_EXPLAIN).",
    examples=[Example(value="sql")],
)


class ModelRead(msgspec.Struct, frozen=True, kw_only=True):
    """A table that a query read."""

    table: Annotated[str, Meta(description="Schema and name.", examples=["marts.dim_movies"])]
    documentation: Annotated[str, Meta(description="Where it is described.", examples=["/v1/tables/marts/dim_movies"])]


class ExplainedQuery(msgspec.Struct, frozen=True, kw_only=True):
    """A query that was run."""

    name: Annotated[str, Meta(description="Its name, as /v1/queries lists it.", examples=["list_movies"])]
    sql: Annotated[str, Meta(description="What was run: without the conditions that nobody asked for.")]
    parameters: Annotated[dict[str, Any], Meta(description="What was bound to its $parameters.")]
    milliseconds: Annotated[float, Meta(description="How long the engine took until the first row.")]
    models: Annotated[list[ModelRead], Meta(description="The tables that it read.")]


class Explanation(msgspec.Struct, frozen=True, kw_only=True):
    """How an answer was made."""

    milliseconds: Annotated[float, Meta(description="From the parameters read to the answer made.")]
    queries: Annotated[list[ExplainedQuery], Meta(description="The queries, in the order in which they were run.")]


@dataclass(frozen=True, slots=True)
class _Explaining:
    """A request that is to be explained."""

    begun: float
    noted: list[QueryTrace]
    macros: tuple[str, ...]


_explaining: ContextVar[_Explaining | None] = ContextVar("explaining", default=None)


async def read_explainable_request(request: AnyRequest) -> None:
    """Read what is asked, and have the queries noted if they are to be explained (a `before_request` hook).

    Raises ProblemError 403 where the setting is off.
    """
    _explain(None)
    await read_request(request)
    if "explain" not in request.query_params:
        return
    if not request.app.state[IS_ALLOWED]:
        raise ProblemError(HTTPStatus.FORBIDDEN, NOT_EXPLAINED)
    update_request_context(format=JSON)
    _explain(_Explaining(time.perf_counter(), [], get_queries().macros))


async def explained(response: Response[Any]) -> Response[Any]:
    """The answer as it is, or how it was made, if that was asked (an `after_request` hook)."""
    if (explaining := _explaining.get()) is None:
        return response
    _explain(None)
    explanation = Explanation(
        milliseconds=round((time.perf_counter() - explaining.begun) * 1000, 3),
        queries=[_explained(trace, explaining.macros) for trace in explaining.noted],
    )
    return Response(
        msgspec.json.encode(explanation), media_type=EXPLANATION_JSON, headers={"Cache-Control": "no-store"}
    )


def _explain(explaining: _Explaining | None) -> None:
    """Begin or end: a server may answer one request after the other in the same context."""
    _explaining.set(explaining)
    query_traces.set(explaining.noted if explaining else None)


def _explained(trace: QueryTrace, macros: tuple[str, ...]) -> ExplainedQuery:
    return ExplainedQuery(
        name=trace.name,
        sql=trace.sql,
        parameters=dict(trace.parameters),
        milliseconds=round(trace.milliseconds, 3),
        models=[
            ModelRead(table=table, documentation=f"/v1/tables/{table.replace('.', '/')}")
            for table in tables_read(trace.sql, macros)
        ],
    )
