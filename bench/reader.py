"""What the reader adds on the development questions: sections, evidence, and knowing when there is no answer.

    python -m bench.reader [--pages N] FILE.jsonl

The questions are for this last word only; nothing is trained or tuned on them.
"""

import argparse
import json
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import platformdirs

from desktop.library import Library
from desktop.paths import find_paths, worker_command
from desktop.start import make_library
from guidelines_db.results import Hit
from guidelines_db.sentences import sentence_spans
from models.build.convert_reader import MODEL_FILE_NAME
from models.client import WorkerClient
from models.encoder import SentenceEncoder
from models.reader.metrics import auc
from models.reader.runtime import PassageText, Reader, Reading, load_heads

EVIDENCE_SENTENCES = (3, 5)
QUESTIONS = Path(__file__).parent.parent / "tests" / "data" / "questions-dev.jsonl"


@dataclass(frozen=True)
class Judged:
    """A question, the hits of the search in its order, and what the reader says about each."""

    question: dict[str, object]
    hits: tuple[Hit, ...]
    readings: tuple[Reading, ...]
    seconds: float


def sentences_of(hit: Hit) -> tuple[str, ...]:
    """The sentences of a hit's passage."""
    return tuple(hit.text[start:end] for start, end in sentence_spans(hit.text))


def passage_text(hit: Hit) -> PassageText:
    """A hit as the reader wants it."""
    parts = dict.fromkeys(part for part in (hit.document.publisher, hit.document.title, hit.section) if part)
    return PassageText(". ".join(parts) + ".", sentences_of(hit))


def judge(library: Library, reader: Reader, question: dict[str, object], count: int) -> Judged:
    """Search, then read the first ``count`` passages."""
    text = str(question["question"])
    hits = library.search(text, limit=max(count, 10)).hits
    start = time.perf_counter()
    readings = reader.judge(text, [passage_text(hit) for hit in hits[:count]])
    return Judged(question, hits, tuple(readings), time.perf_counter() - start)


def hit_at(order: Sequence[Hit], gold: set[tuple[str, str]], count: int) -> bool:
    """Whether a gold section is among the first ``count`` different sections."""
    sections = list(dict.fromkeys((hit.document.id, hit.section) for hit in order))
    return bool(gold & set(sections[:count]))


def nuggets_met(evidence: Sequence[str], nuggets: Sequence[Sequence[str]]) -> float:
    """Share of nugget groups of which one string occurs in the evidence."""
    text = " ".join(evidence).lower()
    return float(np.mean([any(string.lower() in text for string in group) for group in nuggets]))


def by_reader(readings: Sequence[Reading]) -> list[int]:
    """Indices of passages in the order of the reader's scores alone, best first."""
    return sorted(range(len(readings)), key=lambda place: -readings[place].score)


def report(name: str, judged: Sequence[Judged], *, reread: bool) -> None:
    """Print the figures of the search alone, or of search and reader."""
    answerable = [item for item in judged if item.question["answerable"]]
    hits: dict[int, list[bool]] = {1: [], 3: [], 5: []}
    complete: dict[int, list[bool]] = {count: [] for count in EVIDENCE_SENTENCES}
    for item in answerable:
        gold = {(str(entry["document"]), str(entry["section"])) for entry in item.question["gold"]}  # type: ignore[attr-defined]
        order = by_reader(item.readings) if reread else list(range(len(item.readings)))
        ranked = [item.hits[place] for place in order] + list(item.hits[len(item.readings) :])
        for count, results in hits.items():
            results.append(hit_at(ranked, gold, count))
        for count, shares in complete.items():
            evidence = best_sentences(item, count) if reread else [hit.sentence for hit in item.hits[:count]]
            shares.append(nuggets_met(evidence, item.question["nuggets"]) == 1.0)  # type: ignore[arg-type]
    figures = [f"hit@{count} {np.mean(results):.2f}" for count, results in hits.items()]
    figures += [f"complete with {count}: {np.mean(shares):.2f}" for count, shares in complete.items()]
    print(f"{name:18} " + "  ".join(figures))


def best_sentences(item: Judged, count: int) -> list[str]:
    """The ``count`` sentences that the reader thinks answer best, over all passages it read."""
    scored = [
        (score + reading.score, sentence)
        for hit, reading in zip(item.hits, item.readings, strict=False)
        for score, sentence in zip(reading.sentences, sentences_of(hit), strict=True)
    ]
    return [sentence for _, sentence in sorted(scored, key=lambda pair: -pair[0])[:count]]


def main(arguments: Sequence[str] | None = None) -> int:
    """Print all figures."""
    parser = argparse.ArgumentParser(prog="python -m bench.reader", description=__doc__)
    parser.add_argument("file", type=Path, nargs="?", default=QUESTIONS)
    parser.add_argument("--passages", type=int, default=6, help="how many passages are read (default: 6)")
    given = parser.parse_args([] if arguments is None else arguments)
    questions = [json.loads(line) for line in given.file.read_text(encoding="utf-8").splitlines()]
    model = platformdirs.user_cache_path("leitstern", appauthor=False) / "models" / MODEL_FILE_NAME
    encoder = SentenceEncoder(WorkerClient(worker_command()), model)
    library = make_library(find_paths())
    try:
        reader = Reader(lambda parts: [rows for _, rows in encoder.encode_sections(parts)], load_heads())
        judged = [judge(library, reader, question, given.passages) for question in questions]
    finally:
        library.close()
        encoder.close()
    report("search", judged, reread=False)
    report("ranked by reader", judged, reread=True)
    truth = [bool(item.question["answerable"]) for item in judged]
    scores = {
        "the search's score": [item.hits[0].score if item.hits else 0.0 for item in judged],
        "reader, first passage": [item.readings[0].score if item.readings else -99.0 for item in judged],
        "reader, best passage": [max((r.score for r in item.readings), default=-99.0) for item in judged],
    }
    for name, values in scores.items():
        print(f"answerable, AUC of {name:22} {auc(values, truth):.2f}")
    print(f"reading takes      {np.median([item.seconds for item in judged]):.2f} s in the median")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
