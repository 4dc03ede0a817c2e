"""The file of the history: its tables, how an older one is brought up to date, how nothing deleted stays in it."""

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from desktop.answer import Answer
from desktop.history_search import composed, plain, spelled
from desktop.stored_answer import answer_from_json

APPLICATION_ID = 0x4C535456  # "LSTV": tells this file from any other SQLite file
SCHEMA_VERSION = 2
SEARCH = "turns_search"

# The long text comes last: a list of all answers then reads only the beginning of each row.
_TURNS = """
CREATE TABLE turns (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    asked_at TEXT NOT NULL,
    stored_at TEXT NOT NULL,
    question TEXT NOT NULL,
    title TEXT NOT NULL DEFAULT '',
    ending TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT '',
    checked_by TEXT NOT NULL DEFAULT '',
    checked_at TEXT NOT NULL DEFAULT '',
    pinned INTEGER NOT NULL DEFAULT 0,
    hidden INTEGER NOT NULL DEFAULT 0,
    answer TEXT NOT NULL
)
"""
_SEARCH = f"CREATE VIRTUAL TABLE {SEARCH} USING fts5(text UNINDEXED, plain, spelled, tokenize = 'trigram')"


class NewerFile(Exception):
    """A newer version of the program wrote the file."""


@contextlib.contextmanager
def connected(file: Path) -> Iterator[sqlite3.Connection]:
    """Open ``file`` for one call. Whatever is deleted through it is overwritten."""
    connection = sqlite3.connect(file, timeout=5.0, isolation_level=None)
    try:
        connection.execute("PRAGMA secure_delete = ON")
        yield connection
    finally:
        connection.close()


@contextlib.contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Commit at the end, roll back on any error."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        connection.rollback()
        raise
    connection.commit()


def create_file(file: Path) -> None:
    """Create ``file``, or bring one of an older version up to date.

    Raises:
        NewerFile: if a newer version wrote it; it is not touched.
        OSError, sqlite3.Error: accordingly.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    with connected(file) as connection:
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        if version > SCHEMA_VERSION:
            raise NewerFile
        connection.execute("PRAGMA journal_mode = WAL")
        old = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'turns'").fetchone()
        with transaction(connection):
            if version < SCHEMA_VERSION:
                if old:
                    connection.execute("ALTER TABLE turns RENAME TO turns_1")
                connection.execute(_TURNS)
                connection.execute("CREATE INDEX turns_asked ON turns (asked_at)")
                connection.execute(_SEARCH)
                if old:
                    _take_over(connection)
                    connection.execute("DROP TABLE turns_1")
            # Writing these also proves that the folder can be written.
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
        if old and version < SCHEMA_VERSION:
            connection.execute("VACUUM")  # the first version did not overwrite what it replaced


def index_answer(connection: sqlite3.Connection, number: int, title: str, answer: Answer) -> None:
    """Make the answer in row ``number`` be found by what it holds now."""
    parts = (title, answer.question, answer.understood, answer.text, *answer.evidence)
    text = composed(
        " ".join(" ".join(dict.fromkeys(part for part in parts if part)).replace("\0", " ").split())
    )
    connection.execute(f"DELETE FROM {SEARCH} WHERE rowid = ?", (number,))
    connection.execute(
        f"INSERT INTO {SEARCH} (rowid, text, plain, spelled) VALUES (?, ?, ?, ?)",
        (number, text, plain(text), spelled(text)),
    )


def erase(connection: sqlite3.Connection, numbers: list[int]) -> None:
    """Remove these rows and every trace of them from the file."""
    with transaction(connection):
        connection.executemany("DELETE FROM turns WHERE number = ?", [(number,) for number in numbers])
        connection.executemany(f"DELETE FROM {SEARCH} WHERE rowid = ?", [(number,) for number in numbers])
        # The full-text index only notes what was deleted, until it is built again.
        connection.execute(f"INSERT INTO {SEARCH} ({SEARCH}) VALUES ('rebuild')")
    # Rows that moved between pages may have left copies behind: only a new file surely has none.
    connection.execute("VACUUM")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _take_over(connection: sqlite3.Connection) -> None:
    """Copy the rows of the first version; one whose answer cannot be read is kept as it is."""
    connection.execute(
        "INSERT INTO turns (id, asked_at, stored_at, question, ending, answer) "
        "SELECT id, asked_at, stored_at, question, ending, answer FROM turns_1 ORDER BY stored_at, rowid"
    )
    for number, text in connection.execute("SELECT number, answer FROM turns").fetchall():
        try:
            answer = answer_from_json(text)
        except (ValueError, KeyError, TypeError):
            continue
        connection.execute(
            "UPDATE turns SET state = ?, checked_by = ?, checked_at = ? WHERE number = ?",
            (answer.state.value, answer.checked_by, answer.checked_at, number),
        )
        index_answer(connection, number, "", answer)
