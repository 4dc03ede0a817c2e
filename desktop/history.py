"""The user's own past questions and answers in one SQLite file.

Every answer is committed at once and stored whole, so that it reads the same after the collections changed.
A connection per call: calls may come from any thread, and nothing keeps the file open in between.
"""

import contextlib
import json
import logging
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from desktop.answer import Answer, State
from desktop.history_file import SEARCH, NewerFile, connected, create_file, erase, index_answer, transaction
from desktop.history_search import NO_EXCERPT, Excerpt, HistoryQuery, composed
from desktop.stored_answer import answer_from_json, answer_to_json

log = logging.getLogger(__name__)

LONGEST_TITLE = 200  # characters

_STATES = {state.value for state in State}


class HistoryError(Exception):
    """The history cannot be used; ``key`` names the reason in desktop.texts.problems."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


@dataclass(frozen=True)
class Entry:
    """A past question as a list shows it."""

    id: str
    asked_at: str  # ISO 8601 with offset
    question: str
    title: str  # the clerk's own name for it, "" if there is none
    state: State | None  # None if the answer cannot be read
    pinned: bool
    checked_by: str  # as in Answer
    checked_at: str
    excerpt: Excerpt = NO_EXCERPT  # where the search found something beside the name

    @property
    def name(self) -> str:
        """What it is called: its title, else its question in one line."""
        return self.title or " ".join(self.question.split())


@dataclass(frozen=True)
class Found:
    """What there is, youngest first, and how much of it there is in all."""

    entries: tuple[Entry, ...]
    total: int  # without any search
    unreadable_files: int = 0  # damaged histories that were set aside


class History:
    """Stores answers in ``file`` and reads them back.

    An answer is deleted in two steps: hidden first, which can be undone, then erased by :meth:`purge`.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self._stores = True
        self._days = 0

    @property
    def stores(self) -> bool:
        """Whether new answers are stored."""
        return self._stores

    @property
    def days(self) -> int:
        """After how many days answers are erased, 0 for never."""
        return self._days

    def keep(self, *, stores: bool = True, days: int = 0) -> None:
        """Say whether new answers are stored from now on, and for how many days (0: until they are deleted).

        What is too old goes with the next :meth:`prepare`, :meth:`add` or :meth:`apply_retention`.
        """
        self._stores = stores
        self._days = days

    def prepare(self) -> str:
        """Create the file if needed, check that it can be written, and end what a crash left half done.

        Returns a problem key to mention ("" if none): a damaged file is set aside and a new one begun.
        Raises HistoryError if nothing can be stored.
        """
        try:
            create_file(self._file)
            with connected(self._file) as connection:
                _purge(connection)
                _expire(connection, self._days)
        except NewerFile as error:
            raise HistoryError("history_newer") from error
        except sqlite3.DatabaseError as error:
            if isinstance(error, sqlite3.OperationalError):
                raise HistoryError("history_unwritable") from error
        except OSError as error:
            raise HistoryError("history_unwritable") from error
        else:
            return ""
        log.warning("the history is damaged and set aside")
        try:
            self._set_aside()
            create_file(self._file)
        except (OSError, sqlite3.Error) as error:
            raise HistoryError("history_unwritable") from error
        return "history_damaged"

    def add(self, answer: Answer) -> None:
        """Commit ``answer``, unless nothing is to be stored; the same id replaces the older one.

        Raises HistoryError.
        """
        if not self._stores:
            return
        with self._connection() as connection:
            with transaction(connection):
                _add(connection, answer)
            _expire(connection, self._days)

    def update(self, answer: Answer) -> None:
        """Commit a changed ``answer`` in its old place; one that is not stored is left so. Raises HistoryError."""
        with self._connection() as connection, transaction(connection):
            row = connection.execute("SELECT number, title FROM turns WHERE id = ?", (answer.id,)).fetchone()
            if row is None:
                return
            connection.execute(
                "UPDATE turns SET ending = ?, state = ?, checked_by = ?, checked_at = ?, answer = ? "
                "WHERE number = ?",
                (
                    answer.ending.value,
                    answer.state.value,
                    answer.checked_by,
                    answer.checked_at,
                    answer_to_json(answer),
                    row[0],
                ),
            )
            index_answer(connection, row[0], row[1], answer)

    def latest(self, limit: int, skip: int = 0) -> tuple[list[Answer], bool]:
        """Return ``limit`` answers, oldest first, and whether older ones exist.

        The ``skip`` youngest are passed over.
        Raises HistoryError if the file cannot be read; a row that cannot be understood is left out.
        """
        if not self._file.exists():
            return [], False
        with self._connection() as connection:
            rows = connection.execute(
                "SELECT id, answer FROM turns WHERE hidden = 0 ORDER BY stored_at DESC LIMIT ? OFFSET ?",
                (limit + 1, skip),
            ).fetchall()
        return _readable(rows[:limit])[::-1], len(rows) > limit

    def find(self, typed: str = "", limit: int = 5_000) -> Found:
        """Return the entries that hold all that was ``typed``; all of them if that is nothing.

        Raises HistoryError if the file cannot be read.
        """
        query = HistoryQuery(typed)
        with self._connection() as connection:
            total = connection.execute("SELECT COUNT(*) FROM turns WHERE hidden = 0").fetchone()[0]
            columns = "t.id, t.asked_at, t.question, t.title, t.state, t.pinned, t.checked_by, t.checked_at"
            if not query.pieces:
                rows = connection.execute(
                    f"SELECT {columns}, '' FROM turns t WHERE hidden = 0 "
                    "ORDER BY asked_at DESC, number DESC LIMIT ?",
                    (limit,),
                ).fetchall()
                return Found(tuple(map(_entry, rows)), total, len(self._unreadable()))
            expression = query.expression()
            matching = connection.execute(
                f"SELECT {columns}, {SEARCH}.text FROM {SEARCH} JOIN turns t ON t.number = {SEARCH}.rowid "
                f"WHERE t.hidden = 0 {f'AND {SEARCH} MATCH ?' if expression else ''} "
                "ORDER BY t.asked_at DESC, t.number DESC",
                (expression,) if expression else (),
            )
            found = []
            for row in matching:
                if query.matches(row[-1]):
                    found.append(_entry(row, query))
                    if len(found) == limit:
                        break
        return Found(tuple(found), total, len(self._unreadable()))

    def read(self, ids: Sequence[str]) -> tuple[Answer, ...]:
        """Return these answers as they were given, in this order; what is gone or unreadable is left out.

        Raises HistoryError if the file cannot be read.
        """
        with self._connection() as connection:
            rows = connection.execute(
                "SELECT id, answer FROM turns WHERE id IN (SELECT value FROM json_each(?))",
                (json.dumps(list(ids)),),
            ).fetchall()
        answers = {answer.id: answer for answer in _readable(rows)}
        return tuple(answers[id_] for id_ in ids if id_ in answers)

    def pin(self, ids: Sequence[str], *, pinned: bool) -> None:
        """Keep these at the top of the list, or no longer. Raises HistoryError."""
        self._set("pinned", int(pinned), ids)

    def rename(self, id_: str, title: str) -> None:
        """Give an answer a name of its own; "" gives back the question. Raises HistoryError."""
        title = " ".join(title.split())[:LONGEST_TITLE]
        with self._connection() as connection, transaction(connection):
            row = connection.execute("SELECT number, answer FROM turns WHERE id = ?", (id_,)).fetchone()
            if row is None:
                return
            connection.execute("UPDATE turns SET title = ? WHERE number = ?", (title, row[0]))
            for answer in _readable([(id_, row[1])]):
                index_answer(connection, row[0], title, answer)

    def hide(self, ids: Sequence[str]) -> None:
        """Delete these for now: nothing shows them any more. Raises HistoryError."""
        self._set("hidden", 1, ids)

    def restore(self, ids: Sequence[str]) -> None:
        """Undo :meth:`hide`. Raises HistoryError."""
        self._set("hidden", 0, ids)

    def purge(self) -> int:
        """Erase all hidden answers so that no trace of them is left in the file; return how many there were.

        Raises HistoryError if the file cannot be written.
        """
        with self._connection() as connection:
            return _purge(connection)

    def apply_retention(self, days: int, now: datetime | None = None) -> int:
        """Erase what was asked more than ``days`` days ago, pinned or not (0: nothing); return how many.

        Raises HistoryError if the file cannot be written.
        """
        with self._connection() as connection:
            return _expire(connection, days, now)

    def remove_unreadable(self) -> int:
        """Delete the damaged files that were set aside, and return how many histories that were.

        Raises HistoryError if one cannot be deleted.
        """
        files = self._unreadable()
        try:
            for file in files:
                for part in file.parent.glob(f"{file.name}*"):
                    part.unlink()
        except OSError as error:
            raise HistoryError("history_unwritable") from error
        return len(files)

    def _set(self, column: str, value: int, ids: Sequence[str]) -> None:
        with self._connection() as connection, transaction(connection):
            connection.execute(
                f"UPDATE turns SET {column} = ? WHERE id IN (SELECT value FROM json_each(?))",
                (value, json.dumps(list(ids))),
            )

    def _unreadable(self) -> list[Path]:
        return sorted(self._file.parent.glob(f"{self._file.stem}-unlesbar-*{self._file.suffix}"))

    def _set_aside(self) -> None:
        stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
        for suffix in ("", "-wal", "-shm"):
            part = self._file.with_name(self._file.name + suffix)
            if part.exists():
                part.replace(part.with_name(f"{self._file.stem}-unlesbar-{stamp}{self._file.suffix}{suffix}"))

    @contextlib.contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        """Give a connection; whatever goes wrong with it is one known problem."""
        try:
            with connected(self._file) as connection:
                yield connection
        except (OSError, sqlite3.Error) as error:
            raise HistoryError("history_unwritable") from error


def _add(connection: sqlite3.Connection, answer: Answer) -> None:
    row = {
        "id": answer.id,
        "asked_at": answer.asked_at,
        "stored_at": datetime.now(UTC).isoformat(timespec="microseconds"),
        "question": answer.question,
        "ending": answer.ending.value,
        "state": answer.state.value,
        "checked_by": answer.checked_by,
        "checked_at": answer.checked_at,
        "answer": answer_to_json(answer),
    }
    updates = ", ".join(f"{name} = excluded.{name}" for name in row if name != "id")
    number, title = connection.execute(
        f"INSERT INTO turns ({', '.join(row)}) VALUES ({', '.join('?' * len(row))}) "
        f"ON CONFLICT (id) DO UPDATE SET {updates} RETURNING number, title",
        tuple(row.values()),
    ).fetchone()
    index_answer(connection, number, title, answer)


def _purge(connection: sqlite3.Connection) -> int:
    hidden = [row[0] for row in connection.execute("SELECT number FROM turns WHERE hidden = 1")]
    if hidden:
        erase(connection, hidden)
    return len(hidden)


def _expire(connection: sqlite3.Connection, days: int, now: datetime | None = None) -> int:
    if days <= 0:
        return 0
    # Moments are stored in local time, so they are compared as they are written.
    oldest = ((now or datetime.now().astimezone()) - timedelta(days=days)).isoformat(timespec="seconds")
    rows = connection.execute("SELECT number FROM turns WHERE asked_at < ?", (oldest,)).fetchall()
    if rows:
        erase(connection, [row[0] for row in rows])
    return len(rows)


def _readable(rows: Sequence[tuple[str, str]]) -> list[Answer]:
    answers = []
    for id_, text in rows:
        try:
            answers.append(answer_from_json(text))
        except (ValueError, KeyError, TypeError):
            log.warning("a stored answer cannot be read: %s", id_)
    return answers


def _entry(row: Sequence[Any], query: HistoryQuery | None = None) -> Entry:
    id_, asked_at, question, title, state, pinned, checked_by, checked_at, text = row
    known = State(state) if state in _STATES else None
    entry = Entry(id_, asked_at, question, title, known, bool(pinned), checked_by, checked_at)
    if query is None or query.matches(entry.name):
        return entry
    # What is searched begins with the name, which the list shows anyway.
    return replace(entry, excerpt=query.excerpt(text.removeprefix(composed(entry.name)).strip()))
