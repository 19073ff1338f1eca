"""Fetch the current build of a remote store: `python -m warehouse.fetch [FROM] [--follow]`.

FROM is a folder or an address (s3://bucket/path, gs://…, az://…, https://…); the default is FILMOTECA_SOURCE. The
build is downloaded, compared with its hash, opened, and then published with an atomic rename. A running service
reloads it automatically.
"""

import argparse
import logging
import logging.config
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Never

from warehouse.checks import missing_tables, unreadable_tables
from warehouse.connection import open_read_only
from warehouse.errors import FilmotecaError, describe_error, interrupt_on, run_command
from warehouse.hashing import hash_file
from warehouse.lock import BuildRunningError, exclusive_lock
from warehouse.logs import logging_config
from warehouse.processes import kill_with_parent
from warehouse.publish import check_destination, publish
from warehouse.remote import ADDRESSES, Manifest, RemoteError, open_remote_store
from warehouse.settings import SOURCE, Settings, project_version

logger = logging.getLogger("filmoteca.fetch")


def update(address: str, settings: Settings) -> Manifest | None:
    """Fetch and publish the current build of a store if it differs; return its manifest, or None if it is the same.

    A build that is older than the published one is fetched too, so that a bad build can be rolled back. Raises
    FilmotecaError or OSError; the published file is then unchanged.
    """
    published = settings.published_file
    store = open_remote_store(address)
    manifest = store.read_manifest()
    if published.exists() and manifest.sha256 == _hash_version(published, published.stat().st_mtime_ns):
        return None
    if manifest.filmoteca_version != (version := project_version()):
        raise RemoteError(
            f"{manifest.file} of {address} was built by version {manifest.filmoteca_version}, but this is "
            f"version {version}; upgrade this machine, or upload a build of version {version}"
        )
    check_destination(published)
    folder = settings.fetch_folder
    with exclusive_lock(settings.lock_file):
        shutil.rmtree(folder, ignore_errors=True)  # leftovers of a killed process
        folder.mkdir()
        try:
            downloaded = folder / published.name
            store.download(manifest, downloaded)
            _check_complete(downloaded, manifest, address)
            publish(downloaded, published)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
    return manifest


def _check_complete(path: Path, manifest: Manifest, address: str) -> None:
    """Raise FilmotecaError if the build is not the announced one, lacks a table, or cannot be read to its end."""
    with open_read_only(path) as connection:
        problems = missing_tables(connection) or unreadable_tables(connection)
        [(build_id,)] = connection.execute("select build_id from quality.build_info").fetchall()
    if build_id != manifest.build_id:
        problems.append(f"it is build {build_id}, not {manifest.build_id}")
    if problems:
        raise RemoteError(
            f"{manifest.file} of {address} is not a complete build ({problems[0]}); build and upload it again with "
            "`make publish TO=…`"
        )


@lru_cache(maxsize=1)
def _hash_version(path: Path, mtime_ns: int) -> str:
    """Hash a file once for each time at which it was replaced."""
    return hash_file(path)


def follow(address: str, settings: Settings) -> Never:
    """Update at an interval until interrupted. A failure is logged once, until it changes or is resolved."""
    failure = ""
    while True:
        try:
            if manifest := update(address, settings):
                logger.info("fetched %s", format_manifest(manifest))
            elif failure:
                logger.info("%s is available again; there is no new build", address)
            failure = ""
        except BuildRunningError:
            pass  # retried at the next interval
        except (FilmotecaError, OSError) as error:
            message = describe_error(error)
            if message != failure:
                logger.error("%s; the published file is unchanged", message)
            failure = message
        except Exception:
            logger.exception("cannot check %s; the published file is unchanged", address)
        time.sleep(settings.source_seconds)


@contextmanager
def follow_source(settings: Settings) -> Iterator[None]:
    """Follow FILMOTECA_SOURCE in a child process while the block runs, if it is set.

    The first fetch runs before the block. If it fails, the block runs with the file that is already published.
    """
    if settings.source is None:
        yield
        return
    command = [sys.executable, "-m", __name__]
    subprocess.run(command, check=False)  # prints its own error
    follower = subprocess.Popen(
        [*command, "--follow"],
        start_new_session=True,  # Ctrl-C must not reach it; it is terminated below
        preexec_fn=kill_with_parent(os.getpid()),  # noqa: PLW1509 (safe: no other thread runs yet)
    )
    try:
        yield
    finally:
        follower.terminate()
        follower.wait()


def format_manifest(manifest: Manifest) -> str:
    """Return a short description of a build."""
    return f"build {manifest.build_id} of {manifest.built_at:%Y-%m-%d %H:%M} UTC, {manifest.size_bytes / 1e6:,.0f} MB"


def main(arguments: Sequence[str]) -> int:
    """Fetch once, or until interrupted; return the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m warehouse.fetch", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("address", nargs="?", metavar="FROM", help="folder or address (default: FILMOTECA_SOURCE)")
    parser.add_argument(
        "--follow", action="store_true", help="keep running and check every FILMOTECA_SOURCE_SECONDS (default: 10)"
    )
    options = parser.parse_args(arguments)
    settings = Settings.from_environment()
    address = options.address or settings.source
    if not address:
        raise FilmotecaError(f"no source given; use FROM=… or {SOURCE} with {ADDRESSES}")
    interrupt_on(signal.SIGTERM, signal.SIGHUP)
    if options.follow:
        logging.config.dictConfig(logging_config())
        follow(address, settings)
    manifest = update(address, settings)
    print(f"fetched {format_manifest(manifest)}" if manifest else "the published file is already up to date")
    return 0


if __name__ == "__main__":
    sys.exit(run_command(main))
