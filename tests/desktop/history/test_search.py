"""The history is searched however umlauts are written, and says what a list shows."""

from dataclasses import replace

import pytest

from desktop.answer import State
from desktop.history import History


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
    answer, found, history: History, typed: str, expected: list[str]
) -> None:
    for number, question in enumerate(
        ("Was gilt für Müllgebühren?", "Bauerlaubnis für die neue Strasse?", "Was sagt § 5 zur KI?"), 1
    ):
        history.add(answer(number, question))
    assert found(history, typed) == expected


def test_the_search_shows_what_it_found_beside_the_question(answer, history: History) -> None:
    history.add(
        replace(answer(1), text="Am Anfang steht viel. " * 9 + "Dann kommt die Grünfläche [1]. Ende.")
    )
    (entry,) = history.find("gruenflaeche").entries
    ((start, end),) = entry.excerpt.ranges
    assert entry.excerpt.text[start:end] == "Grünfläche"
    assert entry.excerpt.text.startswith("… ")
    assert history.find("frage").entries[0].excerpt.text == "", "the question itself is shown anyway"


def test_an_entry_says_what_a_list_shows(answer, found, history: History) -> None:
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


def test_a_changed_answer_is_found_by_what_it_says_now(answer, found, history: History) -> None:
    history.add(answer(1))
    history.update(replace(answer(1), text="Nunmehr anders [1].", checked_by="AB"))
    assert found(history, "nunmehr") == ["1"]
    assert found(history, "„Ja [1]“") == []
    assert history.find().entries[0].checked_by == "AB"
