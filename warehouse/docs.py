"""`python -m warehouse.docs`: the dbt docs site of the published warehouse, as one file that opens from disk."""

import argparse
import shutil
import sys
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from warehouse import raw_files
from warehouse.connection import open_read_only
from warehouse.errors import FilmotecaError, run_command
from warehouse.processes import run
from warehouse.screen import Screen
from warehouse.settings import Settings
from warehouse.transform import DbtLog, dbt_command, dbt_environment, parse_cache

DIAGRAM_NAME = "tables.svg"
"""As the site's first page names it (dbt_project/models/overview.md)."""
NO_SCRIPT = "<noscript><p>This page needs JavaScript; /docs/erd and /v1/tables of the service do not.</p></noscript>"
MENDINGS = {
    '<use xlink:href="{{': '<use ng-href="{{',
    "${require('./assets/favicons/favicon.ico')}": "data:,",
    "<body>": f"<body>{NO_SCRIPT}",
}
"""What is mended of dbt's page: addresses that browsers ask for before they are filled in, and that it is blank without
JavaScript."""


def write_docs(settings: Settings, site: Path, screen: Screen) -> None:
    """Describes a copy of the published file: dbt opens for writing, and readers of the original would block it."""
    open_read_only(settings.published_file).close()
    with TemporaryDirectory(prefix="filmoteca-docs-") as folder:
        beside = replace(settings, published_file=Path(folder) / settings.published_file.name)
        raw_files.lay_out([], beside.build_folder / "raw")
        shutil.copyfile(settings.published_file, beside.built_file)
        log = DbtLog(screen)
        with screen.step("docs"):
            ended = run(
                dbt_command(beside, "docs", "generate", "--static"),
                folder=settings.dbt_project,
                environment=dbt_environment(beside, beside.build_folder / "raw"),
                on_line=log.follow,
            )
        if ended.exit_code != 0:
            raise FilmotecaError(f"dbt could not write its docs:\n{log.why_failed()}")
        page = (parse_cache(beside) / "static_index.html").read_text("utf-8")
        page_beside = site.with_name(f".{site.name}")
        page_beside.write_text(mended(page).replace(DIAGRAM_NAME, _diagram(settings)), "utf-8")
        page_beside.replace(site)


def mended(page: str) -> str:
    """dbt's page without what is wrong with it. Raises FilmotecaError where it has one of these things no more."""
    for theirs, ours in MENDINGS.items():
        if theirs not in page:
            raise FilmotecaError(f"dbt's page has no {theirs} any more: take it out of warehouse/docs.py")
        page = page.replace(theirs, ours)
    return page


def _diagram(settings: Settings) -> str:
    """How the tables relate, as an address that holds it whole: the site is one file. dbt's pages are never dark."""
    svg = (settings.root / "docs" / DIAGRAM_NAME).read_text("utf-8").replace("prefers-color-scheme:dark", "not all")
    return f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}"


def main(arguments: Sequence[str]) -> int:
    """Writes the site and says how to open it."""
    parser = argparse.ArgumentParser(prog="python -m warehouse.docs", description=__doc__)
    parser.parse_args(arguments)
    settings = Settings.from_environment()
    site = settings.docs_file
    write_docs(settings, site, Screen())
    print(f"wrote {site} ({site.stat().st_size / 1e6:.1f} MB): one file, needs no server and no network")
    print(f"open it in a browser: {site.as_uri()}")
    return 0


if __name__ == "__main__":
    sys.exit(run_command(main))
