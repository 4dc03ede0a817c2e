"""Writes documents into an index file and takes them out again without a trace."""

import json
import sqlite3
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from itertools import islice

import sqlite_utils

from guidelines_db.analysis import normalise, stem, words_of
from guidelines_db.compounds import CompoundSplitter
from guidelines_db.corpus import Collection
from guidelines_db.documents import Document
from guidelines_db.passages import FieldReader, cut_section
from guidelines_db.places import Gazetteer
from guidelines_db.schema import FTS, FTS_COLUMNS

BATCH = 500  # documents written in one go, so that memory stays flat


def stem_counts(db: sqlite_utils.Database) -> Counter[str]:
    """Return how often each stem occurs in the documents of ``db``."""
    rows = db.execute("SELECT stem, SUM(count) FROM words GROUP BY stem").fetchall()
    return Counter(dict(rows))


@contextmanager
def transaction(db: sqlite_utils.Database) -> Iterator[None]:
    """Commit at the end, roll back on any error."""
    connection = db.conn
    if connection.in_transaction:
        connection.commit()
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        connection.rollback()
        raise
    connection.commit()


class IndexWriter:
    """Adds documents to and removes them from one open index."""

    def __init__(
        self,
        db: sqlite_utils.Database,
        gazetteer: Gazetteer,
        other_stems: Mapping[str, int] | None = None,
    ) -> None:
        """``other_stems`` are stem counts of other indexes whose words also help to split compounds."""
        self._db = db
        self._gazetteer = gazetteer
        self._other_stems = other_stems or {}

    @cached_property
    def _stems(self) -> Counter[str]:
        """Stem counts of all indexes; kept up to date, as reading them anew for every batch would take ever longer."""
        counts = stem_counts(self._db)
        counts.update(self._other_stems)
        return counts

    @cached_property
    def _fields(self) -> FieldReader:
        return FieldReader(CompoundSplitter(self._stems, self._gazetteer.town_words))

    def add_collection(self, collection: Collection, position: int) -> None:
        """Insert or update the row of a collection (its documents are added apart)."""
        self._db["collections"].upsert(  # type: ignore[union-attr]
            {
                "name": collection.name,
                "position": position,
                "title": collection.title,
                "description": collection.description,
                "examples": json.dumps(collection.examples, ensure_ascii=False),
                "topics": json.dumps(collection.topics, ensure_ascii=False),
            },
            pk="name",
        )

    def set_meta(self, values: Mapping[str, str]) -> None:
        """Store key-value pairs."""
        for key, value in values.items():
            self._db.execute("INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)", (key, value))

    def count_words(self, documents: Iterable[Document]) -> None:
        """First pass: add the documents' words to the vocabulary that splits compounds."""
        counts: Counter[str] = Counter()
        for document in documents:
            _count_document(document, counts)
            if len(counts) > 200_000:
                self._add_words(counts)
                counts.clear()
        self._add_words(counts)

    def add_documents(
        self,
        collection: str,
        documents: Iterable[Document],
        on_document: Callable[[Document], None] | None = None,
    ) -> None:
        """Second pass: write documents whose words have been counted."""
        remaining = iter(documents)
        while batch := list(islice(remaining, BATCH)):
            term_counts: Counter[str] = Counter()
            for document in batch:
                self._add_document(collection, document, term_counts)
                if on_document:
                    on_document(document)
            self._add_terms(term_counts)

    def remove_document(self, row_id: int) -> None:
        """Remove the document with this row id: rows, vectors, terms and words. Vacuum afterwards."""
        passages = [
            row[0]
            for row in self._db.execute(
                "SELECT p.id FROM passages p JOIN sections s ON s.id = p.section_id WHERE s.document_id = ?",
                (row_id,),
            ).fetchall()
        ]
        title, publisher = self._db.execute(
            "SELECT title, publisher FROM documents WHERE id = ?", (row_id,)
        ).fetchone()
        words: Counter[str] = Counter()
        words.update(words_of(title))
        words.update(words_of(publisher))
        for (heading,) in self._db.execute(
            "SELECT heading FROM sections WHERE document_id = ?", (row_id,)
        ).fetchall():
            words.update(words_of(heading))
        terms: Counter[str] = Counter()
        for passage in passages:
            (text,) = self._db.execute("SELECT text FROM passages WHERE id = ?", (passage,)).fetchone()
            words.update(words_of(text))
            columns = self._db.execute(
                f"SELECT {', '.join(FTS_COLUMNS)} FROM {FTS} WHERE rowid = ?", (passage,)
            ).fetchone()
            terms.update(set(" ".join(columns or ()).split()))
            for table, column in (
                (FTS, "rowid"),
                ("vectors", "passage_id"),
                ("sentences", "passage_id"),
                ("passages", "id"),
            ):
                self._db.execute(f"DELETE FROM {table} WHERE {column} = ?", (passage,))
        self._db.execute(
            "DELETE FROM asked WHERE section_id IN (SELECT id FROM sections WHERE document_id = ?)", (row_id,)
        )
        self._db.execute("DELETE FROM sections WHERE document_id = ?", (row_id,))
        self._db.execute("DELETE FROM documents WHERE id = ?", (row_id,))
        self._db.conn.executemany(
            "UPDATE words SET count = count - ? WHERE word = ?",
            [(count, word) for word, count in words.items()],
        )
        self._db.conn.executemany(
            "UPDATE terms SET passages = passages - ? WHERE term = ?",
            [(count, term) for term, count in terms.items()],
        )
        for word, count in words.items():
            self._stems[stem(word)] -= count
        self._db.execute("DELETE FROM words WHERE count <= 0")
        self._db.execute("DELETE FROM terms WHERE passages <= 0")

    def erase_traces(self) -> None:
        """Rewrite full-text index and file so that removed words are on no page. Outside a transaction."""
        with transaction(self._db):
            # FTS5 keeps deleted terms in old segments until they are merged
            self._db.execute(f"INSERT INTO {FTS}({FTS}) VALUES ('rebuild')")
            self._db.execute(f"INSERT INTO {FTS}({FTS}) VALUES ('optimize')")
        self._db.execute("VACUUM")

    def finish(self) -> None:
        """Merge the full-text index into its fastest form and let SQLite learn its sizes."""
        self._db.execute(f"INSERT INTO {FTS}({FTS}) VALUES ('optimize')")
        self._db.execute("ANALYZE")

    def _add_document(self, collection: str, document: Document, term_counts: Counter[str]) -> None:
        places = self._gazetteer.places_of(document.publisher, document.region, document.title)
        cursor = self._db.execute(
            "INSERT INTO documents (collection, document, title, publisher, region, country, kind, published, "
            "retrieved, digest, sources, path, places, content_hash) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
            (
                collection,
                document.id,
                document.title,
                document.publisher,
                document.region,
                document.country,
                document.kind,
                document.published,
                document.retrieved,
                int(document.digest),
                json.dumps(document.sources, ensure_ascii=False),
                document.path,
                json.dumps(sorted(place.name for place in places), ensure_ascii=False),
                document.content_hash,
            ),
        )
        document_row = cursor.lastrowid
        for position, section in enumerate(document.sections):
            section_row = self._db.execute(
                "INSERT INTO sections (document_id, position, heading, topics) VALUES (?,?,?,?)",
                (document_row, position, section.heading, json.dumps(section.topics)),
            ).lastrowid
            self._db.conn.executemany(
                "INSERT INTO asked (section_id, position, question) VALUES (?,?,?)",
                [(section_row, number, question) for number, question in enumerate(section.asked)],
            )
            for number, passage in enumerate(cut_section(normalise(section.text))):
                passage_row = self._db.execute(
                    "INSERT INTO passages (section_id, position, text, crc) VALUES (?,?,?,?)",
                    (section_row, number, passage.text, zlib.crc32(passage.text.encode())),
                ).lastrowid
                self._db.conn.executemany(
                    'INSERT INTO sentences (passage_id, position, start, "end") VALUES (?,?,?,?)',
                    [(passage_row, i, start, end) for i, (start, end) in enumerate(passage.sentences)],
                )
                fields = self._fields.fields(
                    document.title, section.heading, document.publisher, passage.text
                )
                self._db.execute(
                    f"INSERT INTO {FTS} (rowid, {', '.join(FTS_COLUMNS)}) VALUES (?,?,?,?,?,?)",
                    (passage_row, fields.title, fields.heading, fields.publisher, fields.body, fields.parts),
                )
                term_counts.update(fields.distinct())

    def _add_words(self, counts: Counter[str]) -> None:
        stems = self._stems
        rows = [(word, stem(word), count) for word, count in sorted(counts.items())]
        self._db.conn.executemany(
            "INSERT INTO words (word, stem, count) VALUES (?, ?, ?) "
            "ON CONFLICT (word) DO UPDATE SET count = count + excluded.count",
            rows,
        )
        for _, stemmed, count in rows:
            stems[stemmed] += count

    def _add_terms(self, counts: Counter[str]) -> None:
        self._db.conn.executemany(
            "INSERT INTO terms (term, passages) VALUES (?, ?) "
            "ON CONFLICT (term) DO UPDATE SET passages = passages + excluded.passages",
            sorted(
                counts.items()
            ),  # sets have no order of their own, and the file shall be the same each time
        )


def _count_document(document: Document, counts: Counter[str]) -> None:
    counts.update(words_of(document.title))
    counts.update(words_of(document.publisher))
    for section in document.sections:
        counts.update(words_of(section.heading))
        for passage in cut_section(normalise(section.text)):
            counts.update(words_of(passage.text))


def set_fast_writing(connection: sqlite3.Connection) -> None:
    """For a new file that is thrown away when anything goes wrong: no journal, no waiting for the disk."""
    connection.execute("PRAGMA journal_mode = OFF")
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute("PRAGMA cache_size = -65536")
