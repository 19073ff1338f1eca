"""Seeded damage to raw files, as cables, editors, spreadsheets, scripts and people cause it.

`damage(files, seed)` applies one to three mutations to the files of a folder. The same seed gives the same damage.
"""

import csv
import gzip
import io
from collections.abc import Callable, Mapping
from functools import wraps
from random import Random

from tests.dbt_project.test_python_literals import HOSTILE_CELLS as LITERALS

Files = dict[str, bytes]
Table = list[list[str]]
Mutation = Callable[[Files, str, Random], None]

MAX_MUTATIONS = 3
HUGE_FIELD_CHARACTERS = (10_000, 400_000, 1_900_000, 2_100_000)
"""The last is longer than a record may be."""
VALUES = (
    "", " ", "0", "-0", "-1", "1", "862", " 862 ", "+862", "862.0", "8e2", "1e400", "1e-400", "nan", "inf", "-inf",
    "NULL", "None", "True", "0x10", "1_000", "1,000", "٨٦٢", "２", "9" * 9, "9" * 19, "9" * 40, "2147483647",
    "2147483648", "-2147483648", "0000-00-00", "0000-01-01", "0001-01-01", "9999-12-31", "10000-01-01", "-001-01-01",
    "2000-02-30", "1999-1-1", "01/02/1999", "1999-01-01 00:00:00", "infinity", "epoch", "1e12", "1e13", "0.5", "5.5",
    "10.0", "10.1", "é" * 50, "\u200b", "\u2028", "\ufeff", "\x1b[31m", "\x7f", "\x85",
    "'; drop table marts.dim_movies; --", '"', '""', "'", "\\", "a,b", "a\nb", "a\r\nb", "\r", "\t", "🎬",
)  # fmt: skip
PIECES = ("", "'", '"', "\\", "{", "}", "[", "]", ", ", ": ", "None", "\n", "\\x", "\\u12", "#", "0")
SEPARATORS = (b";", b"\t", b"|", b", ")
LINE_ENDS = (b"\r\n", b"\r", b"\n\n", b"\r\r\n", b"\x0b", b"\xe2\x80\xa8", b"")
ENCODINGS = ("latin-1", "cp1252", "utf-16", "utf-16-le", "utf-8-sig", "utf-7", "utf-32")
INSERTED_BYTES = b'\x00 \xff \xc3 \xed\xa0\x80 \xef\xbb\xbf \x1a " , \n \r "" \' \\ [ } ;'.split(b" ")


def damage(files: Mapping[str, bytes], seed: int) -> tuple[Files, list[str]]:
    """Apply one to three mutations, chosen by the seed, to the files (by name); return them with the mutations."""
    rng, damaged, applied = Random(seed), dict(files), []  # noqa: S311 (no secret)
    for mutate in rng.choices(list(MUTATIONS), list(MUTATIONS.values()), k=rng.randint(1, MAX_MUTATIONS)):
        if plain_files := [name for name in sorted(damaged) if name.endswith(".csv")]:
            name = rng.choice(plain_files)
            applied.append(f"{mutate.__name__} in {name}")
            mutate(damaged, name, rng)
    return damaged, applied


def of_bytes(change: Callable[[bytes, Random], bytes]) -> Mutation:
    """Make a mutation of a change to the content of one file."""

    @wraps(change)
    def mutate(files: Files, name: str, rng: Random) -> None:
        files[name] = change(files[name], rng)

    return mutate


def of_records(change: Callable[[Table, Random], None]) -> Mutation:
    """Make a mutation of a change to the records of one file. The first record is the header."""

    @wraps(change)
    def mutate(files: Files, name: str, rng: Random) -> None:
        limit = csv.field_size_limit(1 << 30)
        table = list(csv.reader(io.StringIO(files[name].decode("utf-8", "replace"), newline="")))
        csv.field_size_limit(limit)
        if table and table[0]:
            change(table, rng)
        buffer = io.StringIO()
        csv.writer(buffer, lineterminator="\n").writerows(table)
        files[name] = buffer.getvalue().encode("utf-8", "replace")

    return mutate


def swap_files(files: Files, name: str, rng: Random) -> None:
    other = rng.choice(sorted(files))
    files[name], files[other] = files[other], files[name]


def remove_file(files: Files, name: str, rng: Random) -> None:
    del files[name]


def compress_file(files: Files, name: str, rng: Random) -> None:
    zipped = gzip.compress(files.pop(name), mtime=0)
    files[f"{name}.gz"] = rng.choice((zipped, zipped, zipped[: len(zipped) // 2], zipped + b"rest"))


@of_bytes
def flip_bits(content: bytes, rng: Random) -> bytes:
    changed = bytearray(content)
    for _ in range(rng.choice((1, 1, 1, 5, 50)) if changed else 0):
        changed[rng.randrange(len(changed))] ^= 1 << rng.randrange(8)
    return bytes(changed)


@of_bytes
def insert_bytes(content: bytes, rng: Random) -> bytes:
    position = rng.choice((0, rng.randint(0, len(content)), len(content)))
    return content[:position] + rng.choice(INSERTED_BYTES) + content[position:]


@of_bytes
def remove_or_repeat_block(content: bytes, rng: Random) -> bytes:
    """Remove or repeat some bytes; a block that reaches the end truncates the file."""
    start = rng.randint(0, len(content))
    end = start + rng.choice((1, 10, 1_000, 4_096, len(content)))
    return content[:start] + rng.choice((b"", content[start:end] * 2)) + content[end:]


@of_bytes
def change_format(content: bytes, rng: Random) -> bytes:
    """Save with another encoding, separator or line end, which some of the lines may keep."""
    match rng.randrange(3):
        case 0:
            return content.decode("utf-8", "replace").encode(rng.choice(ENCODINGS), "replace")
        case 1:
            return content.replace(b",", rng.choice(SEPARATORS))
    return content.replace(b"\n", rng.choice(LINE_ENDS), rng.choice((1, 10, -1)))


@of_records
def change_cells(table: Table, rng: Random) -> None:
    for _ in range(rng.choice((1, 3, 20))):
        if cells := [(row, column) for row in table[1:] for column in range(len(row))]:
            row, column = rng.choice(cells)
            row[column] = rng.choice(LITERALS if row[column].startswith(("[", "{")) else VALUES)


@of_records
def change_literals(table: Table, rng: Random) -> None:
    cells = [(row, column) for row in table[1:] for column in range(len(row)) if row[column].startswith(("[", "{"))]
    for _ in range(min(len(cells), rng.choice((1, 3, 20)))):
        row, column = rng.choice(cells)
        start = rng.randint(0, len(row[column]))
        row[column] = row[column][:start] + rng.choice(PIECES) + row[column][start + rng.randint(0, 3) :]


@of_records
def fill_column(table: Table, rng: Random) -> None:
    column, value = rng.randrange(len(table[0])), rng.choice(VALUES)
    for row in table[1:]:
        row[column : column + 1] = [value]


@of_records
def shift_cells(table: Table, rng: Random) -> None:
    for row in rng.sample(table[1:], min(len(table[1:]), rng.choice((1, 3, 20)))):
        column = rng.randint(0, len(row))
        row[column : column + rng.randint(0, 1)] = rng.choice(([], ["shifted"]))
        del row[len(table[0]) + rng.randint(0, 1) :]


@of_records
def swap_columns(table: Table, rng: Random) -> None:
    """Swap two columns, with their names (which is harmless) or without."""
    first, second = (rng.randrange(len(table[0])) for _ in range(2))
    for row in table[rng.randint(0, 1) :]:
        if max(first, second) < len(row):
            row[first], row[second] = row[second], row[first]


@of_records
def change_header(table: Table, rng: Random) -> None:
    column = rng.randrange(len(table[0]))
    name = table[0][column]
    table[0][column] = rng.choice(("", "x", table[0][0], name.upper(), f" {name}", f'{name}"', "row_number"))


@of_records
def change_records(table: Table, rng: Random) -> None:
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


@of_records
def enlarge_field(table: Table, rng: Random) -> None:
    if rows := [row for row in table[1:] if row]:
        row = rng.choice(rows)
        text = rng.choice(("x", "word ", "[", "9", "é", '"', "{'id': 1, 'name': 'x'}, "))
        row[rng.randrange(len(row))] = text * (rng.choice(HUGE_FIELD_CHARACTERS) // len(text))


MUTATIONS: Mapping[Mutation, int] = {
    **dict.fromkeys((change_cells, change_literals, fill_column, shift_cells, swap_columns), 2),
    **dict.fromkeys((change_records, enlarge_field, insert_bytes, change_format), 2),
    **dict.fromkeys((flip_bits, change_header, swap_files, remove_file, compress_file), 1),
    remove_or_repeat_block: 4,
}
"""The mutations with their weights."""
