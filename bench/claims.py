"""What keeps false sentences out of a worded answer: the string checks, the reader's claim check, and both.

    python -m bench.claims [--passages N] [--write]

True and false sentences are made from those of the shipped collections, always the same ones: copied, shortened, with
a number changed, a denial put in or left out, another modal verb, two halves of different sentences, another place or
actor. The limit of the reader's veto is chosen so that it seldom stops a shortened sentence, on the documents of one
half and on those of the other; the higher one is kept, and the figures are those of each half under the limit of the
other. ``python -m bench.calibrate --write`` fits it too.
"""

import argparse
import random
import re
import sys
import tempfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bench.keep import keep_calibration
from desktop.checks import check_sentence
from desktop.paths import find_paths
from desktop.reading import PassageReader
from desktop.start import make_reader
from guidelines_db.corpus import read_corpus
from guidelines_db.passages import cut_section
from models.prompt import INSTRUCTIONS
from models.reader.made_claims import SHORTEST, denied, joined, recounted, shortened

PASSAGES = 160  # of which false sentences are made; the shortened ones are few and come from all
TRUE_STOPPED = 0.02  # of the true shortened sentences may fall to the reader's veto
TRUE_KINDS = ("copied", "shortened")

_MODALS = {
    "muss": "kann",
    "müssen": "können",
    "darf": "muss",
    "dürfen": "müssen",
    "soll": "muss",
    "sollen": "müssen",
    "sollte": "muss",
    "sollten": "müssen",
    "kann": "muss",
    "können": "müssen",
    "erlaubt": "verboten",
    "verboten": "erlaubt",
    "zulässig": "verboten",
    "empfiehlt": "verlangt",
}
_EXCHANGED = tuple(
    tuple(group.split())
    for group in (
        "Essen Wien Berlin Hamburg München Köln Stuttgart Zürich Freiburg Barcelona Schorndorf Bremen",
        "Baden-Württemberg Bayern Nordrhein-Westfalen Hessen Sachsen Deutschland Österreich",
        "Gemeinderat Bürgermeister Landrat Bund Landkreis Träger Ausschuss Personalrat",
        "Stadt Gemeinde Verwaltung Schule Kommission Rechtsaufsicht Landesregierung Schulleitung",
        "Land Jugendamt Ministerium Rathaus Rechtsamt Personalamt",
    )
)
_BRACKETS = re.compile(r" \([^()]*\)")
_SECOND_HALF = re.compile(r"; [^;]*\.$")


@dataclass(frozen=True)
class Made:
    """A sentence, how it was made, and what a model would have been given for it."""

    kind: str
    text: str
    source: str  # the verbatim sentence it was made from
    evidence: tuple[str, ...]
    context: str
    half: int  # of the documents, 0 or 1

    @property
    def true(self) -> bool:
        """Whether the evidence says so."""
        return self.kind in TRUE_KINDS


@dataclass(frozen=True)
class Judged:
    """A made sentence, whether the string checks stop it, and the reader's log odds against it."""

    made: Made
    stopped: bool
    against: float

    def vetoed(self, limit: float) -> bool:
        """Whether the reader stops it; it is not asked about verbatim copies."""
        return self.made.text != self.made.source and self.against >= limit


def cut_short(sentence: str) -> str:
    """Leave out what the rest does not need: a side clause, brackets or what follows a semicolon."""
    ways = (shortened(sentence), _BRACKETS.sub("", sentence), _SECOND_HALF.sub(".", sentence))
    return next((text for text in ways if text != sentence and len(text.split()) >= SHORTEST), "")


def other_modal(sentence: str, chance: random.Random) -> str:
    """Put another modal verb in; "" where there is none."""
    found = [match for match in re.finditer(r"\w+", sentence) if match[0] in _MODALS]
    return _put(sentence, match, _MODALS[match[0]]) if (match := _one_of(found, chance)) else ""


def exchanged(sentence: str, chance: random.Random) -> str:
    """Put another place or actor in; "" where none of the known ones stands."""
    found = [
        (match, group)
        for group in _EXCHANGED
        for match in re.finditer(rf"\b(?:{'|'.join(group)})\b(?!-)", sentence)
    ]
    if not found:
        return ""
    match, group = chance.choice(found)
    return _put(sentence, match, chance.choice([name for name in group if name != match[0]]))


def _one_of(found: Sequence[re.Match[str]], chance: random.Random) -> re.Match[str] | None:
    return chance.choice(found) if found else None


def _put(sentence: str, match: re.Match[str], word: str) -> str:
    return sentence[: match.start()] + word + sentence[match.end() :]


CHANGES: dict[str, Callable[[str, random.Random], str]] = {
    "number": recounted,
    "denial": denied,
    "modal": other_modal,
    "exchanged": exchanged,
}


def make_sentences(passages: int, seed: int = 1) -> list[Made]:
    """Return every sentence of the shipped collections that can be shortened, and others from some passages."""
    chance = random.Random(seed)  # noqa: S311 - repeatable draws, no secret
    found = list(_passages())
    chance.shuffle(found)
    return [
        Made(kind, text, source, sentences, context, zlib.crc32(document.encode()) % 2)
        for number, (document, context, sentences) in enumerate(found)
        for kind, text, source in (*_shortened(sentences), *_changed(sentences, chance, number < passages))
    ]


def _passages() -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Document, context and sentences of every passage with two sentences worth changing."""
    for collection in read_corpus():
        for document in collection.documents:
            for section in document.sections:
                for passage in cut_section(section.text):
                    sentences = tuple(passage.text[start:end] for start, end in passage.sentences)
                    if sum(map(_worth, sentences)) > 1:
                        context = f"{document.publisher}. {document.title}. {section.heading}."
                        yield document.id, context, sentences


def _worth(sentence: str) -> bool:
    return len(sentence.split()) >= SHORTEST and sentence.endswith(".")


def _shortened(sentences: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    for sentence in filter(_worth, sentences):
        if text := cut_short(sentence):
            yield "shortened", text, sentence


def _changed(sentences: Sequence[str], chance: random.Random, wanted: bool) -> Iterator[tuple[str, str, str]]:
    if not wanted:
        return
    first, second = chance.sample([sentence for sentence in sentences if _worth(sentence)], 2)
    yield "copied", first, first
    texts = {
        "spliced": joined(first, second),
        **{kind: change(first, chance) for kind, change in CHANGES.items()},
    }
    for kind, text in texts.items():
        if text and text not in sentences:
            yield kind, text, first


def judge_all(made: Sequence[Made], reader: PassageReader) -> list[Judged]:
    """Let both checks judge every sentence; the reader reads the one sentence that is to bear it out."""
    judged = []
    for item in made:
        failure = check_sentence(item.text, {1: item.evidence}, {1: item.context}, INSTRUCTIONS).failure
        verdict = reader.verify(item.text, [item.source], item.context)
        if verdict is not None:
            judged.append(Judged(item, bool(failure), verdict.against))
    return judged


def choose_limits(judged: Sequence[Judged]) -> tuple[float, float]:
    """Return for each half of the documents the log odds from which the reader would stop a sentence there."""
    first, second = (
        [item.against for item in judged if item.made.half == half and item.made.kind == "shortened"]
        for half in (0, 1)
    )
    return float(np.quantile(first, 1 - TRUE_STOPPED)), float(np.quantile(second, 1 - TRUE_STOPPED))


def report(judged: Sequence[Judged], limits: tuple[float, float]) -> None:
    """Print for each kind of sentence which share is stopped by what, each half under the limit of the other."""

    def limit(item: Judged) -> float:
        return limits[1 - item.made.half]

    print(f"reader's veto from log odds of {limits[0]:.2f} or {limits[1]:.2f} on (each half's own)")
    print(f"  {'':10} {'sentences':>9} {'strings':>8} {'reader':>7} {'either':>7}")
    groups = {kind: [item for item in judged if item.made.kind == kind] for kind in _kinds(judged)}
    groups |= {
        "true": [item for item in judged if item.made.true],
        "false": [item for item in judged if not item.made.true],
    }
    for name, items in groups.items():
        strings = np.mean([item.stopped for item in items])
        reader = np.mean([item.against >= limit(item) for item in items])
        either = np.mean([item.stopped or item.vetoed(limit(item)) for item in items])
        print(f"  {name:10} {len(items):9} {strings:8.3f} {reader:7.3f} {either:7.3f}")
    missed = [item for item in groups["false"] if not item.stopped]
    stopped = sum(item.vetoed(limit(item)) for item in missed)
    print(f"  of {len(missed)} false sentences that the strings let through the reader stops {stopped}")
    for item in missed:
        print(f"    {'stopped' if item.vetoed(limit(item)) else 'shown'}, {item.made.kind}: {item.made.text}")


def _kinds(judged: Sequence[Judged]) -> list[str]:
    return sorted({item.made.kind for item in judged}, key=lambda kind: (kind not in TRUE_KINDS, kind))


def fit_veto(reader: PassageReader, passages: int = PASSAGES) -> dict[str, float]:
    """Print the figures and return the limit as it is kept: the higher one, which stops fewer true sentences."""
    judged = judge_all(make_sentences(passages), reader)
    limits = choose_limits(judged)
    report(judged, limits)
    return {"veto_from": round(max(limits), 4)}


def main(arguments: list[str]) -> int:
    """Print the figures; with --write also keep the limit."""
    parser = argparse.ArgumentParser(prog="python -m bench.claims")
    parser.add_argument("--passages", type=int, default=PASSAGES)
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        reader = make_reader(find_paths(Path(folder)))
        if reader is None:
            print("the reader is missing: python -m models.build fetch", file=sys.stderr)
            return 1
        try:
            fitted = fit_veto(reader, given.passages)
        finally:
            reader.close()
    if given.write:
        keep_calibration({"claims": fitted})
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
