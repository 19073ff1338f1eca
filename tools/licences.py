"""List the licences of the packages in a lock file: `python -m tools.licences LOCK`.

Prints one line per package, `name: licence`, sorted by name. Packages for other systems, which are not installed, are
left out.
"""

import re
import sys
from collections.abc import Iterable, Sequence
from importlib.metadata import PackageMetadata, PackageNotFoundError, metadata
from pathlib import Path

from warehouse.errors import run_command

_PIN = re.compile(r"^([A-Za-z0-9][A-Za-z0-9._-]*)(?:\[[\w,-]+\])?==", re.MULTILINE)
_OSI = "License :: OSI Approved :: "
MAX_NAME_CHARACTERS = 60
"""Longer values of the License field are the text of the licence, not its name."""
UNKNOWN = "unknown"


def parse_pinned_names(lock: str) -> list[str]:
    """Return the names of the packages in the text of a lock file, in order."""
    return _PIN.findall(lock)


def find_licences(names: Iterable[str]) -> dict[str, str]:
    """Return the licence of each installed package by name."""
    licences = {}
    for name in sorted(set(names)):
        try:
            licences[name] = _get_licence(metadata(name))
        except PackageNotFoundError:
            continue
    return licences


def _get_licence(package: PackageMetadata) -> str:
    """Return the SPDX expression (PEP 639), else the classifiers, else the first line of the License field."""
    fields = package.json
    if expression := fields.get("license_expression"):
        return str(expression)
    classifiers = [text.removeprefix(_OSI) for text in fields.get("classifier", ()) if text.startswith(_OSI)]
    first_line = str(fields.get("license", "")).strip().partition("\n")[0]
    return " / ".join(classifiers) or (first_line if len(first_line) <= MAX_NAME_CHARACTERS else "") or UNKNOWN


def main(arguments: Sequence[str]) -> int:
    """Print the licences of the packages in the given lock file; return the exit code."""
    lock = Path(arguments[0]).read_text("utf-8")
    for name, licence in find_licences(parse_pinned_names(lock)).items():
        print(f"{name}: {licence}")
    return 0


if __name__ == "__main__":
    sys.exit(run_command(main))
