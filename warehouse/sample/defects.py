"""Puts the defects of the real raw files into the sample: reads defects.yaml, applies it to the records."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from warehouse.sample.raw_format import COLUMNS, Record
from warehouse.sample.yaml_files import SampleError, read_yaml

REASONS = ("malformed_row", "missing_release_date", "invalid_release_date", "duplicate_id", "unknown_movie")
_CELL_KEYS = ({"text"}, {"find", "put"}, {"cut_after"})


@dataclass(frozen=True, slots=True)
class ChangedCell:
    """A cell of a film's record that reads otherwise in the raw file than the source says."""

    file: str
    film: str
    column: str
    change: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class AddedRecord:
    """A record that no source film has. `reason` is why one record more is rejected, or None if none is."""

    file: str
    cells: Record
    reason: str | None
    copy_of: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Defects:
    """What defects.yaml says, in its order."""

    changed_cells: tuple[ChangedCell, ...]
    added_records: tuple[AddedRecord, ...]


def load_defects(folder: Path) -> Defects:
    """Reads defects.yaml; raises SampleError."""
    content = read_yaml(folder / "defects.yaml", dict)
    changes, additions = content.get("changed_cells", []), content.get("added_records", [])
    problems = list(_faults("changed cell", changes, _change_fault))
    problems += _faults("added record", additions, _record_fault)
    if problems:
        raise SampleError(problems)
    return Defects(tuple(map(_changed_cell, changes)), tuple(map(_added_record, additions)))


def _faults(kind: str, entries: Iterable[Any], fault_of: Callable[[Any], str | None]) -> Iterator[str]:
    for number, entry in enumerate(entries, start=1):
        if fault := fault_of(entry):
            yield f"defects.yaml: {kind} {number}: {fault}"


def _change_fault(entry: Mapping[str, Any]) -> str | None:
    change = set(entry) - {"file", "film", "column"}
    if entry.get("file") not in COLUMNS or entry.get("column") not in COLUMNS[entry["file"]]:
        return "it needs a file of the sample and one of its columns"
    if change not in _CELL_KEYS or not all(isinstance(entry[key], str) for key in change):
        return "it needs the texts `text`, or `find` and `put`, or `cut_after`"
    return None


def _record_fault(entry: Mapping[str, Any]) -> str | None:
    columns = COLUMNS.get(entry.get("file", ""), ())
    cells = entry.get("cells", {})
    if not columns:
        return "it needs a file of the sample"
    if entry.get("reason") not in (None, *REASONS):
        return f"reason must be one of {', '.join(REASONS)}, or left out if the record is kept"
    if isinstance(cells, list) and len(cells) > len(columns):
        return f"it has {len(cells)} cells for {len(columns)} columns"
    if isinstance(cells, dict) and (unknown := set(cells) - set(columns)):
        return f"{', '.join(sorted(unknown))} is no column of {entry['file']}"
    if not all(isinstance(cell, str) for cell in (cells.values() if isinstance(cells, dict) else cells)):
        return "every cell must be text: put numbers and dates in quotes"
    return None


def _changed_cell(entry: Mapping[str, Any]) -> ChangedCell:
    change = {key: entry[key] for key in entry if key not in ("file", "film", "column")}
    return ChangedCell(entry["file"], str(entry["film"]), entry["column"], change)


def _added_record(entry: Mapping[str, Any]) -> AddedRecord:
    cells = entry.get("cells", {})
    return AddedRecord(
        file=entry["file"],
        cells=cells if isinstance(cells, dict) else dict(zip(COLUMNS[entry["file"]], cells, strict=False)),
        reason=entry.get("reason"),
        copy_of=str(entry["copy_of"]) if "copy_of" in entry else None,
        after=str(entry["after"]) if "after" in entry else None,
    )


def apply_defects(defects: Defects, tables: Mapping[str, Sequence[Record]]) -> dict[str, list[Record]]:
    """Returns the records of each file with the changed cells and the added records; raises SampleError."""
    spoilt = {file: [dict(record) for record in records] for file, records in tables.items()}
    for changed in defects.changed_cells:
        records = spoilt[changed.file]
        record = records[_position(changed.file, records, changed.film)]
        record[changed.column] = _change(record[changed.column], changed)
    for added in defects.added_records:
        records = spoilt[added.file]
        original = records[_position(added.file, records, added.copy_of)] if added.copy_of else {}
        place = _position(added.file, records, added.after) + 1 if added.after else len(records)
        records.insert(place, dict.fromkeys(COLUMNS[added.file], "") | original | added.cells)
    return spoilt


def _position(file: str, records: Sequence[Record], key: str) -> int:
    positions = [place for place, record in enumerate(records) if record.get("id") == key]
    if not positions:
        raise SampleError([f"defects.yaml: {file} has no record whose id is {key}"])
    return positions[-1]


def _change(text: str, changed: ChangedCell) -> str:
    match changed.change:
        case {"text": new}:
            return new
        case {"find": old, "put": new} if text.count(old) == 1:
            return text.replace(old, new)
        case {"cut_after": last} if text.count(last) == 1:
            return text[: text.index(last) + len(last)]
    sought = changed.change.get("find", changed.change.get("cut_after"))
    where = f"{changed.file}, film {changed.film}, {changed.column}"
    raise SampleError([f"defects.yaml: {where}: {sought!r} must stand there exactly once"])
