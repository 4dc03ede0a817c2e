"""Measures answers on a file of questions with nuggets: evidence, wording, states (docs/answers.md)."""

import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop.answer import Answer, State
from desktop.assistant import Assistant
from desktop.strict_check import unsupported_reason

BUCKETS = 5  # of the calibration table

Figures = dict[str, object]


@dataclass(frozen=True)
class AnswerQuestion:
    """One line of the file."""

    id: str
    collection: str
    text: str
    answerable: bool
    nuggets: tuple[tuple[str, ...], ...]
    kind: str
    hardness: str


@dataclass(frozen=True)
class AnswerResult:
    """A question with its answer and what was found wrong with the shown sentences."""

    question: AnswerQuestion
    answer: Answer
    unsupported: tuple[str, ...]

    @property
    def share(self) -> float:
        """Share of nugget groups that the evidence holds; 0 for a refusal."""
        return 0.0 if self.answer.refused else met_share(self.answer.evidence, self.question.nuggets)

    @property
    def worded_share(self) -> float:
        """The same for the worded answer alone."""
        return met_share([sentence.text for sentence in self.answer.sentences], self.question.nuggets)


def read_answer_questions(file: Path) -> list[AnswerQuestion]:
    """Read a question file; raise OSError, ValueError, KeyError or TypeError if it is none."""
    questions = []
    for line in file.read_text(encoding="utf-8").splitlines():
        if line.strip():
            values = json.loads(line)
            questions.append(
                AnswerQuestion(
                    id=str(values["id"]),
                    collection=str(values.get("collection", "")),
                    text=str(values["question"]),
                    answerable=bool(values.get("answerable", True)),
                    nuggets=tuple(tuple(str(item) for item in group) for group in values.get("nuggets", [])),
                    kind=str(values.get("type", "")),
                    hardness=str(values.get("hardness", "")),
                )
            )
    return questions


def met_share(texts: Sequence[str], nuggets: Sequence[Sequence[str]]) -> float:
    """Return the share of groups of which one string occurs in ``texts``, upper and lower case alike."""
    if not nuggets:
        return 0.0
    text = " ".join(" ".join(texts).split()).lower()
    return sum(any(item.lower() in text for item in group) for group in nuggets) / len(nuggets)


def evaluate_answers(
    assistant: Assistant,
    questions: Iterable[AnswerQuestion],
    on_progress: Callable[[int, int], None] | None = None,
) -> Figures:
    """Ask every question and return all figures."""
    asked = list(questions)
    results = []
    for number, question in enumerate(asked, 1):
        answer = assistant.ask(question.text)
        results.append(AnswerResult(question, answer, unsupported_sentences(answer)))
        if on_progress:
            on_progress(number, len(asked))
    return {
        "all": _figures(results),
        "by_collection": _grouped(results, lambda result: result.question.collection),
        "by_type": _grouped(results, lambda result: result.question.kind),
        "by_hardness": _grouped(results, lambda result: result.question.hardness),
        "states": _states(results),
        "calibration": _calibration(results),
        "wrong": [
            {
                "id": result.question.id,
                "question": result.question.text,
                "state": result.answer.state.value,
                "probability": result.answer.probability,
                "evidence_share": round(result.share, 2),
                "unsupported": list(result.unsupported),
            }
            for result in results
            if _is_wrong(result)
        ],
    }


def unsupported_sentences(answer: Answer) -> tuple[str, ...]:
    """Name the shown sentences that the strict check does not find in the evidence of the passages they cite."""
    found = []
    for sentence in answer.sentences:
        cited = [answer.sources[number - 1] for number in sentence.citations]
        material = [
            piece
            for hit in cited
            for piece in (*re.split(r"(?<=[.!?])\s+", hit.text), hit.section, hit.document.title)
        ] + [hit.document.publisher for hit in cited]
        if reason := unsupported_reason(sentence.text, material):
            found.append(f"{sentence.text} ({reason})")
    return tuple(found)


def _is_wrong(result: AnswerResult) -> bool:
    if result.question.answerable:
        return result.answer.refused or result.share < 1 or bool(result.unsupported)
    return result.answer.state is State.SUPPORTED or bool(result.unsupported)


def _figures(results: Sequence[AnswerResult]) -> Figures:
    answerable = [result for result in results if result.question.answerable]
    others = [result for result in results if not result.question.answerable]
    worded = [result for result in answerable if result.answer.sentences]
    return {
        "questions": len(results),
        "evidence_complete": _share(answerable, lambda result: result.share == 1),
        "evidence_mean_share": _mean([result.share for result in answerable]),
        "evidence_words": _mean(
            [
                len(" ".join(result.answer.evidence).split())
                for result in answerable
                if not result.answer.refused
            ]
        ),
        "worded_shown": _share(answerable, lambda result: bool(result.answer.sentences)),
        "worded_complete": _share(worded, lambda result: result.worded_share == 1),
        "unsupported_sentences": sum(len(result.unsupported) for result in results),
        "false_refusals": _share(answerable, lambda result: result.answer.refused),
        "missed_refusals": _share(others, lambda result: not result.answer.refused),
        "unanswerable_called_supported": _share(
            others, lambda result: result.answer.state is State.SUPPORTED
        ),
    }


def _states(results: Sequence[AnswerResult]) -> Figures:
    states: Figures = {}
    for state in State:
        members = [result for result in results if result.answer.state is state]
        states[state.value] = {
            "questions": len(members),
            "answerable": _share(members, lambda result: result.question.answerable),
            "right": _share(members, lambda result: result.question.answerable and result.share > 0),
        }
    return states


def _calibration(results: Sequence[AnswerResult]) -> list[Figures]:
    table: list[Figures] = []
    for bucket in range(BUCKETS):
        low, high = bucket / BUCKETS, (bucket + 1) / BUCKETS
        members = [
            result
            for result in results
            if low <= result.answer.probability < high or (high == 1 and result.answer.probability == 1)
        ]
        table.append(
            {
                "from": low,
                "to": high,
                "questions": len(members),
                "predicted": _mean([result.answer.probability for result in members]),
                "answerable": _share(members, lambda result: result.question.answerable),
            }
        )
    return table


def _grouped(results: Sequence[AnswerResult], key: Callable[[AnswerResult], str]) -> dict[str, Figures]:
    groups: defaultdict[str, list[AnswerResult]] = defaultdict(list)
    for result in results:
        groups[key(result)].append(result)
    return {name: _figures(group) for name, group in sorted(groups.items())}


def _share(results: Sequence[AnswerResult], holds: Callable[[AnswerResult], bool]) -> float | None:
    return round(sum(map(holds, results)) / len(results), 4) if results else None


def _mean(values: Sequence[float]) -> float | None:
    return round(sum(values) / len(values), 3) if values else None


def print_answers(figures: Figures) -> None:
    """Print the figures for a person."""
    groups = {"gesamt": figures["all"]}
    for part in ("by_collection", "by_type", "by_hardness"):
        members = figures[part]
        if isinstance(members, dict):
            groups |= members
    for title, values in groups.items():
        if isinstance(values, dict):
            shown = "  ".join(f"{name} {'–' if value is None else value}" for name, value in values.items())
            print(f"{title:18} {shown}")
    for part in ("states", "calibration", "wrong"):
        print(f"{part}:")
        members = figures[part]
        rows = (
            members.items()
            if isinstance(members, dict)
            else enumerate(members)
            if isinstance(members, list)
            else ()
        )
        for name, row in rows:
            print(f"  {name}: {row}")
