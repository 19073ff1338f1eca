"""Loads the SQL of the API: query files, relations and macros.

A query is a file `<domain>/queries/<name>.sql` that binds `$parameters`. Queries can share SQL in three ways:

- `macros.sql`, in a domain or at the top, holds `create temp macro` statements that are available to every query.
- `<domain>/relations/<name>.sql` holds a select that a query reads by the file's name, like a table.
- `<domain>/columns/<name>.sql` holds a list of columns that a query selects by the file's name, on a line of its own.

A condition `and ($name is null or …)` on lines of its own is optional: it is removed while `$name` is null. The result
is the same, but DuckDB does not plan joins for filters that are not used.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from pathlib import Path
from textwrap import indent

API_FOLDER = Path(__file__).parents[1]

PARAMETER = re.compile(r"\$(\w+)")
_TABLE = re.compile(r"\b((?:marts|quality|recommender)\.\w+)\b(?! *\()")
_MACRO = re.compile(r"^create or replace temp macro (\w+)", re.MULTILINE)
_COMMENT = re.compile(r"^ *--.*\n", re.MULTILINE)
_LEADING_COMMENT = re.compile(r"(?: *--.*\n)+")
# From `and ($name is null or` through its deeper-indented lines and the closing parenthesis.
_OPTIONAL_CONDITION = re.compile(r"^( *)and \(\$(\w+) is null or .*\n(?:\1 +.*\n)*(?:\1\).*\n)?", re.MULTILINE)


@dataclass(frozen=True)
class QueryFile:
    """A query and the relations that it reads, as one SQL text."""

    name: str
    domain: str
    description: str
    """The comment at the top of the file."""
    text: str
    """The SQL with all optional conditions, without comments; ends with a line break."""

    @cached_property
    def parameters(self) -> tuple[str, ...]:
        """The names of the parameters, in order of appearance."""
        return tuple(dict.fromkeys(PARAMETER.findall(self.text)))

    @lru_cache(maxsize=4096)  # noqa: B019 - query files live as long as the process
    def without(self, null_parameters: frozenset[str]) -> str:
        """Return the SQL without the optional conditions of these parameters."""
        return _OPTIONAL_CONDITION.sub(lambda match: "" if match[2] in null_parameters else match[0], self.text)


@cache
def load_query_files(folder: Path) -> Mapping[str, QueryFile]:
    """Return the queries of every domain in the folder, by name."""
    columns, relations = _read_shared(folder, "columns"), _read_shared(folder, "relations")
    paths = sorted(folder.rglob("queries/*.sql"))
    return {path.stem: _load_query_file(path, columns, relations) for path in paths}


def load_macros(folder: Path) -> tuple[str, ...]:
    """Return the text of every macro file in the folder."""
    return tuple(path.read_text("utf-8") for path in sorted(folder.rglob("macros.sql")))


@lru_cache(maxsize=1024)
def tables_read(text: str, macros: Sequence[str]) -> tuple[str, ...]:
    """Return the public tables that a query reads, directly or through macros, as sorted `schema.table` names."""
    pieces = [piece for file in macros for piece in _MACRO.split(file)[1:]]
    bodies = dict(zip(pieces[::2], pieces[1::2], strict=True))
    tables: set[str] = set()
    pending = [text]
    while pending:
        part = pending.pop()
        tables.update(_TABLE.findall(part))
        pending += [bodies.pop(name) for name in re.findall(r"\w+", part) if name in bodies]
    return tuple(sorted(tables))


def _read_shared(folder: Path, kind: str) -> dict[str, str]:
    texts = {path.stem: path.read_text("utf-8") for path in sorted(folder.rglob(f"{kind}/*.sql"))}
    return {name: _COMMENT.sub("", text).lstrip("\n") for name, text in texts.items()}


def _load_query_file(path: Path, columns: Mapping[str, str], relations: Mapping[str, str]) -> QueryFile:
    text = path.read_text("utf-8")
    comment = _LEADING_COMMENT.match(text)
    description = " ".join(line.strip(" -") for line in comment[0].splitlines()) if comment else ""
    body = _COMMENT.sub("", text).lstrip("\n")
    for name, listed in columns.items():
        body = re.sub(rf"^    {name}(?=,?$)", indent(listed.rstrip(), "    "), body, flags=re.MULTILINE)
    for name, relation in relations.items():
        if re.search(rf"\b(?:from|join) {name}\b", body):
            expression = f"with\n\n{name} as (\n\n{indent(relation, '    ')}\n)"
            has_expressions = body.startswith("with\n")
            body = f"{expression},\n{body.removeprefix('with')}" if has_expressions else f"{expression}\n\n{body}"
    return QueryFile(path.stem, path.parent.parent.name, description, body)
