"""The raw sources: the names of their files, their columns, and how known data sets name them."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_FILE_NAME = re.compile(
    r"(?P<stem>.+?)(?P<copy> ?\(\d+\)| ?- ?cop(?:y|ia))?(?P<part>-[^.]*)?"
    r"(?P<kind>\.csv|\.txt|\.csv\.txt|\.parquet)(?:\.gz)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Source:
    """A raw source, its accepted file names in order of preference, and its columns."""

    name: str
    file_stems: tuple[str, ...]
    required: tuple[str, ...]
    optional: tuple[str, ...] = ()
    """Columns that are null if the file does not have them."""
    other_names: tuple[tuple[str, str], ...] = ()
    """Names of columns in other data sets, each with the column that it stands for."""
    is_required: bool = False
    needs_records: bool = False
    """Whether a file without records is an error."""

    @property
    def columns(self) -> tuple[str, ...]:
        return self.required + self.optional

    @property
    def plain_names(self) -> str:
        """The names that the original data set uses."""
        return " or ".join(f"{stem}.csv" for stem in self.file_stems if not stem.startswith("tmdb_"))

    def map_columns(self, header: Sequence[str]) -> dict[str, int]:
        """Return the position in a header of each column that it has. Case and surrounding spaces do not count."""
        positions = {name.strip(" ").lower(): position for position, name in reversed([*enumerate(header)])}
        found = {column: positions[column.lower()] for column in self.columns if column.lower() in positions}
        for name, column in self.other_names:
            if name in positions:
                found.setdefault(column, positions[name])
        return found

    def is_in(self, header: Sequence[str]) -> bool:
        """Return whether a file with this header can be read as this source."""
        found = self.map_columns(header)
        return found.keys() >= {*self.required} and (self.is_required or len(found) > 1)


MOVIE_COLUMNS = (
    "original_title original_language overview genres belongs_to_collection budget revenue runtime "
    "popularity vote_average vote_count production_companies production_countries "
    "spoken_languages tagline homepage imdb_id poster_path status adult video"
)
# This table is all that the project knows about the names in other data sets: TMDB 5000 (tmdb_5000_…), and the daily
# export of TMDB (TMDB_movie_dataset_v11), whose films have their keywords in the same file.
SOURCES = (
    Source(
        "movies",
        ("movies_dataset", "movies_metadata", "tmdb_5000_movies", "tmdb_movie_dataset_v11"),
        ("id", "title", "release_date"),
        tuple(MOVIE_COLUMNS.split()),
        is_required=True,
        needs_records=True,
    ),
    Source(
        "credits",
        ("credits", "tmdb_5000_credits"),
        ("id",),
        ("cast", "crew"),
        (("movie_id", "id"),),
        needs_records=True,
    ),
    Source("keywords", ("keywords",), ("id", "keywords"), (), (("movie_id", "id"),)),
    Source("links", ("links",), ("movieId", "tmdbId"), ("imdbId",)),
    Source("ratings", ("ratings", "ratings_small"), ("userId", "movieId", "rating"), ("timestamp",)),
)
MOVIES = SOURCES[0]

FOREIGN_DATA_SETS = {
    "MovieLens": ("movielens", "movies.dat", "u.item", "genome-scores.csv", "genome_scores.csv", "movieid", "tags.csv"),
    "IMDb": ("basics.tsv", "basics.tsv.gz", "tconst", "nconst", "imdb_top_1000.csv"),
    "Netflix": ("netflix_titles.csv", "show_id"),
}
"""Other data sets of films, with endings of their files and names of their columns."""
CONVERSIONS = {
    (".xlsx", ".xls", ".ods"): "is a spreadsheet; save it as `CSV UTF-8` in the spreadsheet program",
    (".rar", ".7z", ".tar", ".tar.gz", ".tgz"): "is an archive of a kind that cannot be read; unpack it",
    (".zip",): "is not an intact zip file with a table of films",
    (".json", ".jsonl", ".feather", ".pkl", ".xml", ".tsv"): "has another format; save it as CSV or Parquet, "
    "for example with pandas: `df.to_csv('movies_dataset.csv', index=False)`",
}
"""What to do with files of other formats."""


@dataclass(frozen=True, slots=True, order=True)
class FileMatch:
    """What the name of a file says about it. The smallest match is preferred."""

    is_parquet: bool
    preference: int
    """The position of its stem among those of the source."""
    is_part: bool
    is_copy: bool
    """Whether a browser or file manager numbered it, as in `credits (1).csv`."""


def match_name(name: str, source: Source) -> FileMatch | None:
    """Return what the name of a file of a source says, or None for other files. Case does not count."""
    match = _FILE_NAME.fullmatch(name)
    if match is None or match["stem"].lower() not in source.file_stems:
        return None
    preference = source.file_stems.index(match["stem"].lower())
    return FileMatch(match["kind"].lower() == ".parquet", preference, bool(match["part"]), bool(match["copy"]))


def is_table(name: str) -> bool:
    """Return whether a file is a CSV or Parquet file by its name."""
    return bool(_FILE_NAME.fullmatch(name))


def is_known(name: str) -> bool:
    """Return whether a file is one of the known raw files by its name."""
    return any(match_name(name, source) for source in SOURCES)


def canonical_name(name: str, source_name: str) -> str:
    """Return the name of a file as the engines expect it: in lower case, without a copy number, as .csv or .parquet."""
    [source] = [source for source in SOURCES if source.name == source_name]
    match = _FILE_NAME.fullmatch(name)
    if match is None:
        raise ValueError(name)
    kind = ".parquet" if match["kind"].lower() == ".parquet" else ".csv"
    stem = match["stem"].lower() + (match["part"] or "") if match_name(name, source) else source.file_stems[0]
    return f"{stem}{kind}{'.gz' * name.lower().endswith('.gz')}"


def describe_foreign(names: Sequence[str], headers: Iterable[Sequence[str]]) -> str:
    """Return what to do with the files of a known data set or format that cannot be read, or an empty text."""
    columns = {column.lower() for header in headers for column in header}
    for data_set, marks in FOREIGN_DATA_SETS.items():
        if any(name.lower().endswith(mark) for name in names for mark in marks) or columns & set(marks):
            return f". This is {data_set}, which has no release dates by TMDB id; get The Movies Dataset instead"
    return next((f". {name} {advice}" for name in names if (advice := conversion_advice(name))), "")


def conversion_advice(name: str) -> str:
    """Return what to do with a file of another format, or an empty text."""
    return next((advice for endings, advice in CONVERSIONS.items() if name.lower().endswith(endings)), "")
