import pytest

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
