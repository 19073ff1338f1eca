"""Reads the YAML files of the sample, and says which file is at fault when one cannot be read."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yaml

from warehouse.errors import FilmotecaError


class SampleError(FilmotecaError):
    """Every problem found in the sources of the sample, a sentence each."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        lines = "\n".join(f"  - {problem}" for problem in self.problems)
        super().__init__(f"the sample's sources need mending:\n{lines}")


class _StrictLoader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """A safe loader that refuses a key written twice, which YAML would silently take the last of."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        keys = [key.value for key, _ in node.value]
        if repeated := {key for key in keys if keys.count(key) > 1}:
            problem = f"{', '.join(sorted(repeated))} is written twice in one entry"
            raise yaml.MarkedYAMLError(problem=problem, problem_mark=node.start_mark)
        mapping: dict[Any, Any] = super().construct_mapping(node, deep)
        return mapping

    def construct_date(self, node: yaml.ScalarNode) -> Any:
        try:
            return self.construct_yaml_timestamp(node)
        except ValueError as error:
            problem = f"{node.value} is no date: {error}"
            raise yaml.MarkedYAMLError(problem=problem, problem_mark=node.start_mark) from None


_StrictLoader.add_constructor("tag:yaml.org,2002:timestamp", _StrictLoader.construct_date)


def read_yaml(path: Path, expected: type) -> Any:
    """Returns the content of `path`, which must be of the type `expected` (dict or list).

    Raises SampleError when the file is missing, is no YAML, or holds something else.
    """
    try:
        content = yaml.load(path.read_text(encoding="utf-8"), _StrictLoader)  # noqa: S506 (it is a safe one)
    except FileNotFoundError:
        raise SampleError([f"{path.name}: the file is missing from {path.parent}"]) from None
    except UnicodeDecodeError as error:
        raise SampleError([f"{path.name}: byte {error.start} is not UTF-8; save the file as UTF-8"]) from None
    except yaml.MarkedYAMLError as error:
        where = f", line {error.problem_mark.line + 1}" if error.problem_mark else ""
        raise SampleError([f"{path.name}{where}: {error.problem}"]) from None
    if not isinstance(content, expected):
        shape = "a mapping (name: value)" if expected is dict else "a list (entries that begin with '- ')"
        raise SampleError([f"{path.name}: the file must be {shape}"])
    return content
