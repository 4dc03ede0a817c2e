"""The training data: fictional German administrative passages with questions and claims about them.

One JSON object a line: ``id``, ``publisher``, ``heading``, ``sentences``, ``questions`` (``q`` and ``answer``, the
indices of the sentences that answer it; none for a near miss) and ``claims`` (``c``, ``label``, ``evidence``).

The folder ``twins`` holds passages in pairs about the same matter: ``a`` and ``b``, and for each question and claim
what it is to either. Most questions are answered by one twin and a near miss for the other, so that their wording
gives nothing away.

The folder ``further`` holds passages of the first kind that were written later; see docs/reader.md.
"""

from __future__ import annotations

import json
import math
import random
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Sequence

T = TypeVar("T")

DATA_FOLDER = Path(__file__).parent / "data"
TWINS_FOLDER = DATA_FOLDER / "twins"
FURTHER_FOLDER = DATA_FOLDER / "further"
TWIN_LABELS = {"s": 0, "c": 1, "u": 2}
TWIN_NAMES = ("a", "b")
CLAIM_LABELS = ("supported", "contradicted", "unsupported")
SPLIT_SEED = 20_260_117
VALIDATION_SHARE = 0.15
HELD_BACK = 10  # one pair or further passage in so many


class DataError(ValueError):
    """A line of the data breaks the format; the message names file and line."""


@dataclass(frozen=True)
class Question:
    """A question about a passage; ``answer`` holds sentence indices and is empty for a near miss."""

    text: str
    answer: tuple[int, ...]


@dataclass(frozen=True)
class Claim:
    """A statement about a passage with its label, an index into `CLAIM_LABELS`."""

    text: str
    label: int
    evidence: tuple[int, ...]


@dataclass(frozen=True)
class Passage:
    """A passage with everything asked and claimed about it."""

    id: str
    context: str
    sentences: tuple[str, ...]
    questions: tuple[Question, ...]
    claims: tuple[Claim, ...]


def context_line(publisher: str, heading: str) -> str:
    """What stands before a passage's sentences, the same in training and at run time."""
    return f"{publisher}. {heading}."


def load_passages(folder: Path = DATA_FOLDER) -> list[Passage]:
    """All passages in the order of files and lines. Raises `DataError`."""
    return _load(folder, _read)


def load_twins(folder: Path = TWINS_FOLDER) -> list[tuple[Passage, Passage]]:
    """All pairs in the order of files and lines. Raises `DataError`."""
    return _load(folder, _read_twins)


def _load(folder: Path, read: Callable[[dict[str, object]], T]) -> list[T]:
    items: list[T] = []
    for file in sorted(folder.glob("*.jsonl")):
        with file.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, start=1):
                try:
                    items.append(read(json.loads(line)))
                except (KeyError, TypeError, ValueError) as error:
                    raise DataError(f"{file.name}, line {number}: {error}") from error
    return items


def _read_twins(item: dict[str, object]) -> tuple[Passage, Passage]:
    first, second = (_twin(item, name) for name in TWIN_NAMES)
    return first, second


def _twin(item: dict[str, object], name: str) -> Passage:
    text = item[name]
    if not isinstance(text, dict):
        raise TypeError(f"{name} must be an object")
    sentences = tuple(_texts(text["sentences"]))
    questions = tuple(
        Question(str(entry["q"]), _indices(entry[name], len(sentences)))
        for entry in _entries(item["questions"])
    )
    claims = tuple(_twin_claim(entry, name, len(sentences)) for entry in _entries(item["claims"]))
    context = context_line(str(text["publisher"]), str(text["heading"]))
    return Passage(f"{item['id']}{name}", context, sentences, questions, claims)


def _twin_claim(entry: dict[str, object], name: str, count: int) -> Claim:
    verdict = entry[name]
    if not isinstance(verdict, list):
        raise TypeError("a claim's verdict must be a label and a list")
    label, evidence = verdict
    return Claim(str(entry["c"]), TWIN_LABELS[label], _indices(evidence, count))


def _read(item: dict[str, object]) -> Passage:
    sentences = tuple(_texts(item["sentences"]))
    questions = tuple(
        Question(str(entry["q"]), _indices(entry["answer"], len(sentences)))
        for entry in _entries(item["questions"])
    )
    claims = tuple(
        Claim(
            str(entry["c"]),
            CLAIM_LABELS.index(str(entry["label"])),
            _indices(entry["evidence"], len(sentences)),
        )
        for entry in _entries(item["claims"])
    )
    context = context_line(str(item["publisher"]), str(item["heading"]))
    return Passage(str(item["id"]), context, sentences, questions, claims)


def _texts(value: object) -> Iterable[str]:
    if not isinstance(value, list) or not value or not all(isinstance(text, str) and text for text in value):
        raise ValueError("sentences must be a list of texts")
    return value


def _entries(value: object) -> Iterable[dict[str, object]]:
    if not isinstance(value, list) or not all(isinstance(entry, dict) for entry in value):
        raise ValueError("a list of objects is missing")
    return value


def _indices(value: object, count: int) -> tuple[int, ...]:
    if not isinstance(value, list) or not all(
        isinstance(index, int) and 0 <= index < count for index in value
    ):
        raise ValueError(f"sentence indices must lie between 0 and {count - 1}")
    return tuple(value)


def _series(passage: Passage) -> str:
    return passage.id.rpartition("-")[0]


def split_passages(passages: Sequence[Passage]) -> tuple[list[Passage], list[Passage]]:
    """Training and validation passages: a fixed share of each file's passages, drawn with a fixed seed."""
    by_topic: dict[str, list[Passage]] = {}
    for passage in passages:
        by_topic.setdefault(_series(passage), []).append(passage)
    chance = random.Random(SPLIT_SEED)  # noqa: S311 - a repeatable draw, nothing secret
    held_back = {
        passage.id
        for topic in sorted(by_topic)
        for passage in chance.sample(by_topic[topic], round(VALIDATION_SHARE * len(by_topic[topic])))
    }
    training = [passage for passage in passages if passage.id not in held_back]
    return training, [passage for passage in passages if passage.id in held_back]


def split_twins(
    twins: Sequence[tuple[Passage, Passage]], series: Container[str] | None = None
) -> tuple[list[Passage], list[Passage]]:
    """Passages of the pairs of ``series`` (None: of all) to train on, and of every tenth pair, which is held back."""
    return _split_by_series([pair for pair in twins if series is None or _series(pair[0]) in series])


def split_further(passages: Sequence[Passage]) -> tuple[list[Passage], list[Passage]]:
    """Further passages to train on, and every tenth of each series, which is held back."""
    return _split_by_series([(passage,) for passage in passages])


def _split_by_series(groups: Sequence[tuple[Passage, ...]]) -> tuple[list[Passage], list[Passage]]:
    training: list[Passage] = []
    held_back: list[Passage] = []
    seen: Counter[str] = Counter()
    for group in groups:
        series = _series(group[0])
        (held_back if seen[series] % HELD_BACK == 0 else training).extend(group)
        seen[series] += 1
    return training, held_back


class QuestionOnlyBaseline:
    """Naive Bayes on a question's words alone (Laplace smoothing): what the wording gives away.

    A model is only worth what it knows beyond this; a question whose wording betrays its label weighs less in
    training (`betrayal`).
    """

    def __init__(self, questions: Iterable[Question]) -> None:
        self._words: tuple[Counter[str], Counter[str]] = (Counter(), Counter())
        for question in questions:
            self._words[bool(question.answer)].update(_features(question.text))
        self._vocabulary = len(self._words[0] | self._words[1])

    def log_odds(self, text: str) -> float:
        """Natural log of the odds that a question so worded is answerable, from its wording alone."""
        return sum(self._log(1, word) - self._log(0, word) for word in _features(text))

    def _log(self, label: int, word: str) -> float:
        counts = self._words[label]
        return math.log((counts[word] + 1) / (counts.total() + self._vocabulary))


def _features(text: str) -> list[str]:
    words: list[str] = re.findall(r"\w+|[?!]", text.lower())
    return [*words, f"^{words[0]}" if words else "^"]


def betrayal(questions: Sequence[Question], folds: int = 5) -> list[float]:
    """For each question, the cross-fitted probability (0..1) that its wording alone gives to its true label."""
    result = [0.5] * len(questions)
    for fold in range(folds):
        baseline = QuestionOnlyBaseline(
            question for index, question in enumerate(questions) if index % folds != fold
        )
        for index in range(fold, len(questions), folds):
            odds = baseline.log_odds(questions[index].text)
            sign = 1 if questions[index].answer else -1
            result[index] = 1 / (1 + math.exp(-max(-30.0, min(30.0, sign * odds))))
    return result
