"""Upload the published warehouse for other machines: `python -m warehouse.upload TO`.

TO is a folder or a bucket (s3://bucket/path, gs://…, az://…).
"""

import argparse
import sys
from collections.abc import Sequence

from warehouse.errors import FilmotecaError, run_command
from warehouse.remote import UPLOAD_ADDRESSES, RemoteError, make_manifest, open_remote_store
from warehouse.settings import Settings


def main(arguments: Sequence[str]) -> int:
    """Upload the published file, point the manifest to it and delete old builds; return the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m warehouse.upload", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("address", nargs="?", metavar="TO", help="folder or address of a bucket")
    parser.add_argument("--keep", type=int, default=3, metavar="N", help="builds to keep (default: %(default)s)")
    options = parser.parse_args(arguments)
    if not options.address:
        raise FilmotecaError(f"no destination given; use TO=… with {UPLOAD_ADDRESSES}")
    if options.keep < 1:
        parser.error(f"argument --keep: must be 1 or more; got {options.keep}")
    if options.address.startswith(("http://", "https://")):
        raise RemoteError(f"cannot upload to {options.address}: http addresses are read-only; use {UPLOAD_ADDRESSES}")
    published = Settings.from_environment().published_file
    manifest = make_manifest(published)
    store = open_remote_store(options.address, create=True)
    store.upload(published, manifest)
    deleted = store.prune(options.keep, manifest.file)
    size = f"{manifest.size_bytes / 1e6:,.0f} MB, SHA-256 {manifest.sha256[:12]}…"
    print(f"uploaded {manifest.file} to {store.address} ({size})")
    for name in deleted:
        print(f"deleted {name} (keeping the {options.keep} latest builds)")
    return 0


if __name__ == "__main__":
    sys.exit(run_command(main))
