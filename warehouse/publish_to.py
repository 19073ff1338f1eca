"""`python -m warehouse.publish_to TO`: puts the published warehouse where replicas fetch it.

TO is a folder or a bucket (s3://bucket/path, gs://…, az://…).
"""

import argparse
import sys
from collections.abc import Sequence

from warehouse.errors import FilmotecaError, run_command
from warehouse.remote import RIGHT, RemoteError, describe, open_remote
from warehouse.settings import Settings

KEPT_BUILDS = 3


def main(arguments: Sequence[str]) -> int:
    """Uploads, names the build in the manifest, deletes the oldest ones; returns the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m warehouse.publish_to",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("address", nargs="?", metavar="TO", help="folder or address of a bucket")
    parser.add_argument(
        "--keep", type=_count, default=KEPT_BUILDS, metavar="N", help="builds that stay there (default: %(default)s)"
    )
    options = parser.parse_args(arguments)
    if not options.address:
        raise FilmotecaError(f"nothing says where to; {RIGHT.replace(' or, to fetch from, https://…', '')}: TO=…")
    if options.address.startswith(("http://", "https://")):
        raise RemoteError(f"{options.address} can be fetched from, but not published to; {RIGHT}")
    published = Settings.from_environment().published_file
    manifest = describe(published)
    remote = open_remote(options.address, is_made=True)
    remote.publish(published, manifest)
    gone = remote.keep(options.keep, manifest.file)
    print(f"{manifest.file} stands in {remote.address} ({manifest.size_bytes / 1e6:,.0f} MB, {manifest.sha256[:12]}…)")
    for name in gone:
        print(f"deleted {name}: the {options.keep} builds that were published last stay")
    return 0


def _count(text: str) -> int:
    if not (text.isdecimal() and int(text) >= 1):
        raise argparse.ArgumentTypeError(f"{text!r} is no number of builds; right is 1 or more")
    return int(text)


if __name__ == "__main__":
    sys.exit(run_command(main))
