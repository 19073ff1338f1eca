"""How many of the API's functions run between the server and DuckDB."""

import threading
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

import api
from tests.api.client import create_client
from warehouse.settings import Settings

MAX_FUNCTIONS = 14
"""Today: five middlewares, the hook and dependencies of Litestar, the handler, the snapshot and the query timeout."""
API_FOLDER = str(Path(api.__file__).parent)


class CallRecorder:
    """Records the functions of the API that are called until DuckDB executes a query."""

    def __init__(self) -> None:
        self.is_recording = False
        self.functions: dict[str, None] = {}

    def __call__(self, frame: FrameType, event: str, argument: Any) -> None:
        if not self.is_recording:
            return
        if event == "c_call" and getattr(argument, "__name__", "") == "execute":
            self.is_recording = False
        elif event == "call" and frame.f_code.co_filename.startswith(API_FOLDER) and frame.f_code.co_name[0] != "<":
            path = Path(frame.f_code.co_filename).relative_to(API_FOLDER)
            self.functions[f"{path}: {frame.f_code.co_name} ({frame.f_code.co_firstlineno})"] = None


@pytest.fixture
def recorder() -> Iterator[CallRecorder]:
    """A recorder in all threads that start from now on."""
    recorder = CallRecorder()
    threading.setprofile(recorder)
    yield recorder
    threading.setprofile(None)


def test_uncached_film_reaches_duckdb_in_few_functions(settings: Settings, recorder: CallRecorder) -> None:
    with create_client(settings) as client:
        client.get("/v1/movies/3")  # fills the caches of negotiated headers and of parsed queries
        recorder.is_recording = True
        assert client.get("/v1/movies/2").status_code == 200
    assert not recorder.is_recording
    assert len(recorder.functions) <= MAX_FUNCTIONS, "\n".join(recorder.functions)
