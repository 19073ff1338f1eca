"""The recommender beside simpler ones and beside the likes themselves, by the protocol of protocol.py."""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import duckdb
import numpy as np

from recommender import contenders
from recommender.config import BLEND, CONTENT, Config
from recommender.database import read_films
from recommender.protocol import BOUNDS, DRAWN, SHOWN, Panel, Quality, judge, read_panel
from recommender.structures import Corpus, Integers
from warehouse.connection import open_read_only
from warehouse.errors import FilmotecaError
from warehouse.screen import Screen

MEMORY_LIMIT = "2GB"

MODEL = """
    select uses_ratings, config_json
    from recommender.model
"""
SOURCES = """
    select list(source_name order by source_name)
    from quality.row_accounting
    where source_name in ('ratings', 'links') and rows_read = 0
"""


@dataclass(frozen=True, slots=True)
class Line:
    """Who recommended, and how good it was for whom."""

    name: str
    quality: Quality

    def as_json(self) -> dict[str, Any]:
        low, high = self.quality.interval()
        figures = {
            "ndcg": self.quality.ndcg,
            "ndcg_low": low,
            "ndcg_high": high,
            "hit": self.quality.hit,
            "shown": self.quality.shown,
            "top_share": self.quality.top_share,
            "median_popularity_rank": self.quality.median_rank,
            "strangers": self.quality.strangers,
            "saga_recall": self.quality.saga_recall,
        }
        return {"name": self.name, **{name: None if np.isnan(value) else value for name, value in figures.items()}}

    def __str__(self) -> str:
        low, high = self.quality.interval()
        return (
            f"{self.name:<42}{self.quality.ndcg:>8.4f}  {low:.3f} – {high:.3f}{self.quality.hit:>8.3f}"
            f"{self.quality.shown:>8,}{self.quality.top_share:>6.2f}{self.quality.median_rank:>8,.0f}"
            f"{self.quality.strangers:>11.3f}{self.quality.saga_recall:>8.3f}"
        )


HEADER = (
    f"{'recommended by':<42}{'nDCG@10':>8}  {'95 %':<13}{'hit@10':>8}"
    f"{'shown':>8}{'top':>6}{'rank':>8}{'strangers':>11}{'saga':>8}"
)

LEGEND = """\
shown: different films; top: share of the lists in which the film shown most often is; rank: median popularity rank of
what is shown; strangers: share of it that has no keyword, person, saga or half of the genres in common with the film
asked for; saga: recall of its saga's other films"""


def evaluate(database: Path, json_file: Path, threads: int) -> None:
    """Print the table, and write it as JSON.

    Raises FilmotecaError where the file is no trained warehouse, or where nobody likes enough films.
    """
    screen = Screen()
    with open_read_only(database, memory_limit=MEMORY_LIMIT) as connection:
        with screen.step("read films and likes"):
            panel, corpus = read_judged(connection, database)
        with screen.step("ask every recommender"):
            lines = list(_lines(panel, corpus, connection, screen, threads))
        [(uses_ratings, config)] = connection.execute(MODEL).fetchall()
    print(f"\n{len(panel.likes):,} users, {DRAWN} likes drawn of each, {panel.asked.size:,} different films among them")
    print(f"\n{HEADER}")
    for line in lines:
        print(line)
    print(f"\n{LEGEND}")
    if uses_ratings:
        print("The model in the file has learned from these users' likes: only the blend's line says what it is worth.")
    result = {
        "users": len(panel.likes),
        "asked_films": int(panel.asked.size),
        "films": int(panel.movie_ids.size),
        "protocol": {**BOUNDS, "drawn": DRAWN, "shown": SHOWN},
        "model": {"uses_ratings": uses_ratings, "config": json.loads(config)},
        "blend": asdict(BLEND),
        "results": [line.as_json() for line in lines],
    }
    json_file.write_text(json.dumps(result, indent=2) + "\n", "utf-8")
    print(f"the same in {json_file}")


def read_judged(connection: duckdb.DuckDBPyConnection, database: Path) -> tuple[Panel, Corpus]:
    """The users by whom a file can be judged, and all that may be learned from.

    Raises FilmotecaError if there are no such users, and says what is missing.
    """
    corpus = read_films(connection, database, CONTENT)
    panel = read_panel(connection, corpus)
    if len(panel.likes) > 1:
        return panel, read_films(connection, database, BLEND)
    [(missing,)] = connection.execute(SOURCES).fetchall()
    why = f"it was built without {' and '.join(missing)}" if missing else "its users like too little"
    raise FilmotecaError(
        f"{database} cannot tell good recommendations from bad: {why}; expected: a warehouse built with links.csv and"
        f" ratings.csv or ratings_small.csv, in which two users rate {BOUNDS['least_likes']:g} films of"
        f" {BOUNDS['least_votes']:g} votes with {BOUNDS['liked_rating']:g} or more"
    )


def judge_twofold(panel: Panel, corpus: Corpus, config: Config, threads: int) -> Quality:
    """What a model that learns from likes is worth to users that it does not know.

    Each half of the users is judged by a model that has not read their likes; both together are the result, in the
    order of the users. Different films shown are those that either model shows.
    """
    by_half = [
        (half, contenders.trained(panel, contenders.without_likes_of(corpus, panel.user_ids[half]), config, threads))
        for half in panel.halves
    ]
    parts = [judge(panel, lists, half) for half, lists in by_half]
    users = np.concatenate(panel.halves)
    shares = np.array([half.size for half in panel.halves]) / users.size
    shown = [lists[np.searchsorted(panel.asked, panel.seeds[half])].ravel() for half, lists in by_half]
    everything: Integers = np.concatenate(shown)
    everything = everything[everything >= 0]
    return Quality(
        ndcg_by_user=np.concatenate([part.ndcg_by_user for part in parts])[np.argsort(users)],
        hit=float(shares @ [part.hit for part in parts]),
        shown=np.unique(everything).size,
        top_share=float(np.bincount(everything).max() / panel.seeds.size),
        median_rank=float(np.median(panel.popularity_rank[everything])),
        strangers=float(shares @ [part.strangers for part in parts]),
        saga_recall=float(shares @ [part.saga_recall for part in parts]),
    )


def _lines(
    panel: Panel, corpus: Corpus, connection: duckdb.DuckDBPyConnection, screen: Screen, threads: int
) -> Iterator[Line]:
    yield Line("random films", judge(panel, contenders.random_films(panel)))
    yield Line("the most popular films", judge(panel, contenders.most_popular(panel)))
    yield Line("the best rated films (IMDb's formula)", judge(panel, contenders.best_rated(panel, corpus)))
    overviews = contenders.by_overviews(panel, corpus, connection, threads)
    yield Line("overviews alone (TF-IDF)", judge(panel, overviews))
    yield Line("the most popular films of the era", judge(panel, contenders.most_popular_of_era(panel, corpus)))
    screen.count("recommenders", 5, 8)
    stored = contenders.stored(panel, connection)
    tuning, reporting = panel.halves
    yield Line("the model in the file", judge(panel, stored))
    yield Line("  by the half of the users it was tuned by", judge(panel, stored, tuning))
    yield Line("  by the other half", judge(panel, stored, reporting))
    yield Line(
        "others' likes alone (item-item, two-fold)", judge_twofold(panel, corpus, contenders.LIKES_ALONE, threads)
    )
    screen.count("recommenders", 7, 8)
    yield Line("the blend with others' likes (two-fold)", judge_twofold(panel, corpus, BLEND, threads))
    screen.count("recommenders", 8, 8)
