"""The history keeps every answer, whatever happens."""

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from desktop.answer import Answer, Ending, State, Style, Timings
from desktop.history import History, HistoryError
from desktop.history_file import APPLICATION_ID, SCHEMA_VERSION
from desktop.stored_answer import answer_from_json, answer_to_json
from guidelines_db.filters import SearchFilters
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
        filters=SearchFilters(lands=("Bayern",), places=("Ulm",), year_from=2024),
        scope="In: Recht · Land: Bayern",
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
        *("checked_by", "checked_at", "filters", "scope"),
    ):
        del stored[name]
    for name in ("sentences", "sentence_scores"):
        del stored["sources"][0][name]
    read = answer_from_json(json.dumps({**stored, "of_the_future": 1}))
    assert (read.state, read.style, read.checked_by) == (state, Style.NORMAL, "")
    assert not read.filters
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
        "from desktop.history import History\n"
        "from desktop.stored_answer import answer_from_json\n"
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


def found(history: History, typed: str = "") -> list[str]:
    """Return the ids of what the search finds, youngest first."""
    return [entry.id for entry in history.find(typed).entries]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("Müllgebühr", ["1"]),
        ("MUELLGEBUEHR", ["1"]),
        ("mullgebuhr", ["1"]),
        ("gebühr", ["1"]),
        ("strasse", ["2"]),
        ("Straße", ["2"]),
        ("Erlaubnis", ["2"]),
        ("neu", ["2"]),
        ("KI", ["3"]),
        ("§ 5", ["3"]),
        ("müll satz", ["1"]),
        ("müll straße", []),
        ("„neue Straße“", ["2"]),
        ('"Straße neue"', []),
        ("ganze frage", ["3", "2", "1"]),
        ('" OR 1=1; -- *', []),
        ("?!", ["3", "2", "1"]),
    ],
)
def test_the_search_finds_parts_of_words_however_umlauts_are_written(
    history: History, typed: str, expected: list[str]
) -> None:
    for number, question in enumerate(
        ("Was gilt für Müllgebühren?", "Bauerlaubnis für die neue Strasse?", "Was sagt § 5 zur KI?"), 1
    ):
        history.add(answer(number, question))
    assert found(history, typed) == expected


def test_the_search_shows_what_it_found_beside_the_question(history: History) -> None:
    history.add(
        replace(answer(1), text="Am Anfang steht viel. " * 9 + "Dann kommt die Grünfläche [1]. Ende.")
    )
    (entry,) = history.find("gruenflaeche").entries
    ((start, end),) = entry.excerpt.ranges
    assert entry.excerpt.text[start:end] == "Grünfläche"
    assert entry.excerpt.text.startswith("… ")
    assert history.find("frage").entries[0].excerpt.text == "", "the question itself is shown anyway"


def test_an_entry_says_what_a_list_shows(history: History) -> None:
    history.add(answer(1, "Zeile\neins?"))
    history.add(replace(answer(2), checked_by="", checked_at="", state=State.NOTHING))
    history.pin(["2"], pinned=True)
    history.rename("1", "  Mein\nName ")
    second, first = history.find().entries
    assert (first.name, first.question, first.checked_by) == ("Mein Name", "Zeile\neins?", "MK")
    assert (second.pinned, second.state, second.checked_by) == (True, State.NOTHING, "")
    assert found(history, "mein name") == ["1"]
    history.rename("1", "")
    history.pin(["2"], pinned=False)
    assert history.find().entries[1].name == "Zeile eins?"
    assert not history.find().entries[0].pinned
    assert found(history, "mein name") == []


def test_a_changed_answer_is_found_by_what_it_says_now(history: History) -> None:
    history.add(answer(1))
    history.update(replace(answer(1), text="Nunmehr anders [1].", checked_by="AB"))
    assert found(history, "nunmehr") == ["1"]
    assert found(history, "„Ja [1]“") == []
    assert history.find().entries[0].checked_by == "AB"


def test_what_is_deleted_can_be_brought_back_until_it_is_purged(history: History) -> None:
    for number in range(4):
        history.add(answer(number))
    history.hide(["1", "2"])
    assert found(history) == ["3", "0"]
    assert found(history, "frage") == ["3", "0"]
    assert [one.id for one in history.latest(5)[0]] == ["0", "3"]
    history.restore(["1"])
    assert found(history) == ["3", "1", "0"]
    assert history.purge() == 1
    history.restore(["2"])
    assert found(history) == ["3", "1", "0"]
    assert [one.id for one in history.read(["3", "2", "0"])] == ["3", "0"]


def test_what_a_crash_left_hidden_is_gone_after_the_next_start(history: History, tmp_path: Path) -> None:
    history.add(answer(1))
    history.hide(["1"])
    again = History(tmp_path / "history.db")
    assert again.prepare() == ""
    again.restore(["1"])
    assert found(again) == []


def _bytes_of(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.rglob("*") if file.is_file()).lower()


def test_deleting_leaves_no_trace_in_any_file(history: History, tmp_path: Path) -> None:
    """Rows, overflow pages, full-text index, free pages and write-ahead log are all read as bytes."""
    word = "Xylophonquatsch Wörgelbrück ŋŧŋŧ"
    # The last is what the full-text index itself holds: parts of three letters.
    traces = [
        form.encode() for form in ("xylophonquatsch", "wörgelbrück", "worgelbruck", "woergelbrueck", "ŋŧ")
    ]
    for number in range(1, 40):
        text = f"{word} " * 300 if number % 2 else "Unverfängliches [1]. " * 150
        history.add(replace(answer(number, f"{word if number % 2 else 'Frage'} {number}?"), text=text))
    history.rename("2", f"Umbenannt {word}")
    history.rename("2", "Wieder anders")
    history.update(replace(answer(4), text=f"Vorübergehend {word}."))
    history.update(answer(4))
    before = _bytes_of(tmp_path)
    assert all(trace in before for trace in traces), "or the test would prove nothing"
    gone = [str(number) for number in range(1, 40, 2)]
    history.hide(gone)
    assert history.purge() == len(gone)
    after = _bytes_of(tmp_path)
    assert [trace for trace in traces if trace in after] == []
    connection = sqlite3.connect(tmp_path / "history.db")
    assert connection.execute("pragma integrity_check").fetchone()[0] == "ok"
    connection.close()
    assert found(history, "frage") == [str(number) for number in range(38, 0, -2)]


def test_old_answers_are_erased_pinned_or_not(history: History, tmp_path: Path) -> None:
    now = datetime.fromisoformat("2026-11-22T12:00:00+01:00")
    for number, days in enumerate((0, 29, 31, 400), 1):
        asked = (now - timedelta(days=days)).isoformat()
        history.add(replace(answer(number, f"Xylophon {number}?"), asked_at=asked))
    history.pin(["4"], pinned=True)
    assert history.apply_retention(0, now) == 0
    assert history.apply_retention(30, now) == 2
    assert found(history) == ["1", "2"]
    assert b"xylophon 4" not in _bytes_of(tmp_path)
    assert history.apply_retention(30, now) == 0


def test_the_deadline_holds_at_the_start_and_while_the_program_runs(history: History, tmp_path: Path) -> None:
    today = datetime.now().astimezone().isoformat()
    history.add(answer(1))
    history.add(replace(answer(2), asked_at=today))
    later = History(tmp_path / "history.db")
    later.keep(days=1)
    assert later.prepare() == ""
    old = datetime.now().astimezone() - timedelta(days=2)
    assert found(later) == ["2"] if old.isoformat() > answer(1).asked_at else ["2", "1"]
    later.keep()
    later.add(replace(answer(3), asked_at=old.isoformat()))
    later.keep(days=1)
    later.add(replace(answer(4), asked_at=today))
    assert "3" not in found(later)


def test_nothing_is_stored_where_that_is_wanted(history: History) -> None:
    history.add(answer(1))
    history.keep(stores=False)
    history.add(answer(2))
    history.update(replace(answer(1), checked_by="AB"))
    assert found(history) == ["1"]
    assert history.find().entries[0].checked_by == "AB"
    history.keep()
    history.add(answer(3))
    assert sorted(found(history)) == ["1", "3"]


def _first_version(file: Path) -> list[Answer]:
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


def test_a_file_of_the_first_version_is_taken_over_without_loss(tmp_path: Path) -> None:
    file = tmp_path / "history.db"
    answers = _first_version(file)
    assert b"xylophon" in _bytes_of(tmp_path), "the first version left remains"
    history = History(file)
    assert history.prepare() == ""
    stored, older = history.latest(9)
    assert [one.id for one in stored] == ["2", "1", "0"], "in the order in which they were stored"
    assert stored == [replace(one, sources=(replace(HIT, explanation={}),)) for one in reversed(answers)]
    assert not older
    assert history.find().total == 4, "a row that cannot be read is kept too"
    assert found(history, "„frage 1 zur strasse“") == ["1"]
    assert {entry.checked_by for entry in history.find("straße").entries} == {"MK"}
    assert b"xylophon" not in _bytes_of(tmp_path)
    assert History(file).prepare() == "", "a second start finds it done"
    assert history.find().total == 4


def test_an_interrupted_takeover_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "history.db"
    _first_version(file)

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


def test_a_damage_found_late_is_set_aside_too(history: History, tmp_path: Path) -> None:
    for number in range(20):
        history.add(answer(number))
    history.hide(["1"])
    file = tmp_path / "history.db"
    content = file.read_bytes()
    file.write_bytes(content[:4096] + b"\x5a" * (len(content) - 4096))
    again = History(file)
    assert again.prepare() == "history_damaged"
    assert again.find().total == 0
