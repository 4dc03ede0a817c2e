"""Every problem has a German sentence; dates and numbers read as in Germany."""

import re
from pathlib import Path

import pytest

from desktop.texts import window as texts
from desktop.texts.problems import PROBLEMS, explain

ROOT = Path(__file__).parents[2]


def _keys_in_the_code() -> set[str]:
    found = set()
    for package in ("desktop", "models", "guidelines_db"):
        for file in (ROOT / package).rglob("*.py"):
            code = file.read_text(encoding="utf-8")
            found |= set(re.findall(r'^    key(?:: str)? = "(\w+)"', code, re.MULTILINE))
            found |= {
                key
                for pair in re.findall(r'HistoryError\("(\w+)"\)|_problem = "(\w+)"', code)
                for key in pair
            }
    return found - {"", "guidelines"}  # the base class is never raised itself


@pytest.mark.parametrize("key", sorted(_keys_in_the_code()))
def test_every_problem_has_a_sentence(key: str) -> None:
    assert key in PROBLEMS


@pytest.mark.parametrize("key", sorted(PROBLEMS))
def test_sentences_are_whole(key: str) -> None:
    text = PROBLEMS[key]
    assert text.sentence.endswith(".")
    assert not text.remedy or text.remedy.endswith(".")


def test_an_unknown_problem_is_a_programme_error() -> None:
    assert explain("never heard of").sentence == PROBLEMS["unexpected"].sentence


@pytest.mark.parametrize(
    ("iso", "german"),
    [
        ("2026-11-22", "22.11.2026"),
        ("2024-10", "Oktober 2024"),
        ("2025", "2025"),
        ("", ""),
        ("2026-13-01", "2026-13-01"),
        ("2026-15", "2026-15"),
        ("bald", "bald"),
    ],
)
def test_dates(iso: str, german: str) -> None:
    assert texts.german_date(iso) == german


def test_the_legend_says_only_what_is_there() -> None:
    assert texts.legend(best=False, evidence=False) == ""
    assert "unterstrichen" not in texts.legend(best=True, evidence=False)
    assert "Fett" not in texts.legend(best=False, evidence=True)
    assert "Fett" in texts.legend(best=True, evidence=True)


def test_numbers() -> None:
    assert texts.count(1, "Dokument", "Dokumente") == "1 Dokument"
    assert texts.count(1204, "Dokument", "Dokumente") == "1.204 Dokumente"
    assert texts.seconds(80) == "0,08 s"
    assert texts.seconds(4100) == "4,1 s"
    assert texts.reading(40, 100) == "Das Modell liest die Belege (40 %)"
    assert texts.reading(1, 0) == "Das Modell liest die Belege (0 %)"
    assert texts.german_moment("2026-11-22T14:05:10+01:00") == "22.11.2026, 14:05 Uhr"
