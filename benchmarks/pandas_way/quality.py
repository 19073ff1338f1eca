"""Where every raw record went, and which cells could not be read."""

import json

import pandas as pd

from benchmarks.pandas_way.cells import known_texts
from benchmarks.pandas_way.sources import FLAGS, LITERALS, SCALES, Source


def make_quality(sources: list[Source]) -> dict[str, pd.DataFrame]:
    """The three tables of the schema quality that the transform makes."""
    return {
        "rejected_rows": pd.concat([list_rejected(source) for source in sources]),
        "unreadable_cells": pd.concat([list_unreadable(source) for source in sources if source.name in LITERALS]),
        "row_accounting": pd.DataFrame(
            {
                "source_name": [source.name for source in sources],
                "rows_read": [len(source.raw) for source in sources],
                "rows_kept": [len(source.kept) for source in sources],
                "rows_rejected": [source.reasons.count() for source in sources],
            }
        ),
    }


def list_rejected(source: Source) -> pd.DataFrame:
    is_rejected = source.reasons.notna()
    rejected = source.raw[is_rejected].astype("object")
    records = rejected.where(rejected.notna(), None).to_dict("records")
    return pd.DataFrame(
        {
            "source_name": source.name,
            "row_number": rejected.index + 1,
            "record_key": source.keys[is_rejected],
            "reason": source.reasons[is_rejected],
            "record_json": [json.dumps(record, ensure_ascii=False) for record in records],
        }
    )


def list_unreadable(source: Source) -> pd.DataFrame:
    """Cells of kept records that hold something, but not what their column holds."""
    columns = LITERALS[source.name] + ([*SCALES, *FLAGS] if source.name == "movies" else [])
    kept = source.kept
    cells = source.raw.loc[kept.index, columns]
    is_unreadable = kept[columns].isna() & cells.apply(known_texts).notna()
    unreadable = cells.where(is_unreadable).stack().dropna().rename_axis(["place", "column_name"])
    found = unreadable.rename("cell_text").reset_index()
    return pd.DataFrame(
        {
            "source_name": source.name,
            "row_number": found["place"] + 1,
            "record_key": found["place"].map(source.keys),
            "column_name": found["column_name"],
            "cell_text": found["cell_text"],
        }
    )
