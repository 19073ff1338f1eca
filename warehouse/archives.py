"""Zip files of raw files, also nested ones, unpacked within a limit."""

import re
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from warehouse.errors import FilmotecaError
from warehouse.progress import read_with_progress
from warehouse.raw_sources import is_table

MAX_UNPACKED_BYTES = 20_000_000_000
"""Limit for everything that is unpacked from zip files, and for each .gz file. The full data set has 0.9 GB."""
MAX_NESTED_ARCHIVES = 2
"""Levels of zip files in a zip file."""


class BadArchiveError(FilmotecaError):
    """A zip file that cannot be used."""


@dataclass(slots=True)
class Unpacker:
    """Unpacks the CSV and Parquet files of zip files, all of them together within one limit."""

    remaining_bytes: int

    def unpack(self, archive: Path, folder: Path, depth: int = MAX_NESTED_ARCHIVES) -> None:
        """Unpack an archive into a folder. Raises BadArchiveError if it is damaged, encrypted or too large."""
        try:
            with zipfile.ZipFile(archive) as opened:
                for member in opened.infolist():
                    *parents, name = [part for part in re.split(r"[/\\]", member.filename) if part.strip(".")] or [""]
                    is_archive = name.lower().endswith(".zip") and depth > 0
                    if member.is_dir() or "__MACOSX" in parents or not (is_table(name) or is_archive):
                        continue
                    target = folder.joinpath(*parents, name)
                    if target.exists():
                        raise BadArchiveError(f"{archive.name} contains {member.filename} 2 times; expected it once")
                    target.parent.mkdir(parents=True, exist_ok=True)
                    file = target.with_suffix(".part") if is_archive else target
                    self._extract(opened.open(member), file, member.file_size)
                    if is_archive:
                        self.unpack(file, target, depth - 1)
                        file.unlink()
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
            # zipfile raises RuntimeError for an encrypted member.
            raise BadArchiveError(
                f"cannot unzip {archive}: {error}; expected an intact, unencrypted zip file"
            ) from None

    def _extract(self, source: IO[bytes], target: Path, size: int) -> None:
        with source, target.open("wb") as file:
            for chunk in read_with_progress(source, target.name, size):
                self.remaining_bytes -= len(chunk)
                if self.remaining_bytes < 0:
                    raise BadArchiveError(
                        f"the archive unpacks to more than {MAX_UNPACKED_BYTES / 1e9:,.0f} GB at {target.name}; unpack "
                        "it yourself and give the folder"
                    )
                file.write(chunk)
