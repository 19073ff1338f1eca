"""Seeded damage to raw files, as cables, editors, spreadsheets, scripts and people cause it.

`damage(files, seed)` applies one to three mutations to the files of a folder. The same seed gives the same damage.
"""

import csv
import gzip
import io
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass

Files = dict[str, bytes]
Table = list[list[str]]
Random = random.Random

MAX_MUTATIONS = 3
HUGE_FIELD_CHARACTERS = (10_000, 400_000, 1_900_000, 2_100_000)
"""The last is longer than a record may be."""
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
INVALID_BYTES = b"\x00 \xff \xc3 \xed\xa0\x80 \xef\xbb\xbf \xf4\x90\x80\x80 \x1a \xc0\x80".split(b" ")
SYNTAX_BYTES = (b'"', b",", b"\n", b"\r", b'""', b"'", b"\\", b"[", b"}", b";")


@dataclass(frozen=True, slots=True)
class Damage:
    """The damaged files and the names of the mutations."""

    files: Mapping[str, bytes]
    mutations: tuple[str, ...]


def damage(files: Mapping[str, bytes], seed: int) -> Damage:
    """Apply one to three mutations, chosen by the seed, to the files (by name)."""
    rng, damaged, mutations = random.Random(seed), dict(files), []  # noqa: S311 (no secret)
    for _ in range(rng.randint(1, MAX_MUTATIONS)):
        name = rng.choice([name for name in sorted(damaged) if name.endswith(".csv")])
        mutate = rng.choice(MUTATIONS)
        mutations.append(f"{mutate.__name__} in {name}")
        if mutate in FILE_MUTATIONS:
            mutate(damaged, name, rng)
        elif mutate in TABLE_MUTATIONS:
            table = _parse(damaged[name])
            mutate(table, rng)
            damaged[name] = _format(table)
        else:
            damaged[name] = mutate(damaged[name], rng) or b""
        if not any(name.endswith(".csv") for name in damaged):
            break
    return Damage(damaged, tuple(mutations))


def flip_bits(content: bytes, rng: Random) -> bytes:
    changed = bytearray(content)
    for _ in range(rng.choice((1, 1, 1, 5, 50)) if changed else 0):
        changed[rng.randrange(len(changed))] ^= 1 << rng.randrange(8)
    return bytes(changed)


def remove_quote(content: bytes, rng: Random) -> bytes:
    positions = [position for position, byte in enumerate(content) if byte == ord('"')]
    if not positions:
        return content
    position = rng.choice(positions)
    return content[:position] + content[position + 1 :]


def insert_bytes(content: bytes, rng: Random) -> bytes:
    piece = rng.choice((*INVALID_BYTES, *SYNTAX_BYTES))
    position = rng.choice((0, rng.randint(0, len(content)), len(content)))
    return content[:position] + piece + content[position:]


def remove_or_repeat_block(content: bytes, rng: Random) -> bytes:
    """Remove or repeat some bytes; a block that reaches the end truncates the file."""
    start = rng.randint(0, len(content))
    end = start + rng.choice((1, 10, 1_000, 4_096, len(content)))
    return content[:start] + rng.choice((b"", content[start:end] * 2)) + content[end:]


def change_line_ends(content: bytes, rng: Random) -> bytes:
    end, share = rng.choice(LINE_ENDS), rng.choice((0.1, 1.0))
    lines = content.split(b"\n")
    return b"".join(line + (end if rng.random() < share else b"\n") for line in lines[:-1]) + lines[-1]


def change_encoding(content: bytes, rng: Random) -> bytes:
    return content.decode("utf-8", "replace").encode(rng.choice(ENCODINGS), "replace")


def change_separator(content: bytes, rng: Random) -> bytes:
    return content.replace(b",", rng.choice((b";", b"\t", b"|", b", ")))


def swap_files(files: Files, name: str, rng: Random) -> None:
    other = rng.choice(sorted(files))
    files[name], files[other] = files[other], files[name]


def remove_file(files: Files, name: str, rng: Random) -> None:
    del files[name]


def compress_file(files: Files, name: str, rng: Random) -> None:
    zipped = gzip.compress(files.pop(name), mtime=0)
    files[f"{name}.gz"] = rng.choice((zipped, zipped, zipped[: len(zipped) // 2], zipped + b"rest"))


def change_cells(table: Table, rng: Random) -> None:
    for _ in range(rng.choice((1, 3, 20))):
        if cells := [(row, column) for row in table[1:] for column in range(len(row))]:
            row, column = rng.choice(cells)
            row[column] = rng.choice(LITERALS if row[column].startswith(("[", "{")) else VALUES)


def change_literals(table: Table, rng: Random) -> None:
    cells = [(row, column) for row in table[1:] for column in range(len(row)) if row[column].startswith(("[", "{"))]
    for _ in range(min(len(cells), rng.choice((1, 3, 20)))):
        row, column = rng.choice(cells)
        start = rng.randint(0, len(row[column]))
        row[column] = row[column][:start] + rng.choice(PIECES) + row[column][start + rng.randint(0, 3) :]


def fill_column(table: Table, rng: Random) -> None:
    column, value = rng.randrange(len(table[0]) or 1) if table else 0, rng.choice(VALUES)
    for row in table[1:]:
        row[column : column + 1] = [value]


def shift_cells(table: Table, rng: Random) -> None:
    for row in rng.sample(table[1:], min(len(table[1:]), rng.choice((1, 3, 20)))):
        column = rng.randint(0, len(row))
        row[column : column + rng.randint(0, 1)] = rng.choice(([], ["shifted"]))
        del row[len(table[0]) + rng.randint(0, 1) :]


def swap_columns(table: Table, rng: Random) -> None:
    """Swap two columns, with their names (which is harmless) or without."""
    first, second = (rng.randrange(len(table[0]) or 1) if table else 0 for _ in range(2))
    for row in table[rng.randint(0, 1) :]:
        if max(first, second) < len(row):
            row[first], row[second] = row[second], row[first]


def change_header(table: Table, rng: Random) -> None:
    if table and table[0]:
        column = rng.randrange(len(table[0]))
        name = table[0][column]
        table[0][column] = rng.choice(("", "x", table[0][0], name.upper(), f" {name}", f'{name}"', "row_number"))


def change_records(table: Table, rng: Random) -> None:
    """Remove, repeat or shuffle records."""
    records = table[1:]
    count = min(len(records), rng.choice((1, 5, 100)))
    match rng.randrange(3):
        case 0:
            del records[:count]
        case 1:
            records += rng.sample(records, count)
        case 2:
            rng.shuffle(records)
    table[1:] = records


def enlarge_field(table: Table, rng: Random) -> None:
    if rows := [row for row in table[1:] if row]:
        row = rng.choice(rows)
        text = rng.choice(("x", "word ", "[", "9", "é", '"', "{'id': 1, 'name': 'x'}, "))
        row[rng.randrange(len(row))] = text * (rng.choice(HUGE_FIELD_CHARACTERS) // len(text))


def _parse(content: bytes) -> Table:
    before = csv.field_size_limit(1 << 30)
    try:
        return list(csv.reader(io.StringIO(content.decode("utf-8", "replace"), newline="")))
    finally:
        csv.field_size_limit(before)


def _format(table: Table) -> bytes:
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\n").writerows(table)
    return buffer.getvalue().encode("utf-8", "replace")


_CELL_MUTATIONS = (change_cells, change_literals, fill_column, shift_cells, swap_columns, change_records, enlarge_field)
TABLE_MUTATIONS = (*_CELL_MUTATIONS, change_header)
FILE_MUTATIONS = (swap_files, remove_file, compress_file)
MUTATIONS: tuple[Callable[..., bytes | None], ...] = (
    *_CELL_MUTATIONS,
    *_CELL_MUTATIONS,  # twice, because most of them pass the checks of the raw files and reach dbt
    *(flip_bits, remove_quote, insert_bytes, insert_bytes, *[remove_or_repeat_block] * 4),
    *(change_line_ends, change_line_ends, change_encoding, change_separator),
    *(*FILE_MUTATIONS, change_header),
)
