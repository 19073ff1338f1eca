"""How many of the API's functions run between the server and DuckDB."""

import asyncio
import sys
from pathlib import Path
from types import FrameType
from typing import Any

import api
from tests.api.client import create_client
from warehouse.settings import Settings

MAX_FUNCTIONS = 12
"""Five middlewares, a hook and a dependency of Litestar, the handler, its lookup, two of the query, its time limit."""
API_FOLDER = str(Path(api.__file__).parent)


class CallRecorder:
    """A profiler that records the functions of the API that are called until DuckDB executes a query."""

    def __init__(self) -> None:
        self.is_recording = True
        self.functions: dict[str, None] = {}

    async def install(self) -> None:
        """Profile the thread of the event loop and the handler thread; not those that poll in the background."""
        await asyncio.get_running_loop().run_in_executor(None, sys.setprofile, self)
        sys.setprofile(self)

    def __call__(self, frame: FrameType, event: str, argument: Any) -> None:
        if not self.is_recording:
            return
        if event == "c_call" and getattr(argument, "__name__", "") == "execute":
            self.is_recording = False
        elif event == "call" and frame.f_code.co_filename.startswith(API_FOLDER) and frame.f_code.co_name[0] != "<":
            path = Path(frame.f_code.co_filename).relative_to(API_FOLDER)
            self.functions[f"{path}: {frame.f_code.co_name} ({frame.f_code.co_firstlineno})"] = None


def test_uncached_film_reaches_duckdb_in_few_functions(settings: Settings) -> None:
    recorder = CallRecorder()
    with create_client(settings, THREADS="1") as client, client.portal() as portal:
        client.get("/v1/movies/3")  # fills the caches of negotiated headers and of parsed queries
        portal.call(recorder.install)
        assert client.get("/v1/movies/2").status_code == 200
        assert not recorder.is_recording
    assert "v1/movies/detail.py: find_movie" in " ".join(recorder.functions)
    assert len(recorder.functions) <= MAX_FUNCTIONS, "\n".join(recorder.functions)
