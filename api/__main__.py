"""Serve the published warehouse over HTTP: `python -m api [--host H] [--port P] [--workers N]`."""

import argparse
import logging
import os
import signal
import socket
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from tempfile import TemporaryDirectory

from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels
from granian.server import Server
from litestar import Litestar

from api.app import create_app
from api.db.snapshot_manager import POLL_SECONDS
from api.db.snapshots import check_published
from api.http.context import RequestIdFilter
from api.sandbox.guards import is_local
from api.sandbox.options import SWITCH
from api.settings import ApiSettings, read_sandbox_options
from api.telemetry.tracing import Tracing
from warehouse.connection import WarehouseUnavailableError
from warehouse.environment import reject_unknown_settings
from warehouse.errors import FilmotecaError, run_command
from warehouse.fetch import follow_source
from warehouse.logs import logging_config
from warehouse.settings import Settings

TO_TRY = ("/", "/score-titulo/Toy%20Story", "/v1/movies/862/recommendations", "/v1/facets")
LAST_PORT = 65_535

SECONDS_TO_FINISH = 10
"""How long a worker that is told to stop may go on with the requests it has; it takes no new ones."""

METRICS_FOLDER = "PROMETHEUS_MULTIPROC_DIR"
"""Where prometheus_client, as it is imported, is told of a folder that several workers share."""

MOST_CONNECTIONS = 8192
"""Connections of a worker at a time; further ones wait. Idle ones cost little, and the next request of each at most
the seconds that its head may take."""

logger = logging.getLogger("filmoteca.api")


def application() -> Litestar:
    """The service that each worker process runs.

    There was a warehouse when the server started. A worker that takes the place of a dead one may find a bad file;
    the others still answer from the build before it, so this one waits for a good file rather than end them all.
    """
    # Forked with the parent's handlers, it would be deaf until it serves. Ctrl-C reaches the parent too, who tells it
    # to stop: were it to die of it by itself, the parent might take that for a crash and start another.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    settings, told = Settings.from_environment(), ""
    while True:
        try:
            return create_app(settings, ApiSettings.from_environment())
        except WarehouseUnavailableError as error:
            if str(error) != told:
                logger.error("a worker waits for a warehouse: %s", told := str(error))
            time.sleep(POLL_SECONDS)


def serve(arguments: Sequence[str]) -> int:
    """Check what serving needs, then serve until told to stop; returns the exit code.

    Raises FilmotecaError when there is no warehouse to serve or the address cannot be listened on.
    """
    options = _parser().parse_args(arguments)
    reject_unknown_settings(os.environ)
    settings = Settings.from_environment()
    decide_on_sql(options.host)
    choices = ApiSettings.from_environment()  # says in a sentence what cannot be; a worker would not
    if choices.is_traced:
        Tracing().stop()  # so does this
    with follow_source(settings), _counting_together(options.workers):
        check_published(settings.published_file)
        _check_address(options.host, options.port)
        _serve(options, choices)
    return 0


def _serve(options: argparse.Namespace, choices: ApiSettings) -> None:
    server = Server(
        "api.__main__:application",
        factory=True,
        interface=Interfaces.ASGI,
        address=options.host,
        port=options.port,
        workers=options.workers,
        websockets=False,
        # Told to guess, the server waits without end for whoever connects and says nothing.
        http=HTTPModes.http1,
        http1_settings=HTTP1Settings(header_read_timeout=choices.header_seconds * 1000),
        backpressure=MOST_CONNECTIONS,
        workers_kill_timeout=SECONDS_TO_FINISH,
        respawn_failed_workers=True,
        log_level=LogLevels.warning,
        log_dictconfig=logging_config(of_request=RequestIdFilter),
    )
    server.on_startup(lambda: _greet(options.host, options.port))
    server.serve()


@contextmanager
def _counting_together(workers: int) -> Iterator[None]:
    """A folder in which several workers add up what they count; a single one needs none."""
    if workers == 1:
        yield
        return
    with TemporaryDirectory(prefix="filmoteca-metrics-") as folder:
        os.environ[METRICS_FOLDER] = folder
        yield


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m api", description="Serve the warehouse over HTTP.")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
    parser.add_argument("--port", type=_port, default=8000, help="port to listen on (default: %(default)s)")
    parser.add_argument("--workers", type=_workers, default=1, help="processes (default: %(default)s)")
    return parser


def _port(text: str) -> int:
    if not (text.isdecimal() and 1 <= int(text) <= LAST_PORT):
        raise argparse.ArgumentTypeError(f"{text!r} is no port; right is a number from 1 to {LAST_PORT}")
    return int(text)


def _workers(text: str) -> int:
    if not (text.isdecimal() and int(text) >= 1):
        raise argparse.ArgumentTypeError(f"{text!r} is no number of processes; right is 1 or more")
    return int(text)


def _check_address(host: str, port: int) -> None:
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind(address)
    except OSError as error:
        raise FilmotecaError(
            f"cannot listen on {host}:{port} ({error.strerror}); stop what listens there, or choose another "
            f"port: `make serve PORT={port + 1 if port < LAST_PORT else 8000}`"
        ) from None


def decide_on_sql(host: str) -> None:
    """Turn ad-hoc SQL on for those who sit at this machine and off for others, unless the environment decides.

    The workers inherit it. Raises FilmotecaError for settings that cannot be; a worker would say it later.
    """
    os.environ.setdefault(SWITCH, "local" if is_local(host) else "off")
    read_sandbox_options()


def _greet(host: str, port: int) -> None:
    origin = f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
    print(f"Filmoteca answers on {origin} (Ctrl-C stops it). To try:", flush=True)
    for path in TO_TRY:
        print(f"  curl {origin}{path}", flush=True)
    print(f"Or open {origin}/ in a browser: pages to look at, a guide, and the API's own page.", flush=True)
    is_on = read_sandbox_options().is_on
    print(
        f"Ad-hoc SQL on /v1/sql is {'on' if is_on else 'off'} ({SWITCH}={'off' if is_on else 'on'} changes that).",
        flush=True,
    )


if __name__ == "__main__":
    sys.exit(run_command(serve))
