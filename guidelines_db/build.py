"""Builds the index of the shipped collections beside the old one, then swaps it in."""

import argparse
import contextlib
import hashlib
import os
import sqlite3
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import psutil
import sqlite_utils

from guidelines_db.corpus import CORPUS_DIR, corpus_hash, read_corpus
from guidelines_db.errors import CorpusInvalid, IndexDamaged, IndexOutdated
from guidelines_db.index_writer import IndexWriter, set_fast_writing
from guidelines_db.places import Gazetteer
from guidelines_db.schema import create_tables, open_index, read_meta
from guidelines_db.vectors import Encoder, add_asked_vectors, add_missing_vectors

Progress = Callable[[int, int], None]


def build_index(
    index: Path,
    corpus: Path = CORPUS_DIR,
    encoder: Encoder | None = None,
    on_progress: Progress | None = None,
) -> None:
    """Build the index of the shipped collections at ``index``, with vectors if there is an encoder.

    The file appears whole or not at all: it is written beside its place, flushed and then renamed.

    Raises:
        CorpusInvalid: with every defect of the documents; nothing is written then.
        OSError, sqlite3.Error: if the file cannot be written.
    """
    collections = read_corpus(corpus)
    index.parent.mkdir(parents=True, exist_ok=True)
    _remove_leftovers(index)
    temporary = index.with_name(f".{index.name}.{os.getpid()}.tmp")
    connection = sqlite3.connect(temporary)
    try:
        set_fast_writing(connection)
        db = sqlite_utils.Database(connection, execute_plugins=False)
        with connection:
            create_tables(db)
            writer = IndexWriter(db, Gazetteer())
            for position, collection in enumerate(collections):
                writer.add_collection(collection, position)
                writer.count_words(collection.documents)
            for collection in collections:
                writer.add_documents(collection.name, collection.documents)
            writer.set_meta(
                {
                    "corpus_hash": corpus_hash(corpus),
                    "built_at": datetime.now(UTC).isoformat(timespec="seconds"),
                }
            )
        if encoder is not None:
            add_missing_vectors(db, encoder, on_progress)
            add_asked_vectors(db, encoder)
        with connection:
            writer.finish()
        connection.execute("VACUUM")
    except BaseException:
        connection.close()
        temporary.unlink(missing_ok=True)
        raise
    connection.close()
    digest = file_digest(temporary)
    _flush(temporary)
    temporary.replace(index)
    digest_file(index).write_text(digest + "\n", encoding="ascii")


def check_index(index: Path, corpus: Path | None = CORPUS_DIR, encoder_id: str | None = None) -> None:
    """Check that ``index`` is whole and built from ``corpus`` (None: any) with this encoder (None: any).

    Raises:
        IndexMissing, IndexDamaged, IndexOutdated: accordingly.
    """
    db = open_index(index)
    try:
        meta = read_meta(db)
    except sqlite3.DatabaseError as error:
        raise IndexDamaged(f"{index}: {error}") from error
    finally:
        db.close()
    expected = digest_file(index)
    if not expected.is_file() or expected.read_text(encoding="ascii").strip() != file_digest(index):
        raise IndexDamaged(f"{index}: content does not match its checksum")
    if corpus is not None and meta.get("corpus_hash") != corpus_hash(corpus):
        raise IndexOutdated(f"{index}: built from other documents")
    if encoder_id is not None and meta.get("encoder") != encoder_id:
        raise IndexOutdated(f"{index}: vectors of another encoder")


def _remove_leftovers(index: Path) -> None:
    """Remove what builds left that were killed; one that still runs in another process is left alone."""
    for leftover in index.parent.glob(f".{index.name}.*.tmp"):
        owner = leftover.name.split(".")[-2]
        if not (owner.isdigit() and int(owner) != os.getpid() and psutil.pid_exists(int(owner))):
            leftover.unlink(missing_ok=True)


def digest_file(index: Path) -> Path:
    """Return the file beside ``index`` that holds its SHA-256."""
    return index.with_name(index.name + ".sha256")


def file_digest(file: Path) -> str:
    """Return the SHA-256 of a file."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _flush(file: Path) -> None:
    with file.open("rb+") as stream, contextlib.suppress(OSError):
        os.fsync(stream.fileno())


def check_corpus() -> int:
    """Print every defect of the shipped collections; return 1 if there is one."""
    try:
        collections = read_corpus()
    except CorpusInvalid as error:
        print(error, file=sys.stderr)
        return 1
    for collection in collections:
        print(f"{collection.name}: {len(collection.documents)} documents")
    return 0


if __name__ == "__main__":
    argparse.ArgumentParser(description="Check the shipped collections for defects.").parse_args()
    sys.exit(check_corpus())
