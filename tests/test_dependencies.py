"""Lock files are consistent with each other and with pyproject.toml, and licenses are acceptable."""

import re
import tomllib
from collections.abc import Iterator

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tools.licenses import find_licenses, parse_pinned_names
from warehouse.settings import REPOSITORY_ROOT

PROJECT = tomllib.loads((REPOSITORY_ROOT / "pyproject.toml").read_text("utf-8"))
GROUPS: dict[str, list[str | dict[str, str]]] = PROJECT["dependency-groups"]
LOCKS = {path.name: path.read_text("utf-8") for path in sorted(REPOSITORY_ROOT.glob("requirements*.lock"))}
PIN = re.compile(r"^([\w.-]+)(?:\[[\w,-]+\])?==([\w.!+-]+)", re.MULTILINE)
ALLOWED = re.compile(r"MIT|BSD|Apache|PSF|Python Software Foundation|MPL|Mozilla|ISC|Zlib|Unlicense|CC0|Artistic")
"""Licenses without obligations for the project's own code. One of several suffices."""


def pins(lock: str) -> dict[str, set[str]]:
    """Return the versions of each package; there are several if Python versions need different ones."""
    found: dict[str, set[str]] = {}
    for name, version in PIN.findall(lock):
        found.setdefault(canonicalize_name(name), set()).add(version)
    return found


def is_satisfied(requirement: Requirement, locked: dict[str, set[str]]) -> bool:
    versions = locked.get(canonicalize_name(requirement.name), set())
    return any(requirement.specifier.contains(version, prereleases=True) for version in versions)


def requirements_of(group: str) -> Iterator[str]:
    """Yield the requirements of a group and of the groups that it includes."""
    for one in GROUPS[group]:
        if isinstance(one, str):
            yield one
        else:
            yield from requirements_of(one["include-group"])


def test_runtime_pins_are_the_tested_pins() -> None:
    runtime, tested = pins(LOCKS["requirements.lock"]), pins(LOCKS["requirements-dev.lock"])
    assert runtime.items() <= tested.items()


def test_pins_of_spark_do_not_replace_others() -> None:
    tested = pins(LOCKS["requirements-dev.lock"])
    assert all(
        tested.get(name, versions) == versions for name, versions in pins(LOCKS["requirements-spark.lock"]).items()
    )


def test_requirements_of_the_project_are_locked() -> None:
    required = {
        "requirements.lock": PROJECT["project"]["dependencies"],
        "requirements-dev.lock": list(requirements_of("dev")),
        "requirements-spark.lock": list(requirements_of("spark")),
    }
    for lock, requirements in required.items():
        locked = pins(LOCKS[lock])
        unmet = [one for one in requirements if not is_satisfied(Requirement(one), locked)]
        assert not unmet, f"not in {lock}; `make lock` pins them"


def test_licenses_are_listed_and_acceptable() -> None:
    listed = dict(line.split(": ", 1) for line in (REPOSITORY_ROOT / "licenses.txt").read_text("utf-8").splitlines())
    locked = parse_pinned_names(LOCKS["requirements.lock"])
    found = find_licenses(locked)
    assert found.items() <= listed.items(), "run `make licenses`"
    assert listed.keys() <= set(locked), "run `make licenses`"
    assert not {name: terms for name, terms in listed.items() if not ALLOWED.search(terms)}
