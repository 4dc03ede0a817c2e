"""What the acceptance test makes of its measurements: recommendation, report, verdict, default."""

import json
from dataclasses import replace

import pytest

from desktop.model_check import ModelFigures, report_on, shipped_questions
from desktop.model_verdicts import Verdict, Verdicts
from desktop.paths import Paths
from desktop.start import make_writer
from desktop.texts import model_check as texts
from models.catalogue import default_entry, load_catalogue
from models.model_file import sha256_of

GOOD = ModelFigures(
    questions=12,
    answerable=6,
    written=10,
    shown=8,
    worded=5,
    complete=4,
    unsupported=0,
    silent=3,
    write_tokens_per_s=12.34,
    read_tokens_per_s=80.0,
    seconds=6.5,
    memory=1_900_000_000,
    threads=2,
)


@pytest.fixture
def model(tmp_path):
    """A file that no catalogue knows, in a model folder."""
    file = tmp_path / "models" / "eigenes.gguf"
    file.parent.mkdir()
    file.write_bytes(b"GGUF and more")
    return file


@pytest.fixture
def paths(tmp_path, model):
    """Paths whose only model is the unknown one."""
    return Paths(tmp_path / "data", tmp_path / "share", (model.parent,))


@pytest.fixture
def verdict(model):
    """A verdict that allows the unknown model."""
    return Verdict(sha256_of(model), "eigenes", True, "2026-11-22T10:00:00+01:00")


def test_the_questions_are_half_without_an_answer():
    questions = shipped_questions()
    assert len(questions) == 12
    assert sum(question.answerable for question in questions) == 6
    assert all(bool(question.nuggets) == question.answerable for question in questions)
    assert len({question.id for question in questions}) == 12


@pytest.mark.parametrize(
    ("change", "reasons"),
    [
        ({}, ()),
        ({"unsupported": 1}, ("unsupported",)),
        ({"shown": 5}, ("few_checked",)),
        ({"worded": 2, "complete": 2}, ("few_shown",)),
        ({"complete": 2}, ("off_point",)),
        ({"write_tokens_per_s": 1.9}, ("slow",)),
        ({"written": 0, "shown": 0, "worded": 0, "complete": 0}, ("few_shown",)),
    ],
)
def test_every_shortcoming_forbids_wording(change, reasons):
    figures = replace(GOOD, **change)
    assert figures.shortcomings() == reasons
    assert figures.allowed is not bool(reasons)


def test_the_report_is_one_german_page(model, verdict):
    page = report_on(GOOD, verdict, model)
    assert page.startswith("# Prüfbericht")
    assert texts.ALLOWED in page
    assert "8 von 10 (80 %)" in page
    assert "12,3 Wortteile je Sekunde" in page
    assert "1,9 GB" in page
    assert "22.11.2026, 10:00 Uhr" in page
    assert verdict.sha256 in page
    assert "{" not in page
    assert len(page.splitlines()) < 60


def test_the_report_gives_the_reasons_of_a_refusal(model, verdict):
    page = report_on(replace(GOOD, unsupported=2, complete=1), replace(verdict, allowed=False), model)
    assert texts.REFUSED in page
    assert texts.REASONS["unsupported"] in page
    assert texts.REASONS["off_point"] in page
    assert texts.REASONS["slow"] not in page


def test_an_unknown_model_words_nothing_until_it_has_passed(paths, model, verdict):
    verdicts = Verdicts(paths.verdicts, paths.stamps)
    assert make_writer(paths) is None
    page = verdicts.keep(verdict, "# Bericht")
    assert page.read_text(encoding="utf-8") == "# Bericht"
    assert verdicts.of(model) == verdict
    writer = make_writer(paths)
    assert writer is not None
    assert writer.file == model
    verdicts.keep(replace(verdict, allowed=False), "# Bericht")
    assert make_writer(paths) is None


def test_a_verdict_follows_the_content_of_the_file(paths, model, verdict):
    verdicts = Verdicts(paths.verdicts, paths.stamps)
    verdicts.keep(verdict, "")
    renamed = model.rename(model.with_name("anders.gguf"))
    assert verdicts.of(renamed) == verdict
    renamed.write_bytes(b"GGUF of another model")
    assert verdicts.of(renamed) is None


@pytest.mark.parametrize("content", ["", "{}", "[1]", "no json", '{"sha256": "other"}'])
def test_an_unreadable_verdict_is_none(paths, model, verdict, content):
    verdicts = Verdicts(paths.verdicts, paths.stamps)
    verdicts.keep(verdict, "")
    [file] = paths.verdicts.glob("*.json")
    file.write_text(content)
    assert verdicts.of(model) is None
    assert not verdicts.may_word(model, None)


def test_the_catalogue_speaks_for_its_models_until_a_test_here_says_otherwise(paths, model, verdict):
    verdicts = Verdicts(paths.verdicts, paths.stamps)
    entry = default_entry("llm")
    assert verdicts.may_word(model, entry) is entry.words_answers
    assert not any(known.words_answers for known in load_catalogue().values() if known.role == "encoder")
    verdicts.keep(replace(verdict, allowed=not entry.words_answers), "")
    assert verdicts.may_word(model, entry) is not entry.words_answers


def test_a_verdict_is_plain_json(paths, verdict):
    Verdicts(paths.verdicts, paths.stamps).keep(verdict, "")
    [file] = paths.verdicts.glob("*.json")
    assert json.loads(file.read_text(encoding="utf-8"))["allowed"] is True
