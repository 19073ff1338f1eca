"""Seeded damage to raw files: what cables, editors, spreadsheets, scripts and people have done to CSVs.

`damage(files, seed)` does one to three things to a folder's files and says which. The same seed does the same.
"""

import csv
import gzip
import io
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass

Files = dict[str, bytes]
Chance = random.Random

MOST_DAMAGES = 3
HUGE = (10_000, 400_000, 1_900_000, 2_100_000)
"""Characters of a huge field; the last is longer than any record may be."""
LITERALS = (
    "[", "]", "{", "}", "[]", "{}", "[[]]", "[{}]", "[None]", "None", "[{'id': 1, 'name': None}]",
    "[{'id': None, 'name': ''}]", "[{'name': 'a', 'id': 1}, {'name': 'b', 'id': 1}]", "[{'id': 1e400, 'name': 'x'}]",
    "[{'id': -1, 'name': 'x'}]", "[{'id': 99999999999999999999, 'name': 'x'}]", "[{'id': '7', 'name': 7}]",
    "[{'id': True, 'name': False}]", "[{'id': 1, 'name': 'x'}", "[{'id': 1, 'name': 'x}]", "[{'id': 1 'name': 'x'}]",
    "[{'id': 1, 'name': [1, {2: 3}]}]", "[{'id': 1, 'name': '\\ud800'}]", "[{'id': 1, 'name': '\\x00'}]",
    "[{'id': 1, 'name': '\\N{BULLET}'}]", "[{'id': 1, 'name': f'x'}]", "[{'id': 1, 'name': b'x'}]",
    "({'id': 1, 'name': 'x'},)", "[{'id': 1, **{}}]", "__import__('os').getcwd()", "1 + 1j", "'text'",
    "[" * 300 + "]" * 300, "{'id': 1, 'id': 2, 'name': 'twice'}", "[{'id': 1, 'name': 'NULL'}]",
    "[{'id': 1, 'name': 'a', 'more': 'b'}]", '[{"id": 1, "name": "json", "x": null}]',
)  # fmt: skip
VALUES = (
    "", " ", "0", "-0", "-1", "1", "862", " 862 ", "+862", "862.0", "8e2", "1e400", "1e-400", "nan", "inf", "-inf",
    "NULL", "None", "True", "0x10", "1_000", "1,000", "٨٦٢", "２", "9" * 9, "9" * 19, "9" * 40, "2147483647",
    "2147483648", "-2147483648", "0000-00-00", "0000-01-01", "0001-01-01", "9999-12-31", "10000-01-01", "-001-01-01",
    "2000-02-30", "1999-1-1", "01/02/1999", "1999-01-01 00:00:00", "infinity", "epoch", "1e12", "1e13", "0.5", "5.5",
    "10.0", "10.1", "é" * 50, "\u200b", "\u2028", "\ufeff", "\x1b[31m", "\x7f", "\x85",
    "'; drop table marts.dim_movies; --", '"', '""', "'", "\\", "a,b", "a\nb", "a\r\nb", "\r", "\t", "🎬",
)  # fmt: skip
PIECES = ("", "'", '"', "\\", "{", "}", "[", "]", ", ", ": ", "None", "\n", "\\x", "\\u12", "#", "0")
LINE_ENDS = (b"\r\n", b"\r", b"\n\n", b"\r\r\n", b"\x0b", b"\xe2\x80\xa8", b"")
ENCODINGS = ("latin-1", "cp1252", "utf-16", "utf-16-le", "utf-8-sig", "utf-7", "utf-32")
ODD_BYTES = (
    b"\x00",
    b"\xff",
    b"\xc3",
    b"\xed\xa0\x80",
    b"\xef\xbb\xbf",
    b"\xf4\x90\x80\x80",
    b"\x1a",
    b"\x0c",
    b"\xc0\x80",
)
FORMATS = (b"", b"\n", b"PAR1", b"{}", b"<html></html>", b'"', b",", b"id\n", b"\xef\xbb\xbf", b"\x1f\x8b\x08\x00")


@dataclass(frozen=True, slots=True)
class Damage:
    """A folder's files after it, and what was done: a line for each thing."""

    files: Mapping[str, bytes]
    done: tuple[str, ...]


def damage(files: Mapping[str, bytes], seed: int) -> Damage:
    """Does one to three things, chosen by the seed, to the files (name → bytes)."""
    chance, damaged, done = random.Random(seed), dict(files), []  # noqa: S311 (no secret)
    for _ in range(chance.randint(1, MOST_DAMAGES)):
        name = chance.choice([name for name in sorted(damaged) if name.endswith(".csv")])
        do = chance.choice(KINDS)
        done.append(f"{do.__name__} in {name}")
        do(damaged, name, chance)
        if not any(name.endswith(".csv") for name in damaged):
            break
    return Damage(damaged, tuple(done))


def flip_bytes(files: Files, name: str, chance: Chance) -> None:
    content = bytearray(files[name])
    for _ in range(chance.choice((1, 1, 1, 5, 50)) if content else 0):
        content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    files[name] = bytes(content)


def lose_a_quote(files: Files, name: str, chance: Chance) -> None:
    places = [place for place, byte in enumerate(files[name]) if byte == ord('"')]
    if places:
        place = chance.choice(places)
        files[name] = files[name][:place] + files[name][place + 1 :]


def put_odd_bytes(files: Files, name: str, chance: Chance) -> None:
    _insert(files, name, chance, chance.choice(ODD_BYTES))


def put_a_mark(files: Files, name: str, chance: Chance) -> None:
    _insert(files, name, chance, chance.choice((b'"', b",", b"\n", b"\r", b'""', b"'", b"\\", b"[", b"}", b";")))


def _insert(files: Files, name: str, chance: Chance, piece: bytes) -> None:
    place = chance.choice((0, chance.randint(0, len(files[name])), len(files[name])))
    files[name] = files[name][:place] + piece + files[name][place:]


def cut_off(files: Files, name: str, chance: Chance) -> None:
    files[name] = files[name][: chance.randint(0, len(files[name]))]


def cut_off_at_a_line(files: Files, name: str, chance: Chance) -> None:
    lines = files[name].splitlines(keepends=True)
    files[name] = b"".join(lines[: chance.randint(1, len(lines))]) if lines else b""


def lose_a_piece(files: Files, name: str, chance: Chance) -> None:
    start = chance.randint(0, len(files[name]))
    files[name] = files[name][:start] + files[name][start + chance.choice((1, 10, 1_000, 4_096)) :]


def repeat_a_piece(files: Files, name: str, chance: Chance) -> None:
    start = chance.randint(0, len(files[name]))
    end = start + chance.choice((10, 1_000, 4_096))
    files[name] = files[name][:end] + files[name][start:end] + files[name][end:]


def end_lines_otherwise(files: Files, name: str, chance: Chance) -> None:
    files[name] = files[name].replace(b"\n", chance.choice(LINE_ENDS))


def end_some_lines_otherwise(files: Files, name: str, chance: Chance) -> None:
    end = chance.choice(LINE_ENDS)
    lines = files[name].split(b"\n")
    files[name] = b"".join(line + (end if chance.random() < 0.1 else b"\n") for line in lines[:-1]) + lines[-1]


def encode_otherwise(files: Files, name: str, chance: Chance) -> None:
    files[name] = files[name].decode("utf-8", "replace").encode(chance.choice(ENCODINGS), "replace")


def separate_otherwise(files: Files, name: str, chance: Chance) -> None:
    files[name] = files[name].replace(b",", chance.choice((b";", b"\t", b"|", b", ")))


def be_another_format(files: Files, name: str, chance: Chance) -> None:
    files[name] = chance.choice(FORMATS)


def be_another_file(files: Files, name: str, chance: Chance) -> None:
    other = chance.choice(sorted(files))
    files[name], files[other] = files[other], files[name]


def go_missing(files: Files, name: str, chance: Chance) -> None:
    del files[name]


def be_zipped(files: Files, name: str, chance: Chance) -> None:
    zipped = gzip.compress(files.pop(name), mtime=0)
    files[f"{name}.gz"] = chance.choice((zipped, zipped, zipped[: len(zipped) // 2], zipped + b"rest"))


def change_cells(files: Files, name: str, chance: Chance) -> None:
    """Odd values and literals where others stand."""
    table = _read(files[name])
    for _ in range(chance.choice((1, 3, 20))):
        if cells := [(row, place) for row in table[1:] for place in range(len(row))]:
            row, place = chance.choice(cells)
            row[place] = chance.choice(LITERALS if row[place].startswith(("[", "{")) else VALUES)
    files[name] = _written(table)


def change_literals(files: Files, name: str, chance: Chance) -> None:
    """A piece of a literal goes, or another comes."""
    table = _read(files[name])
    cells = [(row, place) for row in table[1:] for place in range(len(row)) if row[place].startswith(("[", "{"))]
    for _ in range(min(len(cells), chance.choice((1, 3, 20)))):
        row, place = chance.choice(cells)
        start = chance.randint(0, len(row[place]))
        piece = chance.choice(
            ("", "'", '"', "\\", "{", "}", "[", "]", ", ", ": ", "None", "\n", "\\x", "\\u12", "#", "0")
        )
        row[place] = row[place][:start] + piece + row[place][start + chance.randint(0, 3) :]
    files[name] = _written(table)


def fill_a_column(files: Files, name: str, chance: Chance) -> None:
    """One value in every record, or none."""
    table = _read(files[name])
    place, value = chance.randrange(len(table[0]) or 1) if table else 0, chance.choice(VALUES)
    for row in table[1:]:
        row[place : place + 1] = [value]
    files[name] = _written(table)


def shift_cells(files: Files, name: str, chance: Chance) -> None:
    """Some records get a cell more in front, or one less."""
    table = _read(files[name])
    for row in chance.sample(table[1:], min(len(table[1:]), chance.choice((1, 3, 20)))):
        place = chance.randint(0, len(row))
        row[place : place + chance.randint(0, 1)] = chance.choice(([], ["shifted"]))
        del row[len(table[0]) + chance.randint(0, 1) :]
    files[name] = _written(table)


def swap_columns(files: Files, name: str, chance: Chance) -> None:
    """With their names (which is no damage), or without."""
    table = _read(files[name])
    first, second = (chance.randrange(len(table[0]) or 1) if table else 0 for _ in range(2))
    for row in table[chance.randint(0, 1) :]:
        if max(first, second) < len(row):
            row[first], row[second] = row[second], row[first]
    files[name] = _written(table)


def change_the_header(files: Files, name: str, chance: Chance) -> None:
    table = _read(files[name])
    if table and table[0]:
        place = chance.randrange(len(table[0]))
        others = (
            "",
            "x",
            table[0][0],
            table[0][place].upper(),
            f" {table[0][place]}",
            f'{table[0][place]}"',
            "row_number",
        )
        table[0][place] = chance.choice(others)
    files[name] = _written(table)


def change_records(files: Files, name: str, chance: Chance) -> None:
    """Records go, come twice, or stand in another order."""
    table = _read(files[name])
    records = table[1:]
    count = min(len(records), chance.choice((1, 5, 100)))
    match chance.randrange(3):
        case 0:
            del records[:count]
        case 1:
            records += chance.sample(records, count)
        case 2:
            chance.shuffle(records)
    files[name] = _written(table[:1] + records)


def make_a_field_huge(files: Files, name: str, chance: Chance) -> None:
    table = _read(files[name])
    if rows := [row for row in table[1:] if row]:
        row = chance.choice(rows)
        text = chance.choice(("x", "word ", "[", "9", "é", '"', "{'id': 1, 'name': 'x'}, "))
        row[chance.randrange(len(row))] = text * (chance.choice(HUGE) // len(text))
    files[name] = _written(table)


def quote_everything(files: Files, name: str, chance: Chance) -> None:
    """As some programs do; the records stay what they are."""
    files[name] = _written(_read(files[name]), csv.QUOTE_ALL)


def _read(content: bytes) -> list[list[str]]:
    before = csv.field_size_limit(1 << 30)
    try:
        return list(csv.reader(io.StringIO(content.decode("utf-8", "replace"), newline="")))
    finally:
        csv.field_size_limit(before)


def _written(table: list[list[str]], quoting: int = csv.QUOTE_MINIMAL) -> bytes:
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\n", quoting=quoting).writerows(table)  # type: ignore[arg-type]
    return buffer.getvalue().encode("utf-8", "replace")


_CELLS = (change_cells, change_literals, fill_a_column, shift_cells, swap_columns, change_records, make_a_field_huge)
KINDS: tuple[Callable[[Files, str, Chance], None], ...] = (
    *_CELLS,
    *_CELLS,  # twice: most of them pass the checks of the files, and it is the build that must deal with them
    flip_bytes,
    lose_a_quote,
    put_odd_bytes,
    put_a_mark,
    cut_off,
    cut_off_at_a_line,
    lose_a_piece,
    repeat_a_piece,
    end_lines_otherwise,
    end_some_lines_otherwise,
    encode_otherwise,
    separate_otherwise,
    be_another_format,
    be_another_file,
    go_missing,
    be_zipped,
    change_the_header,
    quote_everything,
)
