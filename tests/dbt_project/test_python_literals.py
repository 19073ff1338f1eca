"""DuckDB reads Python literals like Python: on hostile cells, and on the cells of the sample (`tests.oracle`)."""

import random
import re
from typing import Any

import duckdb
import pandas as pd

from tests.api.small_warehouse import render_macros
from tests.dbt_functions import register_functions
from tests.oracle.cells import read_literals

KEYS = ["id", "name"]
HOSTILE_CELLS = (
    "[]", "[{}]", "{}", "[ ]", "", " ", "None", "[None]", "[[]]", "'text'", "[{'id': 1, 'name': 'None'}]",
    '[{"id": 1, "name": "None"}]', "[{'id': None, 'name': None}]", "[{'id': 1, 'name': 'NULL'}]",
    "[{'id': 1, 'name': null}]", "[{'id': 1, 'name': ''}]", "[{'id': 1, 'name': ' padded '}]",
    "[{'id': 1, 'name': 'a, b'}, {'id': 2, 'name': '}, {'}]", "[{'id': 1, 'name': \"it's\"}]",
    "[{'id': 1, 'name': 'a \"word\"'}]", "[{'id': 1, 'name': 'both \\' and \"'}]",
    "[{'id': 1, 'name': 'tab\\tline\\nnbsp\\xa0zero\\u200bface\\U0001f600'}]", "[{'id': 1, 'name': 'raw\ttab'}]",
    "[{'id': 1, 'name': 'raw\nline'}]", "[{'id': 1, 'name': 'unknown \\d escape'}]", "[{'id': 1, 'name': '\\ud83d'}]",
    "[{'id': 1, 'name': '\\N{BULLET}'}]", "[{'id': 1, 'name': 'a' 'b'}]", "[{'id': 1, 'name': r'raw\\n'}]",
    "[{'id': 1, 'name': b'bytes'}]", "[{'name': 'other order', 'id': 1}]", "[{'id': 1}]", "[{'name': 'no id'}]",
    "[{'id': 1, 'name': 'more', 'extra': 2}]", "[{'id': 1, 'id': 2, 'name': 'twice'}]",
    "[{'id': 007, 'name': 'octal'}]", "[{'id': 0, 'name': 'zero'}]", "[{'id': -0, 'name': 'minus zero'}]",
    "[{'id': +1, 'name': 'plus'}]", "[{'id': 1_000, 'name': 'grouped'}]", "[{'id': 0x1F, 'name': 'hex'}]",
    "[{'id': 1.50, 'name': 'float'}]", "[{'id': 99999999999999999999999, 'name': 'huge'}]",
    "[{'id': True, 'name': False}]", "[{'id': [1, {'a': 2}], 'name': ('x',)}]", "[{'id': 1, 'name': 'trailing'},]",
    "[{'id': 1, 'name': 'trailing',}]", " [{'id': 1, 'name': 'leading space'}]", "[{'id':1,'name':'no spaces'}]",
    "[{'id': 1, 'name': 'cut", "[{'id': 1, 'name': 'cut'", "[{'id': 1, 'name': 'a'}] extra",
    "[{'id': 1, 'name': 'a'}], [{'id': 2, 'name': 'b'}]", "{'id': 1, 'name': 'a'}, {'id': 2, 'name': 'b'}",
    "[{'id': 1, 'name': __import__('os').getcwd()}]", "[{'id': 1, 'name': 'a' + 'b'}]",
    "[{'id': 1, 'name': '千と千尋の神隠し'}]", "[" * 300, "[" * 300 + "]" * 300, "[", "]", "{", "}",
    "[{'id': 1e400, 'name': 'infinite'}]", "[{'id': 1, 'name': '\\x00'}]", "[{'id': 1, 'name': f'x'}]",
    "({'id': 1, 'name': 'tuple'},)", "[{'id': 1, **{}}]", "[{'id': 1 'name': 'no comma'}]", "1 + 1j",
)  # fmt: skip


def make_hostile_cells(count: int) -> list[str]:
    """Return random lists as Python formats them, a third of them with one character changed."""
    generator = random.Random(862)  # noqa: S311
    alphabet = "aé ,:{}[]'\"\\\t\n\xa0\u200b½千None0-1"
    cells = []
    for number in range(count):
        names = ["".join(generator.choices(alphabet, k=generator.randrange(8))) for _ in range(3)]
        entries = [{"id": generator.choice([None, 0, -7, 45]), "name": name or None} for name in names]
        cell = repr(entries[: generator.randrange(1, 4)])
        if number % 3 == 0:
            place = generator.randrange(len(cell))
            cell = cell[:place] + generator.choice(["", cell[place] * 2, "\\", "'"]) + cell[place + 1 :]
        cells.append(cell)
    return cells


def as_text(entries: list[dict[str, Any]] | None) -> list[dict[str, str | None]] | None:
    """Return the values as text; None if one contains a lone surrogate, which no database can store."""
    values = [str(value) for entry in entries or () for value in entry.values()]
    if entries is None or re.search("[\ud800-\udfff]", "".join(values)):
        return None
    return [{key: None if (value := entry.get(key)) is None else str(value) for key in KEYS} for entry in entries]


def test_cells_are_read_like_python_reads_them() -> None:
    cells = [*HOSTILE_CELLS, *make_hostile_cells(3_000)]
    reader = render_macros().read_list("cell", KEYS)
    with duckdb.connect() as connection:
        register_functions(connection)
        query = f"""
            with numbered as (select unnest($cells) as cell), formats as (select {{'reading': ''}} as cell_format)
            select {reader} from numbered cross join formats
            """
        read = [entries for (entries,) in connection.execute(query, {"cells": cells}).fetchall()]
    expected = map(as_text, read_literals(pd.Series(cells)))
    pairs = zip(cells, read, expected, strict=True)
    # Some cells that Python cannot read are in another format.
    differences = [(cell, one) for cell, one, other in pairs if one != other and other is not None]
    assert not differences, f"{len(differences)} differences, such as {differences[:3]}"
    assert None in read
