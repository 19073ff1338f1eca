"""Lock files are pinned, hashed, complete and consistent, and licences are acceptable."""

import re
import tomllib
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, requires

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tools.licences import find_licences, parse_pinned_names
from warehouse.settings import REPOSITORY_ROOT

PROJECT = tomllib.loads((REPOSITORY_ROOT / "pyproject.toml").read_text("utf-8"))
GROUPS: dict[str, list[str | dict[str, str]]] = PROJECT["dependency-groups"]
LOCKS = {path.name: path.read_text("utf-8") for path in sorted(REPOSITORY_ROOT.glob("requirements*.lock"))}
PIN = re.compile(r"^([\w.-]+)(?:\[[\w,-]+\])?==([\w.!+-]+)", re.MULTILINE)
ALLOWED = re.compile(r"MIT|BSD|Apache|PSF|Python Software Foundation|MPL|Mozilla|ISC|Zlib|Unlicense|CC0|Artistic")
"""Licences without obligations for the project's own code. One of several suffices."""


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


def applies_here(requirement: Requirement) -> bool:
    """Return whether the requirement applies to this environment, without extras."""
    return requirement.marker is None or requirement.marker.evaluate({"extra": ""})


@pytest.mark.parametrize("name", LOCKS)
def test_every_pin_has_a_hash(name: str) -> None:
    entries = [entry for entry in re.split(r"\n(?=\S)", LOCKS[name]) if PIN.match(entry)]
    assert len(entries) == len(PIN.findall(LOCKS[name])) >= 2
    assert not [entry.partition("\n")[0] for entry in entries if "--hash=sha256:" not in entry]


def test_runtime_pins_are_the_tested_pins() -> None:
    runtime, tested = pins(LOCKS["requirements.lock"]), pins(LOCKS["requirements-dev.lock"])
    assert runtime.items() <= tested.items()


def test_requirements_of_the_project_are_locked() -> None:
    required = {
        "requirements.lock": PROJECT["project"]["dependencies"],
        "requirements-dev.lock": list(requirements_of("dev")),
    }
    for lock, requirements in required.items():
        locked = pins(LOCKS[lock])
        unmet = [one for one in requirements if not is_satisfied(Requirement(one), locked)]
        assert not unmet, f"not in {lock}; `make lock` pins them"


@pytest.mark.parametrize("name", LOCKS)
def test_lock_is_complete(name: str) -> None:
    """The dependencies of each package are pinned in an accepted version."""
    locked = pins(LOCKS[name])
    missing: list[str] = []
    for package in locked:
        try:
            needed = [Requirement(one) for one in requires(package) or ()]
        except PackageNotFoundError:
            continue  # for another system, or not installed
        unmet = [one for one in filter(applies_here, needed) if not is_satisfied(one, locked)]
        missing.extend(f"{package} needs {one}" for one in unmet)
    assert not missing


def test_licences_are_listed_and_acceptable() -> None:
    listed = dict(line.split(": ", 1) for line in (REPOSITORY_ROOT / "licences.txt").read_text("utf-8").splitlines())
    locked = parse_pinned_names(LOCKS["requirements.lock"])
    found = find_licences(locked)
    assert found.items() <= listed.items(), "run `make licences`"
    assert listed.keys() <= set(locked), "run `make licences`"
    assert not {name: licence for name, licence in listed.items() if not ALLOWED.search(licence)}
