"""The reader's data: whole, split by passage, and not given away by the questions' wording alone."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from models.reader.data import (
    CLAIM_LABELS,
    FURTHER_FOLDER,
    DataError,
    QuestionOnlyBaseline,
    betrayal,
    load_passages,
    load_twins,
    split_further,
    split_passages,
    split_twins,
)

if TYPE_CHECKING:
    from pathlib import Path


def test_the_data_is_whole() -> None:
    passages = load_passages()
    assert len(passages) == 360
    assert len({passage.id for passage in passages}) == 360
    questions = [question for passage in passages for question in passage.questions]
    claims = [claim for passage in passages for claim in passage.claims]
    assert len(questions) == 2880
    assert sum(bool(question.answer) for question in questions) == 1440
    assert [sum(claim.label == label for claim in claims) for label in range(3)] == [360, 360, 360]
    assert all(bool(claim.evidence) == (CLAIM_LABELS[claim.label] != "unsupported") for claim in claims)


def test_the_twins_are_whole_and_their_questions_have_both_labels() -> None:
    twins = load_twins()
    assert len(twins) == 624
    assert len({passage.id for pair in twins for passage in pair}) == 1248
    for first, second in twins:
        assert [question.text for question in first.questions] == [q.text for q in second.questions]
        answered = [
            (bool(a.answer), bool(b.answer)) for a, b in zip(first.questions, second.questions, strict=True)
        ]
        assert answered.count((False, False)) == 1
        alone = answered.count((True, False)), answered.count((False, True))
        assert min(alone) >= 2
        assert sum(alone) >= 6, "most questions are answered by one of the two"
        different = [a.label != b.label for a, b in zip(first.claims, second.claims, strict=True)]
        assert sum(different) >= 4
        claims = (*first.claims, *second.claims)
        assert all(bool(claim.evidence) == (CLAIM_LABELS[claim.label] != "unsupported") for claim in claims)


def test_the_further_passages_are_whole_and_new() -> None:
    further = load_passages(FURTHER_FOLDER)
    assert len({passage.id for passage in further}) == len(further) == 2790
    for passage in further:
        assert [bool(question.answer) for question in passage.questions].count(True) == 4
        assert len(passage.questions) == 8
        labels = Counter(claim.label for claim in passage.claims)
        assert labels[0] == labels[1] == labels[2] in {2, 3}
        assert all(bool(claim.evidence) == (claim.label != 2) for claim in passage.claims)
    asked = {question.text for passage in load_passages() for question in passage.questions}
    assert not asked & {question.text for passage in further for question in passage.questions}
    training, held_back = split_further(further)
    assert (len(training), len(held_back)) == (2511, 279)


def test_the_wording_of_further_questions_gives_little_away() -> None:
    training, held_back = split_further(load_passages(FURTHER_FOLDER))
    baseline = QuestionOnlyBaseline(question for passage in training for question in passage.questions)
    questions = [question for passage in held_back for question in passage.questions]
    right = sum((baseline.log_odds(question.text) > 0) == bool(question.answer) for question in questions)
    assert right / len(questions) == pytest.approx(0.65, abs=0.01)  # as docs/reader.md says


def test_both_twins_stand_on_the_same_side_of_the_split() -> None:
    training, held_back = split_twins(load_twins())
    assert (len(training), len(held_back)) == (1122, 126)
    pairs = [{passage.id[:-1] for passage in side} for side in (training, held_back)]
    assert not pairs[0] & pairs[1]


def test_the_wording_of_twins_gives_next_to_nothing_away() -> None:
    training, held_back = split_twins(load_twins())
    baseline = QuestionOnlyBaseline(question for passage in training for question in passage.questions)
    questions = [question for passage in held_back for question in passage.questions]
    right = sum((baseline.log_odds(question.text) > 0) == bool(question.answer) for question in questions)
    assert right / len(questions) == pytest.approx(0.55, abs=0.01)  # only questions to both or neither tell


def test_the_split_is_by_passage_even_and_always_the_same() -> None:
    passages = load_passages()
    training, validation = split_passages(passages)
    assert (training, validation) == split_passages(passages)
    assert not {passage.id for passage in training} & {passage.id for passage in validation}
    topics = [passage.id.split("-")[0] for passage in validation]
    assert {topics.count(topic) for topic in topics} == {9}
    training_texts = {question.text for passage in training for question in passage.questions}
    assert not training_texts & {question.text for passage in validation for question in passage.questions}


def test_wording_alone_gives_away_as_much_as_is_stated() -> None:
    training, validation = split_passages(load_passages())
    baseline = QuestionOnlyBaseline(question for passage in training for question in passage.questions)
    questions = [question for passage in validation for question in passage.questions]
    right = sum((baseline.log_odds(question.text) > 0) == bool(question.answer) for question in questions)
    assert right / len(questions) == pytest.approx(0.66, abs=0.01)  # as docs/reader.md says


def test_betrayal_is_a_probability_of_the_true_label() -> None:
    questions = [question for passage in load_passages() for question in passage.questions]
    shares = betrayal(questions)
    assert len(shares) == len(questions)
    assert all(0 <= share <= 1 for share in shares)
    assert 0.5 < sum(share > 0.5 for share in shares) / len(shares) < 0.68


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("sentences", []),
        ("questions", [{"q": "Wann?", "answer": [5]}]),
        ("claims", [{"c": "x", "label": "maybe"}]),
    ],
)
def test_a_broken_line_is_named(tmp_path: Path, field: str, value: object) -> None:
    item = {
        "id": "x-1",
        "publisher": "Stadt",
        "heading": "Satzung",
        "sentences": ["Ein Satz."],
        "questions": [],
        "claims": [],
    }
    good = json.dumps(item)
    bad = json.dumps({**item, field: value})
    (tmp_path / "x.jsonl").write_text(f"{good}\n{bad}\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"x\.jsonl, line 2"):
        load_passages(tmp_path)


@pytest.mark.parametrize(
    "change", [{"a": []}, {"claims": [{"c": "x", "a": "s", "b": ["u", []]}]}, {"questions": 1}]
)
def test_a_broken_pair_is_named(tmp_path: Path, change: dict[str, object]) -> None:
    text = {"publisher": "Stadt", "heading": "Satzung", "sentences": ["Ein Satz."]}
    item = {"id": "x-1", "a": text, "b": text, "questions": [], "claims": [], **change}
    (tmp_path / "x.jsonl").write_text(json.dumps(item), encoding="utf-8")
    with pytest.raises(DataError, match=r"x\.jsonl, line 1"):
        load_twins(tmp_path)
