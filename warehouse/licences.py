"""The licences of the packages that a lock file pins, as they say themselves: `python -m warehouse.licences LOCK…`.

Prints one line per package, `name: licence`, in the order of names. Packages that are not installed here, because
their pins are for other systems, are left out.
"""

import re
import sys
from collections.abc import Iterable, Sequence
from importlib.metadata import PackageMetadata, PackageNotFoundError, metadata
from pathlib import Path

from warehouse.errors import FilmotecaError, run_command

_PIN = re.compile(r"^([A-Za-z0-9][A-Za-z0-9._-]*)(?:\[[\w,-]+\])?==", re.MULTILINE)
_OSI = "License :: OSI Approved :: "
_LONGEST_NAME = 60
"""Characters: a longer line is of the licence's text, not its name."""
UNKNOWN = "unknown"


def names_in(lock: str) -> list[str]:
    """The packages that the text of a lock file pins, in its order."""
    return _PIN.findall(lock)


def licences_of(names: Iterable[str]) -> dict[str, str]:
    """By name the licence of each package that is installed."""
    found = {}
    for name in sorted(set(names)):
        try:
            found[name] = _licence(metadata(name))
        except PackageNotFoundError:
            continue
    return found


def _licence(said: PackageMetadata) -> str:
    """An SPDX expression (PEP 639) if there is one, else the classifiers, else the free text's first line."""
    fields = said.json
    if expression := fields.get("license_expression"):
        return str(expression)
    classified = [one.removeprefix(_OSI) for one in fields.get("classifier", ()) if one.startswith(_OSI)]
    first_line = str(fields.get("license", "")).strip().partition("\n")[0]
    return " / ".join(classified) or (first_line if len(first_line) <= _LONGEST_NAME else "") or UNKNOWN


def main(arguments: Sequence[str]) -> int:
    """Print the licences of the lock files that are named. Raises FilmotecaError for a file that cannot be read."""
    names: list[str] = []
    for path in map(Path, arguments):
        try:
            names += names_in(path.read_text("utf-8"))
        except OSError as error:
            raise FilmotecaError(f"{path} cannot be read ({error.strerror}); expected: a lock file of pip") from None
    for name, licence in licences_of(names).items():
        print(f"{name}: {licence}")
    return 0


if __name__ == "__main__":
    sys.exit(run_command(main))
