"""What is deleted is gone from every file, and what is not to be kept is not stored."""

import sqlite3
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from desktop.history import History


def test_what_is_deleted_can_be_brought_back_until_it_is_purged(answer, found, history: History) -> None:
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


def test_what_a_crash_left_hidden_is_gone_after_the_next_start(
    answer, found, history: History, tmp_path: Path
) -> None:
    history.add(answer(1))
    history.hide(["1"])
    again = History(tmp_path / "history.db")
    assert again.prepare() == ""
    again.restore(["1"])
    assert found(again) == []


def test_deleting_leaves_no_trace_in_any_file(
    answer, found, bytes_of, history: History, tmp_path: Path
) -> None:
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
    before = bytes_of(tmp_path)
    assert all(trace in before for trace in traces), "or the test would prove nothing"
    gone = [str(number) for number in range(1, 40, 2)]
    history.hide(gone)
    assert history.purge() == len(gone)
    after = bytes_of(tmp_path)
    assert [trace for trace in traces if trace in after] == []
    connection = sqlite3.connect(tmp_path / "history.db")
    assert connection.execute("pragma integrity_check").fetchone()[0] == "ok"
    connection.close()
    assert found(history, "frage") == [str(number) for number in range(38, 0, -2)]


def test_old_answers_are_erased_pinned_or_not(
    answer, found, bytes_of, history: History, tmp_path: Path
) -> None:
    now = datetime.fromisoformat("2026-11-22T12:00:00+01:00")
    for number, days in enumerate((0, 29, 31, 400), 1):
        asked = (now - timedelta(days=days)).isoformat()
        history.add(replace(answer(number, f"Xylophon {number}?"), asked_at=asked))
    history.pin(["4"], pinned=True)
    assert history.apply_retention(0, now) == 0
    assert history.apply_retention(30, now) == 2
    assert found(history) == ["1", "2"]
    assert b"xylophon 4" not in bytes_of(tmp_path)
    assert history.apply_retention(30, now) == 0


def test_the_deadline_holds_at_the_start_and_while_the_program_runs(
    answer, found, history: History, tmp_path: Path
) -> None:
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


def test_nothing_is_stored_where_that_is_wanted(answer, found, history: History) -> None:
    history.add(answer(1))
    history.keep(stores=False)
    history.add(answer(2))
    history.update(replace(answer(1), checked_by="AB"))
    assert found(history) == ["1"]
    assert history.find().entries[0].checked_by == "AB"
    history.keep()
    history.add(answer(3))
    assert sorted(found(history)) == ["1", "3"]
