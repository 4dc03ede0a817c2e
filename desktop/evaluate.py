"""Measures the search on a file of questions with gold sections (docs/retrieval.md says how)."""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from desktop.library import Library
from guidelines_db.results import SearchOutcome

DEPTHS = (1, 3, 5, 10)
MRR_DEPTH = 10
LIMIT = 20  # passages asked for, so that ten different sections are among them

Figures = dict[str, object]


@dataclass(frozen=True)
class Question:
    """One line of the file; ``gold`` are (document, section) pairs, best first."""

    id: str
    collection: str
    text: str
    answerable: bool
    gold: tuple[tuple[str, str], ...]
    hardness: str


@dataclass(frozen=True)
class _Result:
    question: Question
    ranks: tuple[int, ...]  # ranks of the gold sections found
    first: str  # what stood first instead
    ms: float


def read_questions(file: Path) -> list[Question]:
    """Read a question file; raise OSError, ValueError, KeyError or TypeError if it is none."""
    questions = []
    for line in file.read_text(encoding="utf-8").splitlines():
        if not line.strip():
            continue
        values = json.loads(line)
        questions.append(
            Question(
                id=str(values["id"]),
                collection=str(values.get("collection", "")),
                text=str(values["question"]),
                answerable=bool(values.get("answerable", True)),
                gold=tuple((item["document"], item["section"]) for item in values.get("gold", [])),
                hardness=str(values.get("hardness", "")),
            )
        )
    return questions


def ranked_sections(outcome: SearchOutcome) -> list[tuple[str, str]]:
    """Return the sections of the hits in order; passages of one section count once, at their best rank."""
    return list(dict.fromkeys((hit.document.id, hit.section) for hit in outcome.hits))


def evaluate_retrieval(library: Library, questions: Iterable[Question]) -> Figures:
    """Return hit@k, recall@k and MRR@10 over the answerable questions, in all and by collection and hardness."""
    results = []
    for question in questions:
        if not question.answerable or not question.gold:
            continue
        outcome = library.search(question.text, None, LIMIT)
        sections = ranked_sections(outcome)[:MRR_DEPTH]
        ranks = tuple(rank for rank, section in enumerate(sections, 1) if section in question.gold)
        first = " # ".join(sections[0]) if sections else ""
        results.append(_Result(question, ranks, first, outcome.elapsed_ms))
    return {
        "all": _figures(results),
        "by_collection": _grouped(results, lambda result: result.question.collection),
        "by_hardness": _grouped(results, lambda result: result.question.hardness),
        "ms_p50": round(median(result.ms for result in results), 1) if results else None,
        "misses": [
            {
                "id": result.question.id,
                "question": result.question.text,
                "rank": min(result.ranks, default=None),
                "first": result.first,
            }
            for result in results
            if min(result.ranks, default=MRR_DEPTH + 1) > 1
        ],
    }


def _grouped(results: Sequence[_Result], key: Callable[[_Result], str]) -> dict[str, Figures]:
    groups: defaultdict[str, list[_Result]] = defaultdict(list)
    for result in results:
        groups[key(result)].append(result)
    return {name: _figures(group) for name, group in sorted(groups.items())}


def _figures(results: Sequence[_Result]) -> Figures:
    count = len(results) or 1
    figures: Figures = {"questions": len(results)}
    for depth in DEPTHS:
        hits = sum(1 for result in results if min(result.ranks, default=depth + 1) <= depth)
        figures[f"hit@{depth}"] = round(hits / count, 4)
    for depth in DEPTHS:
        recall = sum(
            sum(1 for rank in result.ranks if rank <= depth) / len(result.question.gold) for result in results
        )
        figures[f"recall@{depth}"] = round(recall / count, 4)
    mrr = sum(1 / min(result.ranks) for result in results if result.ranks)
    figures[f"mrr@{MRR_DEPTH}"] = round(mrr / count, 4)
    return figures


def print_retrieval(figures: Figures) -> None:
    """Print the figures as a table, then the misses."""
    groups = [("gesamt", figures["all"])]
    for part in ("by_collection", "by_hardness"):
        members = figures[part]
        if isinstance(members, dict):
            groups += members.items()
    names = [f"hit@{k}" for k in DEPTHS] + [f"recall@{k}" for k in DEPTHS] + [f"mrr@{MRR_DEPTH}"]
    print(f"{'':22}{'Fragen':>7}" + "".join(f"{name:>11}" for name in names))
    for title, values in groups:
        if isinstance(values, dict):
            row = "".join(f"{values[name]:>11.3f}" for name in names)
            print(f"{title:22}{values['questions']:>7}{row}")
    print(f"Suche p50: {figures['ms_p50']} ms")
    misses = figures["misses"]
    if isinstance(misses, list) and misses:
        print("Nicht an erster Stelle:")
        for miss in misses:
            print(f"  {miss['id']} (Rang {miss['rank'] or '–'}): {miss['question']}")
            print(f"      statt dessen: {miss['first']}")
