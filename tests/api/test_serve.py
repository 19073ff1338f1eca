"""`python -m api.serve`: starts fast, says where it listens, ends cleanly, refuses with a sentence."""

import signal
import socket
from pathlib import Path

import pytest

from api.serve import serve
from tests.api.server import started
from warehouse.errors import FilmotecaError


def test_it_says_where_it_listens_and_ctrl_c_ends_it(small_warehouse: Path) -> None:
    with started(small_warehouse) as server:
        server.process.send_signal(signal.SIGINT)
        output, _ = server.process.communicate(timeout=10)
    assert server.process.returncode == 0
    assert output.startswith(f"Filmoteca answers on {server.origin} ")
    assert f"curl {server.origin}/score-titulo/Toy%20Story" in output
    assert "Traceback" not in output


def test_no_warehouse(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FILMOTECA_WAREHOUSE", str(tmp_path / "none.duckdb"))
    with pytest.raises(FilmotecaError, match="run `make build` first"):
        serve([])


def test_a_port_that_is_taken(small_warehouse: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FILMOTECA_WAREHOUSE", str(small_warehouse))
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(FilmotecaError, match=f"cannot listen on 127.0.0.1:{port} .*PORT={port + 1}"):
            serve(["--port", str(port)])


@pytest.mark.parametrize("arguments", [["--port", "0"], ["--port", "x"], ["--workers", "0"], ["extra"]])
def test_wrong_arguments(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        serve(arguments)
    assert stopped.value.code == 2
    assert "error:" in capsys.readouterr().err
