"""The history keeps every answer, whatever happens."""

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.answer import Answer, Ending, State, Style, Timings
from desktop.history import (
    APPLICATION_ID,
    SCHEMA_VERSION,
    History,
    HistoryError,
    answer_from_json,
    answer_to_json,
)
from guidelines_db.results import DocumentInfo, Hit

INFO = DocumentInfo(
    "recht", "dsgvo", "DSGVO", "EU", "EU", "gesetz", "2016", "", True, ("https://a",), "p", False
)
HIT = Hit(
    rank=1,
    document=INFO,
    section="Art. 5",
    passage_id=7,
    text="Text. Satz.",
    sentence="Satz.",
    sentence_start=6,
    sentence_end=11,
    score=0.5,
    sentences=((0, 5), (6, 11)),
    sentence_scores=(0.1, 0.9),
    coverage=0.9,
    explanation={"bm25": 1.5},
)


def answer(number: int, question: str = "Frage?") -> Answer:
    """Return an answer with the id ``number``."""
    return Answer(
        id=str(number),
        question=question,
        collections=("recht",),
        asked_at=f"2026-11-22T10:00:{number:02}+01:00",
        text="Ja [1].",
        refused=False,
        ending=Ending.STOPPED,
        sentences=(),
        sources=(HIT,),
        evidence=("Satz.",),
        model="M",
        notes=("n",),
        timings=Timings(1.0, None, 2.0, 3, 4),
        state=State.SUPPORTED,
        probability=0.93,
        understood="Ganze Frage?",
        form="compare",
        model_sha256="ab" * 32,
        index_hash="cd" * 32,
        style=Style.SIMPLER,
        checked_by="MK",
        checked_at="2026-11-22T10:00:00+01:00",
    )


@pytest.fixture
def history(tmp_path: Path) -> History:
    """Return an empty history."""
    made = History(tmp_path / "history.db")
    assert made.prepare() == ""
    return made


@pytest.mark.parametrize(
    "question", ["Wer?", "😀 „Anführung“ 'x' \"y\" ; drop table turns; --", "ä" * 10_000, "\0"]
)
def test_an_answer_comes_back_as_it_was(history: History, question: str) -> None:
    given = answer(1, question)
    history.add(given)
    assert history.latest(5) == ([replace(given, sources=(replace(HIT, explanation={}),))], False)


def test_a_changed_answer_stays_in_its_place(history: History) -> None:
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
def test_an_answer_of_an_older_version_stays_readable(refused: bool, state: State) -> None:
    """It knew neither states nor styles, nor who checked it; and a newer one may know more than we do."""
    stored = json.loads(answer_to_json(replace(answer(1), refused=refused)))
    for name in (
        *("state", "probability", "understood", "form", "model_sha256", "index_hash", "style"),
        *("checked_by", "checked_at"),
    ):
        del stored[name]
    for name in ("sentences", "sentence_scores"):
        del stored["sources"][0][name]
    read = answer_from_json(json.dumps({**stored, "of_the_future": 1}))
    assert (read.state, read.style, read.checked_by) == (state, Style.NORMAL, "")
    assert (read.question, read.text, read.sources[0].sentence) == ("Frage?", "Ja [1].", "Satz.")


def test_the_youngest_come_last_and_older_ones_in_pages(history: History) -> None:
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


def test_a_damaged_file_is_set_aside(tmp_path: Path) -> None:
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


def test_a_row_that_cannot_be_read_is_left_out(history: History, tmp_path: Path) -> None:
    history.add(answer(1))
    connection = sqlite3.connect(tmp_path / "history.db")
    with connection:
        connection.execute("insert into turns values ('x', '', '9999', 'f', 'done', '{}')")
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
    tmp_path: Path, place: Callable[[Path], Path]
) -> None:
    history = History(place(tmp_path))
    with pytest.raises(HistoryError, match="history_unwritable"):
        history.prepare()
    with pytest.raises(HistoryError, match="history_unwritable"):
        history.add(answer(1))
    with pytest.raises(HistoryError, match="history_unwritable"):
        history.update(answer(1))


def test_an_answer_survives_the_kill_of_the_program(tmp_path: Path) -> None:
    file = tmp_path / "history.db"
    program = (
        "import os, signal, sys\n"
        "from pathlib import Path\n"
        "from desktop.history import History, answer_from_json\n"
        "history = History(Path(sys.argv[1]))\n"
        "history.prepare()\n"
        "history.add(answer_from_json(sys.argv[2]))\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    given = answer_to_json(answer(1))
    root = Path(__file__).parents[2]
    ended = subprocess.run(
        [sys.executable, "-c", program, str(file), given],
        check=False,
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root)},
    )
    assert ended.returncode != 0
    assert History(file).latest(5)[0] == [answer_from_json(given)]
