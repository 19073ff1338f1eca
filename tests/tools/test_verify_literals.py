"""dbt parses literals like Python, on the sample and on hostile cells."""

import csv
import random
import shutil
from pathlib import Path

import duckdb
import pytest

from tools.verify_literals import compare, verify
from warehouse.progress import Progress
from warehouse.settings import Settings

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


@pytest.fixture(autouse=True)
def _restore_raw_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    """Undo the change that `verify` makes to the environment of its process."""
    monkeypatch.setenv("FILMOTECA_RAW_DIR", "")


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


def test_literals_of_the_sample_and_hostile_cells_are_parsed_like_python(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = Settings.from_environment({})
    folder = shutil.copytree(settings.sample_folder, tmp_path / "raw")
    cells = [*HOSTILE_CELLS, *make_hostile_cells(3_000)]
    with (folder / "keywords.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([("id", "keywords"), *enumerate(cells)])
    assert verify(folder, settings, Progress()) == 0, capsys.readouterr().out
    assert f"{sum(cell != '' for cell in cells):,} cells" in capsys.readouterr().out


def test_mismatch_is_reported() -> None:
    with duckdb.connect() as connection:
        connection.execute("""
            create schema staging;
            create table staging.stg_tmdb__movies (
                row_number bigint, raw_record struct(genres varchar), genres struct(id varchar, name varchar)[]
            );
            insert into staging.stg_tmdb__movies values
                (1, {'genres': $$[{'id': 18, 'name': 'Drama'}]$$}, [{'id': '18', 'name': 'Drama'}]),
                (2, {'genres': $$[{'id': 18, 'name': None}]$$}, [{'id': '18', 'name': 'None'}]),
                (3, {'genres': $$[{$$}, null);
        """)
        assert compare(connection, "movies", "genres", "genres") == (3, 1, [2])
