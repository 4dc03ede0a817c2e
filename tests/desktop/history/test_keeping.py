"""The history keeps every answer, whatever happens."""

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from desktop.answer import Answer, State, Style
from desktop.history import History, HistoryError
from desktop.history_file import APPLICATION_ID, SCHEMA_VERSION
from desktop.stored_answer import answer_from_json, answer_to_json


@pytest.mark.parametrize(
    "question", ["Wer?", "😀 „Anführung“ 'x' \"y\" ; drop table turns; --", "ä" * 10_000, "\0"]
)
def test_an_answer_comes_back_as_it_was(answer, history: History, question: str) -> None:
    given = answer(1, question)
    history.add(given)
    assert history.latest(5) == (
        [replace(given, sources=(replace(given.sources[0], explanation={}),))],
        False,
    )


def test_a_changed_answer_stays_in_its_place(answer, history: History) -> None:
    for number in range(3):
        history.add(answer(number))
    history.update(replace(answer(1), checked_by="AB", text="Nein [1]."))
    history.update(answer(9))
    stored, _ = history.latest(5)
    assert [(one.id, one.checked_by, one.text) for one in stored] == [
        ("0", "MK", "Ja [1]."),
        ("1", "AB", "Nein [1]."),
        ("2", "MK", "Ja [1]."),
    ]


@pytest.mark.parametrize(("refused", "state"), [(True, State.NOTHING), (False, State.POSSIBLE)])
def test_an_answer_of_an_older_version_stays_readable(answer, refused: bool, state: State) -> None:
    """It knew neither states nor styles, nor who checked it; and a newer one may know more than we do."""
    stored = json.loads(answer_to_json(replace(answer(1), refused=refused)))
    for name in (
        *("state", "probability", "understood", "form", "model_sha256", "index_hash", "style"),
        *("checked_by", "checked_at", "filters", "scope"),
    ):
        del stored[name]
    for name in ("sentences", "sentence_scores"):
        del stored["sources"][0][name]
    read = answer_from_json(json.dumps({**stored, "of_the_future": 1}))
    assert (read.state, read.style, read.checked_by) == (state, Style.NORMAL, "")
    assert not read.filters
    assert (read.question, read.text, read.sources[0].sentence) == ("Frage?", "Ja [1].", "Satz.")


def test_the_youngest_come_last_and_older_ones_in_pages(answer, history: History) -> None:
    for number in range(7):
        history.add(answer(number))
    youngest, older = history.latest(5)
    assert ([one.id for one in youngest], older) == (["2", "3", "4", "5", "6"], True)
    rest, older = history.latest(5, skip=5)
    assert ([one.id for one in rest], older) == (["0", "1"], False)


def test_the_file_says_what_it_is(history: History, tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / "history.db")
    assert connection.execute("pragma application_id").fetchone()[0] == APPLICATION_ID
    assert connection.execute("pragma user_version").fetchone()[0] == SCHEMA_VERSION
    assert connection.execute("pragma journal_mode").fetchone()[0] == "wal"
    connection.close()


def test_a_damaged_file_is_set_aside(answer, tmp_path: Path) -> None:
    file = tmp_path / "history.db"
    file.write_bytes(b"no database at all, but long enough to be looked at " * 50)
    history = History(file)
    assert history.prepare() == "history_damaged"
    history.add(answer(1))
    assert len(history.latest(5)[0]) == 1
    assert len(list(tmp_path.glob("history-unlesbar-*.db"))) == 1


def test_a_newer_file_is_not_touched(history: History, tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / "history.db")
    connection.execute("pragma user_version = 99")
    connection.close()
    with pytest.raises(HistoryError, match="history_newer"):
        history.prepare()


def test_a_row_that_cannot_be_read_is_left_out(answer, history: History, tmp_path: Path) -> None:
    history.add(answer(1))
    connection = sqlite3.connect(tmp_path / "history.db")
    with connection:
        connection.execute(
            "insert into turns (id, asked_at, stored_at, question, ending, answer) "
            "values ('x', '', '9999', 'f', 'done', '{}')"
        )
    connection.close()
    assert [one.id for one in history.latest(5)[0]] == ["1"]


def _folder_is_a_file(folder: Path) -> Path:
    (folder / "blocked").write_text("", encoding="utf-8")
    return folder / "blocked" / "history.db"


def _file_is_a_folder(folder: Path) -> Path:
    (folder / "history.db").mkdir()
    return folder / "history.db"


@pytest.mark.parametrize("place", [_folder_is_a_file, _file_is_a_folder])
def test_a_place_that_cannot_be_written_is_a_known_problem(
    answer, tmp_path: Path, place: Callable[[Path], Path]
) -> None:
    history = History(place(tmp_path))
    with pytest.raises(HistoryError, match="history_unwritable"):
        history.prepare()
    with pytest.raises(HistoryError, match="history_unwritable"):
        history.add(answer(1))
    with pytest.raises(HistoryError, match="history_unwritable"):
        history.update(answer(1))


def test_an_answer_survives_the_kill_of_the_program(answer, tmp_path: Path) -> None:
    file = tmp_path / "history.db"
    program = (
        "import os, signal, sys\n"
        "from pathlib import Path\n"
        "from desktop.history import History\n"
        "from desktop.stored_answer import answer_from_json\n"
        "history = History(Path(sys.argv[1]))\n"
        "history.prepare()\n"
        "history.add(answer_from_json(sys.argv[2]))\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    given = answer_to_json(answer(1))
    root = Path(__file__).parents[3]
    ended = subprocess.run(
        [sys.executable, "-c", program, str(file), given],
        check=False,
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root)},
    )
    assert ended.returncode != 0
    assert History(file).latest(5)[0] == [answer_from_json(given)]


def _first_version(answer: Callable[..., Any], file: Path) -> list[Answer]:
    """Write a file as the first version did, with remains of a replaced row in it."""
    answers = [answer(number, f"Frage {number} zur Straße?") for number in range(3)]
    connection = sqlite3.connect(file)
    connection.execute("pragma secure_delete = off")
    with connection:
        connection.execute(f"pragma application_id = {APPLICATION_ID}")
        connection.execute("pragma journal_mode = wal")
        connection.execute(
            "create table turns (id text primary key, asked_at text not null, stored_at text not null, "
            "question text not null, ending text not null, answer text not null)"
        )
        connection.execute("create index idx_turns_stored_at on turns (stored_at)")
        for place, one in enumerate(reversed(answers)):
            values = (one.id, one.asked_at, f"2026-11-2{place}", one.question, "stopped", answer_to_json(one))
            connection.execute("insert into turns values (?, ?, ?, ?, ?, ?)", values)
        broken = ("broken", "2026", "2026-11-29", "Kaputt?", "done", "{}")
        connection.execute("insert into turns values (?, ?, ?, ?, ?, ?)", broken)
        connection.execute("insert into turns values ('x', '', '', 'Ersetztes Xylophon', '', '')")
        connection.execute("pragma user_version = 1")
    with connection:
        connection.execute("delete from turns where id = 'x'")
    connection.close()
    return answers


def test_a_file_of_the_first_version_is_taken_over_without_loss(
    answer, found, bytes_of, tmp_path: Path
) -> None:
    file = tmp_path / "history.db"
    answers = _first_version(answer, file)
    assert b"xylophon" in bytes_of(tmp_path), "the first version left remains"
    history = History(file)
    assert history.prepare() == ""
    stored, older = history.latest(9)
    assert [one.id for one in stored] == ["2", "1", "0"], "in the order in which they were stored"
    assert stored == [
        replace(one, sources=(replace(one.sources[0], explanation={}),)) for one in reversed(answers)
    ]
    assert not older
    assert history.find().total == 4, "a row that cannot be read is kept too"
    assert found(history, "„frage 1 zur strasse“") == ["1"]
    assert {entry.checked_by for entry in history.find("straße").entries} == {"MK"}
    assert b"xylophon" not in bytes_of(tmp_path)
    assert History(file).prepare() == "", "a second start finds it done"
    assert history.find().total == 4


def test_an_interrupted_takeover_leaves_the_old_file(
    answer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "history.db"
    _first_version(answer, file)

    def fail(*_: object) -> None:
        raise sqlite3.OperationalError("disk full")

    with monkeypatch.context() as patch:
        patch.setattr("desktop.history_file.index_answer", fail)
        with pytest.raises(HistoryError, match="history_unwritable"):
            History(file).prepare()
    assert History(file).prepare() == ""
    assert History(file).find().total == 4


def test_damaged_files_set_aside_can_be_deleted_too(tmp_path: Path) -> None:
    file = tmp_path / "history.db"
    file.write_bytes(b"no database at all, but long enough to be looked at " * 50)
    history = History(file)
    assert history.prepare() == "history_damaged"
    assert history.find().unreadable_files == 1
    assert history.remove_unreadable() == 1
    assert history.find().unreadable_files == 0
    assert not list(tmp_path.glob("*unlesbar*"))


def test_a_damage_found_late_is_set_aside_too(answer, history: History, tmp_path: Path) -> None:
    for number in range(20):
        history.add(answer(number))
    history.hide(["1"])
    file = tmp_path / "history.db"
    content = file.read_bytes()
    file.write_bytes(content[:4096] + b"\x5a" * (len(content) - 4096))
    again = History(file)
    assert again.prepare() == "history_damaged"
    assert again.find().total == 0
