"""The user's own past questions and answers in one SQLite file.

Every answer is committed at once and stored whole, so that it reads the same after the collections changed.
A connection per call: calls may come from any thread, and nothing keeps the file open in between.
"""

import contextlib
import json
import logging
import sqlite3
from dataclasses import asdict, fields
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop.answer import Answer, AnswerSentence, Ending, State, Style, Timings
from guidelines_db.results import DocumentInfo, Hit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlite_utils import Database

log = logging.getLogger(__name__)

APPLICATION_ID = 0x4C535456  # "LSTV": tells this file from any other SQLite file
SCHEMA_VERSION = 1


class HistoryError(Exception):
    """The history cannot be used; ``key`` names the reason in desktop.texts.problems."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


class History:
    """Stores answers in ``file`` and reads them back, youngest last."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def prepare(self) -> str:
        """Create the file if needed and check that it can be written.

        Returns a problem key to mention ("" if none): a damaged file is set aside and a new one begun.
        Raises HistoryError if nothing can be stored.
        """
        try:
            self._create()
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
            self._create()
        except (OSError, sqlite3.Error) as error:
            raise HistoryError("history_unwritable") from error
        return "history_damaged"

    def add(self, answer: Answer) -> None:
        """Commit ``answer``; the same id replaces the older one. Raises HistoryError."""
        row = {
            "id": answer.id,
            "asked_at": answer.asked_at,
            "stored_at": datetime.now(UTC).isoformat(timespec="microseconds"),
            "question": answer.question,
            "ending": answer.ending.value,
            "answer": answer_to_json(answer),
        }
        try:
            with self._connection() as database:
                database.table("turns").insert(row, replace=True)
        except (OSError, sqlite3.Error) as error:
            raise HistoryError("history_unwritable") from error

    def update(self, answer: Answer) -> None:
        """Commit a changed ``answer`` in its old place; one that is not stored is left so. Raises HistoryError."""
        try:
            with self._connection() as database, database.conn:
                database.execute(
                    "update turns set ending = ?, answer = ? where id = ?",
                    (answer.ending.value, answer_to_json(answer), answer.id),
                )
        except (OSError, sqlite3.Error) as error:
            raise HistoryError("history_unwritable") from error

    def latest(self, limit: int, skip: int = 0) -> tuple[list[Answer], bool]:
        """Return ``limit`` answers, oldest first, and whether older ones exist.

        The ``skip`` youngest are passed over.
        Raises HistoryError if the file cannot be read; a row that cannot be understood is left out.
        """
        if not self._file.exists():
            return [], False
        try:
            with self._connection() as database:
                rows = list(
                    database.query(
                        "select id, answer from turns order by stored_at desc limit :limit offset :skip",
                        {"limit": limit + 1, "skip": skip},
                    )
                )
        except (OSError, sqlite3.Error) as error:
            raise HistoryError("history_unwritable") from error
        answers = []
        for row in rows[:limit]:
            try:
                answers.append(answer_from_json(row["answer"]))
            except (ValueError, KeyError, TypeError):
                log.warning("a stored answer cannot be read: %s", row["id"])
        return answers[::-1], len(rows) > limit

    def _create(self) -> None:
        self._file.parent.mkdir(parents=True, exist_ok=True)
        with self._connection() as database:
            version = database.execute("pragma user_version").fetchone()[0]
            if version > SCHEMA_VERSION:
                raise HistoryError("history_newer")
            database.enable_wal()
            with database.conn:
                database.execute(f"pragma application_id = {APPLICATION_ID}")
                database.table("turns").create(
                    {
                        "id": str,
                        "asked_at": str,
                        "stored_at": str,
                        "question": str,
                        "ending": str,
                        "answer": str,
                    },
                    pk="id",
                    not_null={"asked_at", "stored_at", "question", "ending", "answer"},
                    if_not_exists=True,
                )
                database.table("turns").create_index(["stored_at"], if_not_exists=True)
                # Writing the version last also proves that the folder can be written.
                database.execute(f"pragma user_version = {SCHEMA_VERSION}")

    def _set_aside(self) -> None:
        stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
        for suffix in ("", "-wal", "-shm"):
            part = self._file.with_name(self._file.name + suffix)
            if part.exists():
                part.replace(part.with_name(f"{self._file.stem}-unlesbar-{stamp}{self._file.suffix}{suffix}"))

    @contextlib.contextmanager
    def _connection(self) -> "Iterator[Database]":
        from sqlite_utils import Database

        connection = sqlite3.connect(self._file, timeout=5.0)
        try:
            yield Database(connection, execute_plugins=False)
        finally:
            connection.close()


def answer_to_json(answer: Answer) -> str:
    """Return ``answer`` as JSON; the scoring details of its passages are left out."""
    values: dict[str, Any] = asdict(answer)
    for name in ("ending", "state", "style"):
        values[name] = values[name].value
    for source in values["sources"]:
        source.pop("explanation")
    return json.dumps(values, ensure_ascii=False)


def answer_from_json(text: str) -> Answer:
    """Return the answer that :func:`answer_to_json` wrote, also an older version of it.

    Raises ValueError, KeyError or TypeError.
    """
    stored = json.loads(text)
    older = {"state": State.NOTHING if stored["refused"] else State.POSSIBLE, "style": Style.NORMAL}
    values = {
        **older,
        **_known(Answer, stored),
        "collections": tuple(stored["collections"]),
        "ending": Ending(stored["ending"]),
        "sentences": tuple(
            AnswerSentence(item["text"], tuple(item["citations"]), item["supported"])
            for item in stored["sentences"]
        ),
        "sources": tuple(_hit(item) for item in stored["sources"]),
        "evidence": tuple(stored["evidence"]),
        "notes": tuple(stored["notes"]),
        "timings": Timings(**stored["timings"]),
    }
    return Answer(**{**values, "state": State(values["state"]), "style": Style(values["style"])})


def _hit(values: dict[str, Any]) -> Hit:
    """Return the passage; what an older version did not store yet is empty."""
    document = dict(values["document"])
    document["sources"] = tuple(document["sources"])
    read = {
        **values,
        "document": DocumentInfo(**document),
        "sentences": tuple((start, end) for start, end in values.get("sentences", ())),
        "sentence_scores": tuple(values.get("sentence_scores", ())),
    }
    return Hit(**_known(Hit, read))


def _known(kind: type[Answer | Hit], values: dict[str, Any]) -> dict[str, Any]:
    """Return the ``values`` that ``kind`` has a field for; a newer version may have stored more."""
    names = {field.name for field in fields(kind)}
    return {name: value for name, value in values.items() if name in names}
