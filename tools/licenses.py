"""List the licenses of the packages in a lock file: `.venv/bin/python -m tools.licenses LOCK`.

Prints one line per package, `name: license`, sorted by name. Packages for other systems, which are not installed, are
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
"""Longer values of the License field are the text of the license, not its name."""
UNKNOWN = "unknown"


def parse_pinned_names(lock: str) -> list[str]:
    return _PIN.findall(lock)


def find_licenses(names: Iterable[str]) -> dict[str, str]:
    licenses = {}
    for name in sorted(set(names)):
        try:
            licenses[name] = _get_license(metadata(name))
        except PackageNotFoundError:
            continue
    return licenses


def _get_license(package: PackageMetadata) -> str:
    """Return the SPDX expression (PEP 639), else the classifiers, else the first line of the License field."""
    fields = package.json
    if expression := fields.get("license_expression"):
        return str(expression)
    classifiers = [text.removeprefix(_OSI) for text in fields.get("classifier", ()) if text.startswith(_OSI)]
    first_line = str(fields.get("license", "")).strip().partition("\n")[0]
    return " / ".join(classifiers) or (first_line if len(first_line) <= MAX_NAME_CHARACTERS else "") or UNKNOWN


def main(arguments: Sequence[str]) -> int:
    """Print the licenses of the packages in the given lock file; return the exit code."""
    lock = Path(arguments[0]).read_text("utf-8")
    for name, terms in find_licenses(parse_pinned_names(lock)).items():
        print(f"{name}: {terms}")
    return 0


if __name__ == "__main__":
    sys.exit(run_command(main))
