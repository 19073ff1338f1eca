"""What a build on Spark needs on this machine: Java and the packages of requirements-spark.lock."""

import importlib.util
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from warehouse.errors import FilmotecaError

MINIMUM_JAVA = 17
INSTALL_JAVA = (
    f"install Java {MINIMUM_JAVA} or newer (`apt-get install openjdk-17-jre-headless` on Debian and Ubuntu, "
    "`brew install openjdk@17` on macOS), or set JAVA_HOME to its folder"
)


class MissingRequirementError(FilmotecaError):
    """Java or pyspark is not installed."""


def find_java() -> Path:
    """Return the path of a Java that Spark can use. Raises MissingRequirementError."""
    home = os.environ.get("JAVA_HOME")
    java = shutil.which("java", path=str(Path(home, "bin")) if home else None)
    if java is None:
        place = f"JAVA_HOME is {home}, which has no bin/java" if home else "there is no `java` on the PATH"
        raise MissingRequirementError(f"Spark needs Java, but {place}; {INSTALL_JAVA}")
    result = subprocess.run([java, "-version"], capture_output=True, text=True, check=False)
    version = re.search(r'version "(\d+)(?:\.(\d+))?', result.stderr)
    if version is None:  # such as the stub that macOS installs
        raise MissingRequirementError(f"`{java} -version` failed; {INSTALL_JAVA}")
    major = int(version[2] or 0) if version[1] == "1" else int(version[1])
    if major < MINIMUM_JAVA:
        raise MissingRequirementError(f"Spark needs Java {MINIMUM_JAVA}, and {java} is Java {major}; {INSTALL_JAVA}")
    return Path(java)


def check_requirements(folder: Path) -> None:
    """Raise FilmotecaError if a build on Spark cannot run here, or cannot write its tables to `folder`."""
    find_java()
    if marks := set("*?[]{}") & set(str(folder)):
        raise FilmotecaError(
            f"Spark takes {' '.join(sorted(marks))} in the path {folder} for a pattern; set FILMOTECA_WAREHOUSE to a "
            "file in another folder"
        )
    for package in ("pyspark", "dbt.adapters.spark"):
        if not importlib.util.find_spec(package):
            raise MissingRequirementError(
                f"the Python package {package} is not installed; run `make build ENGINE=spark`, which installs it, "
                "or `pip install -r requirements-spark.lock`"
            )


if __name__ == "__main__":
    try:
        find_java()
    except MissingRequirementError as error:
        sys.exit(f"{error}")
