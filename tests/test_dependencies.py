"""What is installed is what is locked: pinned, hashed, complete, asked for, and under licences that may be used."""

import re
import tomllib
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, requires

import pytest
from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from warehouse.licences import licences_of, names_in
from warehouse.settings import REPOSITORY_ROOT

PROJECT = tomllib.loads((REPOSITORY_ROOT / "pyproject.toml").read_text("utf-8"))
GROUPS: dict[str, list[str | dict[str, str]]] = PROJECT["dependency-groups"]
LOCKS = {path.name: path.read_text("utf-8") for path in sorted(REPOSITORY_ROOT.glob("requirements*.lock"))}
PIN = re.compile(r"^([\w.-]+)(?:\[[\w,-]+\])?==([\w.!+-]+)", re.MULTILINE)
ALLOWED = re.compile(r"MIT|BSD|Apache|PSF|Python Software Foundation|MPL|Mozilla|ISC|Zlib|Unlicense|CC0|Artistic")
"""Licences that ask for no more than their mention, or for changes of their own files. One of several suffices."""


def pins(lock: str) -> dict[str, str]:
    return {canonicalize_name(name): version for name, version in PIN.findall(lock)}


def asked_for(group: str) -> Iterator[str]:
    """The requirements of a group and of those that it includes."""
    for one in GROUPS[group]:
        if isinstance(one, str):
            yield one
        else:
            yield from asked_for(one["include-group"])


def is_in_force(requirement: Requirement, extra: str = "") -> bool:
    return requirement.marker is None or requirement.marker.evaluate({**default_environment(), "extra": extra})


@pytest.mark.parametrize("name", LOCKS)
def test_every_pin_has_a_hash(name: str) -> None:
    entries = [entry for entry in re.split(r"\n(?=\S)", LOCKS[name]) if PIN.match(entry)]
    assert len(entries) == len(pins(LOCKS[name])) > 10
    assert not [entry.partition("\n")[0] for entry in entries if "--hash=sha256:" not in entry]


def test_the_locks_agree() -> None:
    versions: dict[str, set[str]] = {}
    for lock in LOCKS.values():
        for name, version in pins(lock).items():
            versions.setdefault(name, set()).add(version)
    assert not {name: found for name, found in versions.items() if len(found) > 1}


def test_what_the_project_asks_for_is_locked() -> None:
    asked = {"requirements.lock": PROJECT["project"]["dependencies"], "requirements-dev.lock": list(asked_for("dev"))}
    for lock, requirements in asked.items():
        locked = pins(LOCKS[lock])
        for requirement in map(Requirement, requirements):
            version = locked.get(canonicalize_name(requirement.name))
            assert version is not None, f"{requirement} is not in {lock}; `make lock` pins it"
            assert requirement.specifier.contains(version), f"{requirement}, but {lock} has {version}; `make lock`"


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_is_complete(name: str) -> None:
    """What each package needs here is pinned, in a version that it takes."""
    locked = pins(LOCKS[name])
    missing = []
    for package in locked:
        try:
            needed = [Requirement(one) for one in requires(package) or ()]
        except PackageNotFoundError:
            continue  # for another system, or of a lock that is not installed here
        for requirement in filter(is_in_force, needed):
            version = locked.get(canonicalize_name(requirement.name))
            if version is None or not requirement.specifier.contains(version, prereleases=True):
                missing.append(f"{package} needs {requirement}, locked is {version}")
    assert not missing


def test_licences_are_listed_and_may_be_used() -> None:
    listed = dict(line.split(": ", 1) for line in (REPOSITORY_ROOT / "licences.txt").read_text("utf-8").splitlines())
    locked = names_in(LOCKS["requirements.lock"])
    found = licences_of(locked)
    assert found.items() <= listed.items(), "`make licences` lists them anew"
    assert listed.keys() <= set(locked), "`make licences` lists them anew"
    assert not {name: licence for name, licence in listed.items() if not ALLOWED.search(licence)}
