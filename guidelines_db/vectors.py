"""Vectors of passages and sentences: how they are stored, filled in and searched exactly."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import sqlite_utils

from guidelines_db.errors import GuidelinesError
from guidelines_db.index_writer import transaction
from guidelines_db.schema import read_meta

DIMENSIONS = 384
BATCH = 8  # passages encoded between two commits: what a stop may cost

Vector = np.ndarray[tuple[int], np.dtype[np.float32]]
Matrix = np.ndarray[tuple[int, int], np.dtype[np.float32]]


class EncoderUnavailable(GuidelinesError):
    """The encoder cannot run now; search goes on by text alone."""

    key = "encoder_unavailable"


class Encoder(Protocol):
    """Turns text into unit vectors of DIMENSIONS float32."""

    @property
    def model_id(self) -> str:
        """What tells vectors of this encoder from others (hash of its file)."""

    def encode_query(self, text: str) -> Vector:
        """Return the vector of a question."""

    def encode_sections(
        self,
        sections: Sequence[tuple[str, Sequence[str]]],
        on_progress: Callable[[int, int], None] | None = None,
    ) -> list[tuple[Vector, Matrix]]:
        """Return for each (context, sentences) the vector of the whole and one row a sentence."""


@dataclass(frozen=True)
class PassageVectors:
    """The vectors of one passage."""

    whole: Vector
    sentences: Matrix


def pack(vectors: PassageVectors) -> bytes:
    """Store as float16: half the size, and no measurable loss in ranking."""
    return np.vstack([vectors.whole[None, :], vectors.sentences]).astype("<f2").tobytes()


def unpack(data: bytes) -> PassageVectors:
    """Undo ``pack``."""
    matrix = np.frombuffer(data, dtype="<f2").reshape(-1, DIMENSIONS).astype(np.float32)
    return PassageVectors(matrix[0], matrix[1:])


def encoder_of(db: sqlite_utils.Database) -> str:
    """Return the id of the encoder whose vectors ``db`` holds, "" if none."""
    return read_meta(db).get("encoder", "")


def missing_count(db: sqlite_utils.Database) -> tuple[int, int]:
    """Return the number of passages without vectors and of all passages."""
    total = db.execute("SELECT COUNT(*) FROM passages").fetchone()[0]
    return total - db.execute("SELECT COUNT(*) FROM vectors").fetchone()[0], total


def adopt_encoder(db: sqlite_utils.Database, encoder_id: str) -> None:
    """Make ``db`` hold vectors of this encoder; those of another one are removed."""
    if encoder_of(db) != encoder_id:
        with transaction(db):
            db.execute("DELETE FROM vectors")
            db.execute("UPDATE asked SET vector = NULL")
            db.execute("INSERT OR REPLACE INTO meta (key, value) VALUES ('encoder', ?)", (encoder_id,))


def add_missing_vectors(
    db: sqlite_utils.Database,
    encoder: Encoder,
    on_progress: Callable[[int, int], None] | None = None,
    passages: Iterable[int] | None = None,
    is_cancelled: Callable[[], bool] = lambda: False,
) -> int:
    """Encode passages that have no vectors yet (all, or those given); return how many were added.

    Committed every few passages, so that a stop costs little and the next call resumes.
    """
    adopt_encoder(db, encoder.model_id)
    wanted = None if passages is None else set(passages)
    rows = db.execute(
        "SELECT p.id FROM passages p LEFT JOIN vectors v ON v.passage_id = p.id "
        "WHERE v.passage_id IS NULL ORDER BY p.id"
    ).fetchall()
    missing = [row[0] for row in rows if wanted is None or row[0] in wanted]
    done = 0
    for start in range(0, len(missing), BATCH):
        if is_cancelled():
            break
        batch = missing[start : start + BATCH]
        vectors = encoder.encode_sections([encoder_input(db, passage) for passage in batch])
        with transaction(db):
            db.conn.executemany(
                "INSERT OR REPLACE INTO vectors (passage_id, sentence_count, data) VALUES (?,?,?)",
                [
                    (passage, len(sentences), pack(PassageVectors(whole, sentences)))
                    for passage, (whole, sentences) in zip(batch, vectors, strict=True)
                ],
            )
        done += len(batch)
        if on_progress:
            on_progress(done, len(missing))
    return done


def add_asked_vectors(db: sqlite_utils.Database, encoder: Encoder) -> None:
    """Encode the typical questions of sections that have no vector yet, as the question of a user is encoded."""
    adopt_encoder(db, encoder.model_id)
    rows = db.execute(
        "SELECT section_id, position, question FROM asked WHERE vector IS NULL ORDER BY section_id, position"
    ).fetchall()
    vectors = [
        (encoder.encode_query(question).astype("<f2").tobytes(), section, position)
        for section, position, question in rows
    ]
    with transaction(db):
        db.conn.executemany("UPDATE asked SET vector = ? WHERE section_id = ? AND position = ?", vectors)


def encoder_input(db: sqlite_utils.Database, passage: int) -> tuple[str, list[str]]:
    """Return context (publisher, title, heading) and sentences of a passage, as the encoder wants them."""
    publisher, title, heading, text = db.execute(
        "SELECT d.publisher, d.title, s.heading, p.text FROM passages p JOIN sections s ON s.id = p.section_id "
        "JOIN documents d ON d.id = s.document_id WHERE p.id = ?",
        (passage,),
    ).fetchone()
    spans = db.execute(
        'SELECT start, "end" FROM sentences WHERE passage_id = ? ORDER BY position', (passage,)
    ).fetchall()
    context = ". ".join(dict.fromkeys(part for part in (publisher, title, heading) if part))
    return f"{context}." if context else "", [text[start:end] for start, end in spans]


class VectorTable:
    """All vectors of one index in memory, for exact search by matrix product."""

    def __init__(self, db: sqlite_utils.Database) -> None:
        """Load every vector of ``db``; cheap for a few thousand passages (1.5 kB each and 1.5 kB a sentence)."""
        ids: list[int] = []
        parts: list[np.ndarray[tuple[int, int], np.dtype[np.float16]]] = []
        for passage, data in db.execute("SELECT passage_id, data FROM vectors ORDER BY passage_id"):
            ids.append(passage)
            parts.append(np.frombuffer(data, dtype="<f2").reshape(-1, DIMENSIONS))
        counts = np.array([len(part) for part in parts], dtype=np.int64)
        self.passages = np.array(ids, dtype=np.int64)
        self._starts = np.concatenate([[0], np.cumsum(counts)[:-1]]) if ids else np.zeros(0, dtype=np.int64)
        self._counts = counts
        self._matrix = (
            np.vstack(parts).astype(np.float32) if parts else np.zeros((0, DIMENSIONS), dtype=np.float32)
        )
        self._row_of = {passage: row for row, passage in enumerate(ids)}
        asked = [
            (self._row_of[passage], np.frombuffer(data, dtype="<f2"))
            for passage, data in db.execute(
                "SELECT p.id, a.vector FROM asked a JOIN sections s ON s.id = a.section_id "
                "JOIN passages p ON p.section_id = s.id WHERE a.vector IS NOT NULL ORDER BY p.id, a.position"
            )
            if passage in self._row_of
        ]
        self._asked_rows = np.array([row for row, _ in asked], dtype=np.int64)
        self._asked = np.array([vector for _, vector in asked], dtype=np.float32).reshape(-1, DIMENSIONS)

    def __len__(self) -> int:
        return len(self.passages)

    def __contains__(self, passage: int) -> bool:
        return passage in self._row_of

    def similarities(self, query: Vector) -> tuple[Vector, Vector, Vector]:
        """Return for each passage (row order of ``passages``): cosine of the whole, of its best sentence, all rows."""
        rows = self._matrix @ query
        if not len(rows):
            empty = np.zeros(0, dtype=np.float32)
            return empty, empty, rows
        whole = rows[self._starts]
        best = np.maximum.reduceat(rows, self._starts)
        return whole, best, rows

    def asked(self, query: Vector) -> Vector:
        """Return for each passage the cosine of the nearest typical question of its section, NaN if it has none."""
        nearest = np.full(len(self.passages), np.nan, dtype=np.float32)
        np.fmax.at(nearest, self._asked_rows, self._asked @ query)
        return nearest

    def sentence_rows(self, passage: int, rows: Vector) -> Vector:
        """Return the similarities of the sentences of ``passage`` out of the rows of ``similarities``."""
        row = self._row_of[passage]
        start = int(self._starts[row]) + 1
        return rows[start : start + int(self._counts[row]) - 1]
