from collections import Counter

import pytest

from guidelines_db.analysis import stem
from guidelines_db.compounds import CompoundSplitter

WORDS = (
    "Daten Schutz Folgen Abschätzung Bürger Begehren Verwaltung Akt Kennzeichnung Pflicht Schule Amt Hund Steuer "
    "Unterschrift Quorum Stadt Rat Arbeit Zeit Einwohner Antrag Mitarbeiter Burg Aug"
).split()


@pytest.fixture
def splitter() -> CompoundSplitter:
    return CompoundSplitter(Counter({stem(word): 5 for word in WORDS}), protected=("Augsburg",))


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("Datenschutzfolgenabschätzung", ("daten", "schutz", "folgen", "abschätzung")),
        ("Bürgerbegehren", ("bürger", "begehren")),
        ("Verwaltungsakt", ("verwaltungs", "akt")),
        ("Kennzeichnungspflicht", ("kennzeichnungs", "pflicht")),
        ("Schulamt", ("schul", "amt")),
        ("Hundesteuer", ("hunde", "steuer")),
        ("Unterschriftenquorum", ("unterschriften", "quorum")),
        ("Arbeitszeit", ("arbeits", "zeit")),
    ],
)
def test_splits_with_linking_elements(splitter: CompoundSplitter, word: str, parts: tuple[str, ...]) -> None:
    assert splitter.stems(word) == tuple(stem(part) for part in parts)


@pytest.mark.parametrize(
    "word", ["Augsburg", "Rat", "Mitarbeiterin", "Xylophonbau", "§ 35a", "2024", "", "F13"]
)
def test_leaves_names_numbers_and_unknown_words_whole(splitter: CompoundSplitter, word: str) -> None:
    assert splitter.split(word.lower()) == ()
