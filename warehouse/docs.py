"""Write the dbt docs site of the published warehouse as a single file: `python -m warehouse.docs`."""

import argparse
import shutil
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from warehouse.connection import open_read_only
from warehouse.errors import FilmotecaError, run_command
from warehouse.progress import Progress
from warehouse.settings import Settings
from warehouse.transform import parse_cache, run_dbt

NO_SCRIPT = "<noscript><p>This page needs JavaScript; /docs/erd and /v1/tables of the service do not.</p></noscript>"
PATCHES = {
    '<use xlink:href="{{': '<use ng-href="{{',
    "${require('./assets/favicons/favicon.ico')}": "data:,",
    "<body>": f"<body>{NO_SCRIPT}",
}
"""Replacements in dbt's page: templates that browsers load as URLs, and a message for browsers without JavaScript."""


def write_docs(settings: Settings, site: Path, progress: Progress) -> None:
    """Write the site from a copy of the published file: dbt opens it for writing, which readers would block."""
    open_read_only(settings.published_file).close()
    with TemporaryDirectory(prefix="filmoteca-docs-") as folder:
        temporary = replace(settings, published_file=Path(folder) / settings.published_file.name)
        temporary.build_folder.mkdir()
        shutil.copyfile(settings.published_file, temporary.built_file)
        with progress.step("docs"):
            run_dbt(temporary, temporary.sample_folder, progress, "docs", "generate", "--static")
        page = (parse_cache(temporary) / "static_index.html").read_text("utf-8")
        temporary_page = site.with_name(f".{site.name}")
        temporary_page.write_text(patch_page(page), "utf-8")
        temporary_page.replace(site)


def patch_page(page: str) -> str:
    """Apply the replacements to dbt's page. Raises FilmotecaError if one does not apply any more."""
    for theirs, ours in PATCHES.items():
        if theirs not in page:
            raise FilmotecaError(f"dbt's page does not contain {theirs}; remove it from warehouse/docs.py")
        page = page.replace(theirs, ours)
    return page


def main(arguments: Sequence[str]) -> int:
    """Write the site and print how to open it; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m warehouse.docs", description=__doc__)
    parser.parse_args(arguments)
    settings = Settings.from_environment()
    site = settings.docs_file
    write_docs(settings, site, Progress())
    print(f"wrote {site} ({site.stat().st_size / 1e6:.1f} MB)")
    print(f"open it in a browser: {site.as_uri()}")
    return 0


if __name__ == "__main__":
    sys.exit(run_command(main))
