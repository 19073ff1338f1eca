"""The search index: writes it into a warehouse and opens it from there."""

import math
from collections.abc import Collection, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import msgspec
import tantivy

from search.documents import Document, SuggestedKind, read_documents
from search.ranking import Hit, rank
from search.retrieval import FIELD_BOOSTS, SOUND_BOOSTS, SearchQuery, build_query, build_title_query
from search.text import sound_of
from warehouse.connection import REBUILD, WarehouseUnavailableError

TABLE_FILE = Path(__file__).with_name("table.sql")
WRITER_MEMORY_BYTES = 200 * 2**20
CANDIDATES = 40
"""Number of documents that are ranked."""
UNKNOWN_WEIGHT = 2.0
"""What popularity is added to in the search for candidates, so that an unknown person is found by the whole name."""
MIN_SHARE_WITH_TYPOS = 0.5
"""Share of the words of a query that a document must match if typos are allowed."""
MIN_SUGGESTED_QUALITY = 0.6
"""Share of a text that a suggested name must match."""
MIN_SUGGESTED_SCORE_SHARE = 0.5
"""Share of the best score that a suggested name must have, so that obscure names do not follow the obvious one."""
KIND_WEIGHTS: dict[SuggestedKind, float] = {
    "movie": 1, "person": 1 / 8, "collection": 1 / 8, "company": 1 / 1000, "genre": 1 / 1000, "keyword": 1 / 1000,
    "country": 1 / 1000, "language": 1 / 1000,
}  # fmt: skip
"""How much the votes of a document count. Those of a person or collection are the sum over several films."""

_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(Document).decode


def write_index(database: Path) -> int:
    """Build the index from the marts of a DuckDB file and store it in the file; return the number of documents."""
    with duckdb.connect(str(database)) as connection, TemporaryDirectory(prefix="filmoteca-search-") as folder:
        index = tantivy.Index(_create_schema(), folder)
        writer = index.writer(WRITER_MEMORY_BYTES, num_threads=1)
        document_count = 0
        for document in read_documents(connection):
            writer.add_document(_to_tantivy(document))
            document_count += 1
        writer.commit()
        writer.wait_merging_threads()
        files = [path for path in sorted(Path(folder).iterdir()) if not path.name.endswith(".lock")]
        connection.begin()
        connection.execute(TABLE_FILE.read_text("utf-8"))
        connection.executemany(
            "insert into search.index_files values (?, ?)", [(path.name, path.read_bytes()) for path in files]
        )
        connection.commit()
    return document_count


def popularity(document: Document) -> float:
    return math.log(2 + document.vote_count * KIND_WEIGHTS[document.kind])


class SearchIndex:
    """The index of one build. Thread-safe."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Copy the index files of a warehouse into a temporary folder and open them.

        Raises WarehouseUnavailableError if the warehouse has none.
        """
        try:
            files = connection.execute("select file_name, content from search.index_files").fetchall()
        except duckdb.CatalogException:
            raise WarehouseUnavailableError(f"The warehouse has no search index; {REBUILD}") from None
        # Open files stay readable after the folder is removed, so nothing is left behind, however the process ends.
        with TemporaryDirectory(prefix="filmoteca-search-") as folder:
            for name, content in files:
                (Path(folder) / name).write_bytes(content)
            index = tantivy.Index.open(folder)
            index.config_reader("Manual")
            self._schema, self._searcher = index.schema, index.searcher()

    def search(self, text: str, kinds: Collection[SuggestedKind], limit: int) -> list[Hit]:
        """Return the best documents for a text, at most `limit`, best first.

        Words that match nothing lower the score of a document but do not exclude it. Typos are allowed if no popular
        document matches without.
        """
        query = SearchQuery.parse(text, self._searcher)
        documents = self._find(query, kinds, min_share=1.0)
        hits = rank(query, documents)
        if not hits or not hits[0].is_good:
            query = query.with_typos()
            hits = rank(query, documents | self._find(query, kinds, MIN_SHARE_WITH_TYPOS))
        return hits[:limit]

    def suggest(self, text: str, kind: SuggestedKind) -> list[str]:
        """Return the names of a kind that resemble a text, best first; none if no name has most of its words."""
        hits = [hit for hit in self.search(text, (kind,), CANDIDATES) if hit.quality >= MIN_SUGGESTED_QUALITY]
        return list(dict.fromkeys(hit.name for hit in hits if hit.score >= MIN_SUGGESTED_SCORE_SHARE * hits[0].score))

    def find_titles(self, text: str) -> list[int]:
        """Return the ids of the films whose titles have every word of a text, as a word or the beginning of one."""
        query = build_title_query(self._schema, text)
        found = self._searcher.search(query, self._searcher.num_docs, count=False, order_by_field="entity_id")
        return [movie_id for movie_id, _ in found.hits]

    def _find(self, query: SearchQuery, kinds: Collection[SuggestedKind], min_share: float) -> dict[Document, float]:
        """Return the candidates with their popularity."""
        found = self._searcher.search(
            build_query(self._schema, query, kinds, min_share), CANDIDATES, count=False, weight_by_field="weight"
        )
        documents = [_decode(self._searcher.doc(address)["document"][0]) for _, address in found.hits]
        return {document: popularity(document) for document in documents if document.kind in kinds}


def _create_schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    for field in ("kind", *FIELD_BOOSTS, *SOUND_BOOSTS):
        builder.add_text_field(field, tokenizer_name="whitespace", index_option="basic")
    builder.add_bytes_field("document", stored=True, indexed=False)
    builder.add_float_field("weight", fast=True)
    builder.add_integer_field("entity_id", fast=True)
    return builder.build()


def _to_tantivy(document: Document) -> tantivy.Document:
    name_words = [word for words in document.name_words for word in words]
    fields: dict[str, Sequence[str]] = {
        "kind": [document.kind],
        "name": name_words,
        "joined": document.joined_names,
        "people": document.people_words,
        "collection": document.collection_words,
        "year": [str(document.release_year)] if document.release_year else [],
        "number": [str(document.number)] if document.number else [],
        "initials": document.initials,
        "sound": _sounds(name_words),
        "people_sound": _sounds(document.people_words),
    }
    entry = tantivy.Document()
    for field, words in fields.items():
        if words:
            entry.add_text(field, " ".join(words))
    entry.add_bytes("document", _encode(document))
    entry.add_integer("entity_id", document.entity_id)
    # tantivy multiplies scores by log2(2 + weight).
    entry.add_float("weight", 2 ** (popularity(document) + UNKNOWN_WEIGHT) - 2)
    return entry


def _sounds(words: Sequence[str]) -> list[str]:
    return [sound for word in words if (sound := sound_of(word))]
