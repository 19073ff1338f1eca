"""`python -m tests.browser.screenshots`: take the screenshots of the docs, from the sample."""

import base64
import shutil
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from eda.__main__ import main as write_report
from tests.api.server import run_server
from warehouse.build import BuildRun
from warehouse.build_commands import BuildCommands
from warehouse.settings import REPOSITORY_ROOT, Settings

FOLDER = REPOSITORY_ROOT / "docs/pictures"
WIDTH = 1100
QUALITY = 75
"""WebP quality, 0 to 100: text stays sharp, and a picture has about 40 kB."""
PICTURES = {
    "film": ("/en/films/862", 1410),
    "taste": ("/en/taste?like=862&like=597&dislike=155", 1105),
    "report": ("/eda/index.html#returns", 860),
}
"""By name, the path of a page and the height in pixels, from the top or the anchor."""


def take_screenshot(browser: Browser, url: str, height: int, file: Path) -> None:
    """Save a page as a desktop browser with the light color scheme shows it."""
    page = browser.new_page(viewport={"width": WIDTH, "height": height}, color_scheme="light", reduced_motion="reduce")
    page.goto(url, wait_until="networkidle")
    page.wait_for_timeout(1000)
    options = {"format": "webp", "quality": QUALITY}
    file.write_bytes(
        base64.b64decode(page.context.new_cdp_session(page).send("Page.captureScreenshot", options)["data"])
    )
    print(f"wrote {file} ({file.stat().st_size / 1000:.0f} kB)")


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings.from_environment({"FILMOTECA_WAREHOUSE": f"{folder}/movies.duckdb"})
        BuildRun(settings, BuildCommands.from_settings(settings)).run(settings.sample_folder)
        write_report(["--database", str(settings.published_file), "--output", str(settings.report_folder)])
        with run_server(settings.published_file) as server, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
            for name, (path, height) in PICTURES.items():
                take_screenshot(browser, server.origin + path, height, FOLDER / f"{name}.webp")


if __name__ == "__main__":
    main()
