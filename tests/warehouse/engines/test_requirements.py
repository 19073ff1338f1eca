"""Java and the packages that a build on Spark needs, and how the build says that they are missing."""

import stat
import sys
from pathlib import Path

import pytest

from warehouse.build import main
from warehouse.engines import requirements
from warehouse.engines.requirements import MissingRequirementError, check_requirements, find_java
from warehouse.errors import FilmotecaError


def install_java(folder: Path, version: str) -> Path:
    """Write a `java` that reports this version, and return its home."""
    java = folder / "bin" / "java"
    java.parent.mkdir(parents=True, exist_ok=True)
    java.write_text(f"#!/bin/sh\necho '{version}' >&2\n")
    java.chmod(java.stat().st_mode | stat.S_IXUSR)
    return folder


@pytest.mark.parametrize(
    ("version", "problem"),
    [
        ('openjdk version "11.0.20" 2023-07-18', "is Java 11"),
        ('java version "1.8.0_392"', "is Java 8"),
        ("The operation couldn't be completed. Unable to locate a Java Runtime.", "-version` failed"),
    ],
)
def test_unusable_java_is_named_with_how_to_install_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: str, problem: str
) -> None:
    monkeypatch.setenv("JAVA_HOME", str(install_java(tmp_path, version.replace("'", ""))))
    with pytest.raises(MissingRequirementError, match=problem) as caught:
        find_java()
    assert "install Java 17 or newer (`apt-get install openjdk-17-jre-headless`" in str(caught.value)


@pytest.mark.parametrize("version", ['openjdk version "17.0.15" 2025-04-15', 'openjdk version "25" 2025-09-16'])
def test_java_17_and_newer_is_accepted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: str) -> None:
    monkeypatch.setenv("JAVA_HOME", str(install_java(tmp_path, version)))
    assert find_java() == tmp_path / "bin" / "java"


def test_build_on_spark_without_java_ends_before_it_starts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("FILMOTECA_WAREHOUSE", str(tmp_path / "movies.duckdb"))
    with pytest.raises(MissingRequirementError, match="there is no `java` on the PATH; install Java 17"):
        main(["--engine", "spark"])
    assert list(tmp_path.iterdir()) == []


def test_missing_package_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(requirements, "find_java", lambda: Path("java"))
    monkeypatch.setitem(sys.modules, "pyspark", None)
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    with pytest.raises(MissingRequirementError, match="pyspark is not installed; run `make build ENGINE=spark`"):
        check_requirements(tmp_path)


def test_folder_that_spark_would_take_for_a_pattern_is_rejected(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(requirements, "find_java", lambda: Path("java"))
    with pytest.raises(FilmotecaError, match=r"Spark takes \[ \] in the path /films \[1\] for a pattern"):
        check_requirements(Path("/films [1]"))


def test_master_without_spark_is_rejected(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--master", "spark://host:7077"])
    assert "add --engine spark" in capsys.readouterr().err
