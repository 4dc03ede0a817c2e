import pytest

from guidelines_db.german_words import GermanWords
from guidelines_db.spelling import SpellingCorrector

WORDS = {"ganztagsschule": 9, "sitzungssaal": 3, "assistent": 40, "wuppertal": 12, "duisburg": 2, "prompt": 5}


@pytest.fixture
def corrector() -> SpellingCorrector:
    return SpellingCorrector(lambda: WORDS, protected=frozenset({"augsburg"}))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Gantagsschule", "ganztagsschule"),
        ("Sitzungsaal", "sitzungssaal"),
        ("Assisstent", "assistent"),
        ("Wupertal", "wuppertal"),
        ("Promt", "prompt"),
        ("Augsburg", ""),
        ("Hundesteuer", ""),
        ("xyz", ""),
        ("12345", ""),
    ],
)
def test_corrects_near_words_only(corrector: SpellingCorrector, typed: str, meant: str) -> None:
    assert corrector.correct(typed) == meant


def test_a_german_word_is_never_corrected_into_another() -> None:
    near = {"weiter": 9, "drohen": 4, "schwager": 2, "betreuen": 7, "kennzeichnung": 30}
    corrector = SpellingCorrector(lambda: near, german=GermanWords())
    right = ("Wetter", "drehen", "schwanger", "betreten", "Kennzeichnungen")
    assert [corrector.correct(word) for word in right] == [""] * len(right)
    wrong = ("Schwgaer", "betreuenn", "Kennzeichnugn")
    assert [corrector.correct(word) for word in wrong] == ["schwager", "betreuen", "kennzeichnung"]


@pytest.mark.parametrize("word", ["wetter", "gemeinde", "straße", "überweisung", "fahrrad"])
def test_everyday_words_are_german(word: str) -> None:
    assert word in GermanWords()


@pytest.mark.parametrize("word", ["gemiende", "wettter", "überwiesungg", "fahhrad", "", "zzz"])
def test_misspelt_words_are_not(word: str) -> None:
    assert word not in GermanWords()
