from collections.abc import Callable

import pytest

from guidelines_db.analysis import stem
from guidelines_db.compounds import CompoundSplitter
from guidelines_db.glossary import Glossary
from guidelines_db.places import Gazetteer
from guidelines_db.query import MAX_SLOTS, Query, QueryTools, read_question

VOCABULARY = {
    stem(word): 9
    for word in (
        "Bürgerbegehren Bürger Begehren Unterschrift Quorum Kennzeichnung Wien kündigen Geldbuße Werkzeug"
    ).split()
}


@pytest.fixture(scope="module")
def read() -> Callable[[str], Query]:
    tools = QueryTools(
        splitter=CompoundSplitter(VOCABULARY),
        glossary=Glossary(),
        gazetteer=Gazetteer(),
        passage_count=lambda term: VOCABULARY.get(term, 0),
        correct=lambda word: {"werkzueg": "werkzeug"}.get(word.lower(), ""),
    )
    return lambda question: read_question(question, tools)


def terms_of(query: Query, surface: str) -> set[str]:
    return next(slot for slot in query.slots if slot.surface == surface).all_terms()


def test_only_content_words_are_searched(read: Callable[[str], Query]) -> None:
    assert [slot.surface for slot in read("Muss ich in Wien die Kennzeichnung machen?").slots] == [
        "Wien",
        "Kennzeichnung",
    ]


@pytest.mark.parametrize("question", ["", "   ", "und oder nicht", "?!…", "😀🎉", "„“''", "\x00\x00"])
def test_questions_without_content_have_no_slot(read: Callable[[str], Query], question: str) -> None:
    assert read(question).slots == ()


def test_compounds_bring_their_parts_and_split_words_the_compound(read: Callable[[str], Query]) -> None:
    assert {stem("Unterschrift"), stem("Quorum")} <= terms_of(
        read("Unterschriftenquorum"), "Unterschriftenquorum"
    )
    assert stem("Bürgerbegehren") in terms_of(read("beim Bürger Begehren"), "Bürger")


def test_glossary_and_inflections_widen(read: Callable[[str], Query]) -> None:
    assert stem("Geldbuße") in terms_of(read("Droht ein Bußgeld?"), "Bußgeld")
    assert stem("kündigen") in terms_of(read("wurde gekündigt"), "gekündigt")


def test_a_misspelt_word_is_searched_as_typed_and_corrected(read: Callable[[str], Query]) -> None:
    query = read("Welches Werkzueg?")
    assert query.corrections == (("Werkzueg", "Werkzeug"),)
    assert query.corrected == "Welches Werkzeug?"
    assert stem("Werkzeug") in terms_of(query, "Werkzueg")


def test_places_are_recognised(read: Callable[[str], Query]) -> None:
    assert {place.name for place in read("Was gilt in der Wiener Verwaltung?").places} == {"Wien"}
    assert read("Was gilt in der Stadt Musterhausen?").unknown_town == "Musterhausen"


def test_a_pasted_book_is_cut(read: Callable[[str], Query]) -> None:
    query = read(" ".join(f"Wort{number}" for number in range(5000)))
    assert len(query.slots) <= MAX_SLOTS
