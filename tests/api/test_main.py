"""The server command, `python -m api`."""

import re
import shutil
import socket
from pathlib import Path

import duckdb
import httpx
import psutil
import pytest

from api.__main__ import enable_sql_for_local_host, serve
from api.settings import ApiSettings
from tests.api.server import Server, run_server
from tests.waiting import wait_for
from warehouse.errors import FilmotecaError


def test_server_prints_its_address_and_stops_on_ctrl_c(small_warehouse: Path) -> None:
    with run_server(small_warehouse) as server:
        wait_for(lambda: "Ad-hoc SQL" in server.output)
        output = server.stop()
    assert server.process.returncode == 0
    assert output.startswith(f"Filmoteca is running on {server.origin} ")
    assert f"curl {server.origin}/score-titulo/Toy%20Story" in output
    assert "Ad-hoc SQL on /v1/sql is on; set FILMOTECA_SQL=off to turn it off." in output
    assert "Traceback" not in output


DISCONNECTS = {
    "during the request body": (
        b"POST /v1/sql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{",
        b"",
    ),
    "during the response": (b"GET /v1/tables/marts/filler/rows.csv HTTP/1.1\r\nHost: x\r\n\r\n", b"HTTP/1.1 200"),
}


def remote_addresses(server: Server) -> list[tuple[str, int]]:
    """Return the addresses of all clients that the processes of the server are connected to."""
    main = psutil.Process(server.process.pid)
    return [link.raddr for process in (main, *main.children(recursive=True)) for link in process.net_connections("tcp")]


@pytest.mark.parametrize("moment", DISCONNECTS)
def test_client_disconnect_is_not_logged(small_warehouse: Path, tmp_path: Path, moment: str) -> None:
    request, response = DISCONNECTS[moment]
    warehouse = tmp_path / "movies.duckdb"
    shutil.copyfile(small_warehouse, warehouse)
    with duckdb.connect(str(warehouse)) as connection:
        connection.execute("create table marts.filler as select repeat('x', 300) as filling from range(200_000)")
    with run_server(warehouse) as server:
        with socket.create_connection((server.host, server.port)) as client:
            client.sendall(request)
            assert client.recv(len(response)) == response
            address = client.getsockname()
        wait_for(lambda: address not in remote_addresses(server))
        assert httpx.get(f"{server.origin}/health/live").is_success
        output = server.stop()
    assert server.process.returncode == 0
    assert not re.search("ERROR|WARNING|Traceback", output), output


@pytest.mark.parametrize(
    ("host", "expected"),
    [("127.8.9.1", "local"), ("::1", "local"), ("localhost", "local"), ("192.0.2.1", "off"), ("::", "off")],
)
def test_sql_is_local_if_the_server_listens_on_localhost(
    host: str, expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FILMOTECA_SQL", "")
    monkeypatch.delenv("FILMOTECA_SQL")
    enable_sql_for_local_host(host)
    assert ApiSettings.from_environment().sql == expected
    monkeypatch.setenv("FILMOTECA_SQL", "off")
    enable_sql_for_local_host(host)
    assert ApiSettings.from_environment().sql == "off"


@pytest.mark.parametrize(
    ("setting", "value", "message"),
    [
        ("FILMOTECA_SQL", "maybe", "must be off, on or local"),
        ("FILMOTECA_WAREHOUSE", "/nowhere/none.duckdb", "run `make build` first"),
    ],
)
def test_invalid_setting_or_missing_warehouse_stops_the_server(
    monkeypatch: pytest.MonkeyPatch, setting: str, value: str, message: str
) -> None:
    monkeypatch.setenv(setting, value)
    with pytest.raises(FilmotecaError, match=message):
        serve([])


def test_used_port_stops_the_server(small_warehouse: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FILMOTECA_WAREHOUSE", str(small_warehouse))
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(FilmotecaError, match=f"cannot listen on 127.0.0.1:{port} .*PORT={port + 1}"):
            serve(["--port", str(port)])


@pytest.mark.parametrize("arguments", [["--port", "0"], ["--port", "x"], ["--workers", "0"], ["extra"]])
def test_invalid_arguments_are_rejected(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        serve(arguments)
    assert stopped.value.code == 2
    assert "error:" in capsys.readouterr().err
