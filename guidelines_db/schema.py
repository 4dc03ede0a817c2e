"""The tables of an index file. Everything in it is derived and can be built again."""

import sqlite3
from pathlib import Path
from typing import NoReturn

import sqlite_utils

from guidelines_db.errors import IndexDamaged, IndexMissing, IndexOutdated

SCHEMA_VERSION = 4  # also raised when the analysis changes what terms a text yields
APPLICATION_ID = 0x4C737458  # "LstX"
FTS = "passage_terms"
FTS_COLUMNS = ("title", "heading", "publisher", "body", "parts")


def create_tables(db: sqlite_utils.Database) -> None:
    """Create all tables in an empty file."""
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    db.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
    db.create_table("meta", {"key": str, "value": str}, pk="key")
    db.create_table(
        "collections",
        {"name": str, "position": int, "title": str, "description": str, "examples": str, "topics": str},
        pk="name",
    )
    db.create_table(
        "documents",
        {
            "id": int,
            "collection": str,
            "document": str,
            "title": str,
            "publisher": str,
            "region": str,
            "country": str,
            "kind": str,
            "published": str,
            "retrieved": str,
            "digest": int,
            "sources": str,
            "path": str,
            "places": str,
            "content_hash": str,
        },
        pk="id",
        foreign_keys=[("collection", "collections", "name")],
    )
    db["documents"].create_index(["collection", "document"], unique=True)  # type: ignore[union-attr]
    db.create_table(
        "sections",
        {"id": int, "document_id": int, "position": int, "heading": str, "topics": str},
        pk="id",
        foreign_keys=[("document_id", "documents", "id")],
    )
    db["sections"].create_index(["document_id"])  # type: ignore[union-attr]
    db.create_table(
        "asked",
        {"section_id": int, "position": int, "question": str, "vector": bytes},
        pk=("section_id", "position"),
        foreign_keys=[("section_id", "sections", "id")],
    )
    db.create_table(
        "passages",
        {"id": int, "section_id": int, "position": int, "text": str, "crc": int},
        pk="id",
        foreign_keys=[("section_id", "sections", "id")],
    )
    db["passages"].create_index(["section_id"])  # type: ignore[union-attr]
    db.create_table(
        "sentences",
        {"passage_id": int, "position": int, "start": int, "end": int},
        pk=("passage_id", "position"),
        foreign_keys=[("passage_id", "passages", "id")],
    )
    db.create_table("terms", {"term": str, "passages": int}, pk="term")
    db.create_table("words", {"word": str, "stem": str, "count": int}, pk="word")
    db.create_table(
        "vectors",
        {"passage_id": int, "sentence_count": int, "data": bytes},
        pk="passage_id",
        foreign_keys=[("passage_id", "passages", "id")],
    )
    db.execute(
        f"CREATE VIRTUAL TABLE {FTS} USING fts5({', '.join(FTS_COLUMNS)}, "
        'tokenize = "unicode61 remove_diacritics 0")'
    )


def open_index(file: Path, *, writable: bool = False, check_pages: bool = False) -> sqlite_utils.Database:
    """Open an index file of this version.

    Raises:
        IndexMissing, IndexOutdated, IndexDamaged: accordingly; the file is not touched.
    """
    if not file.is_file():
        raise IndexMissing(str(file))
    mode = "rw" if writable else "ro"
    try:
        connection = sqlite3.connect(
            f"{file.absolute().as_uri()}?mode={mode}", uri=True, check_same_thread=False, timeout=10
        )
    except sqlite3.Error as error:
        raise IndexDamaged(f"{file}: {error}") from error
    try:
        _check_identity(connection, file)
        if check_pages and (verdict := connection.execute("PRAGMA quick_check(1)").fetchone()[0]) != "ok":
            _damaged(file, verdict)
        connection.execute("SELECT value FROM meta").fetchall()
        connection.execute("PRAGMA secure_delete = ON")
    except sqlite3.OperationalError as error:
        connection.close()
        if "locked" in str(error):
            raise
        raise IndexDamaged(f"{file}: {error}") from error
    except sqlite3.DatabaseError as error:
        connection.close()
        raise IndexDamaged(f"{file}: {error}") from error
    except (IndexDamaged, IndexOutdated):
        connection.close()
        raise
    return sqlite_utils.Database(connection, execute_plugins=False)


def _check_identity(connection: sqlite3.Connection, file: Path) -> None:
    if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        _damaged(file, "not an index")
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version != SCHEMA_VERSION:
        raise IndexOutdated(f"{file}: version {version}, expected {SCHEMA_VERSION}")


def _damaged(file: Path, reason: str) -> NoReturn:
    raise IndexDamaged(f"{file}: {reason}")


def read_meta(db: sqlite_utils.Database) -> dict[str, str]:
    """Return the key-value pairs of the ``meta`` table."""
    return dict(db.execute("SELECT key, value FROM meta").fetchall())
