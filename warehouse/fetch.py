"""`python -m warehouse.fetch [FROM] [--every SECONDS]`: brings the build that stands elsewhere, verified.

FROM is a folder or an address (s3://bucket/path, gs://…, az://…, https://…); without it, FILMOTECA_SOURCE. The build
is downloaded beside the published file, compared with its hash, opened, and only then published by one rename; a
running service takes it up by itself.
"""

import argparse
import logging
import logging.config
import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from warehouse.connection import open_read_only
from warehouse.errors import FilmotecaError, describe_os_error, run_command
from warehouse.lock import BuildRunningError, exclusive_lock
from warehouse.logs import logging_config
from warehouse.processes import dies_with
from warehouse.publish import check_destination, publish
from warehouse.remote import RIGHT, Manifest, RemoteError, hash_of, open_remote
from warehouse.settings import SOURCE, Settings, project_version

logger = logging.getLogger("filmoteca.fetch")


@dataclass(slots=True)
class Replica:
    """The published file of this machine, which follows what stands elsewhere."""

    address: str
    settings: Settings
    _known: tuple[int, int, str] | None = None
    """The published file as it was hashed last: inode, time, SHA-256."""

    def update(self) -> Manifest | None:
        """Publish here what stands there, unless it does already; returns its manifest if it was fetched.

        An older build than the one here is fetched, too: that is how a bad one is taken back. Raises FilmotecaError
        or OSError, and then what was published here stands as it was.
        """
        remote = open_remote(self.address)
        manifest = remote.manifest()
        if manifest.sha256 == self._published_hash():
            return None
        if manifest.filmoteca_version != (version := project_version()):
            raise RemoteError(
                f"{manifest.file} of {self.address} was built by version {manifest.filmoteca_version}, this "
                f"is {version}; right is to upgrade this machine, or to publish a build of its version"
            )
        check_destination(self.settings.published_file)
        aside = self.settings.fetch_folder
        with exclusive_lock(self.settings.lock_file):
            shutil.rmtree(aside, ignore_errors=True)  # what a killed one left
            aside.mkdir()
            try:
                place = aside / self.settings.published_file.name
                remote.download(manifest, place)
                open_read_only(place).close()
                publish(place, self.settings.published_file)
            finally:
                shutil.rmtree(aside, ignore_errors=True)
        return manifest

    def follow(self, seconds: float, stopped: threading.Event) -> None:
        """Update again and again; what fails is logged once, until it is something else or well again."""
        told = ""
        while True:
            try:
                if fetched := self.update():
                    logger.info("fetched %s", summary(fetched))
                elif told:
                    logger.info("%s answers again, and there is nothing new", self.address)
                told = ""
            except BuildRunningError:
                pass  # it publishes here by itself; the next look tells
            except (FilmotecaError, OSError) as error:
                reason = describe_os_error(error) if isinstance(error, OSError) else str(error)
                if reason != told:
                    logger.error("%s; what was published here stands", reason)
                told = reason
            except Exception:
                logger.exception("looking at %s failed; what was published here stands", self.address)
            if stopped.wait(seconds):
                return

    def _published_hash(self) -> str | None:
        path = self.settings.published_file
        try:
            found = path.stat()
        except FileNotFoundError:
            return None
        if self._known is None or self._known[:2] != (found.st_ino, found.st_mtime_ns):
            self._known = (found.st_ino, found.st_mtime_ns, hash_of(path))
        return self._known[2]


@contextmanager
def following(settings: Settings) -> Iterator[None]:
    """While the block runs, a process of its own follows FILMOTECA_SOURCE; without that setting, nothing does.

    It looks once before the block begins; what was published here before suffices if that fails.
    """
    if settings.source is None:
        yield
        return
    command = [sys.executable, "-m", __name__]
    subprocess.run(command, check=False)  # it says itself what is wrong
    follower = subprocess.Popen(
        [*command, "--every", str(settings.source_seconds)],
        start_new_session=True,  # Ctrl-C is for us, who end it
        preexec_fn=dies_with(os.getpid()),  # noqa: PLW1509 (safe here: no other thread runs yet)
    )
    try:
        yield
    finally:
        follower.terminate()
        follower.wait()


def summary(manifest: Manifest) -> str:
    """What was fetched, in a few words."""
    return f"build {manifest.build_id} of {manifest.built_at:%Y-%m-%d %H:%M} UTC, {manifest.size_bytes / 1e6:,.0f} MB"


def main(arguments: Sequence[str]) -> int:
    """Fetches once, or until it is told to stop; returns the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m warehouse.fetch", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("address", nargs="?", metavar="FROM", help="folder or address; else FILMOTECA_SOURCE")
    parser.add_argument("--every", type=_seconds, metavar="SECONDS", help="go on, and look again this often")
    options = parser.parse_args(arguments)
    settings = Settings.from_environment()
    address = options.address or settings.source
    if not address:
        raise FilmotecaError(f"nothing says where from; {RIGHT}: as an argument or in {SOURCE}")
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _stop)
    replica = Replica(address, settings)
    if options.every:
        logging.config.dictConfig(logging_config())
        replica.follow(options.every, threading.Event())
        return 0
    fetched = replica.update()
    print(f"fetched {summary(fetched)}" if fetched else "what stands there is published here already")
    return 0


def _seconds(text: str) -> float:
    if not (text.isdecimal() and 1 <= int(text) <= 86_400):
        raise argparse.ArgumentTypeError(f"{text!r} is no pause; right is 1 to 86400 seconds")
    return float(text)


def _stop(number: int, frame: object) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(run_command(main))
