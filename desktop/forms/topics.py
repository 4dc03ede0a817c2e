"""Which documents deal with a topic, and the passage and sentence of each that shows it."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from desktop.forms.form import Demand
from desktop.forms.says import MET, names_root, root_of, says_so
from desktop.forms.shelf import Shelved
from guidelines_db.analysis import content_terms
from guidelines_db.index_reader import IndexReader
from guidelines_db.query import QueryTools, Slot, read_question
from guidelines_db.results import CollectionInfo, Hit, StoredPassage
from guidelines_db.sentence_choice import SentenceChooser
from guidelines_db.vectors import Vector

MAX_WORDS = 3  # content words of a topic; more is a case, not a topic
SAID, ROOTED = 2.0, 0.5  # for the choice of a sentence, beside the share of the topic's words in it
MAX_READ = 1_500  # passages of an index; about a second
STANDS_FOR = 0.6  # weight from which a variant is the word in another form, not just one of like meaning


@dataclass(frozen=True)
class Shown:
    """A document by the passage that shows what was asked for."""

    hit: Hit
    says_so: bool  # the sentence says what is demanded
    named: bool  # a sentence names the topic
    own_section: bool  # a section of its own: tagged with the topic, or the word stands in heading or title


@dataclass(frozen=True)
class _Candidate:
    stored: StoredPassage
    sentence: int | None  # None if no sentence names the topic, only its heading or its tag
    says: bool
    heads: bool
    tagged: bool
    score: float

    @property
    def order(self) -> tuple[bool, bool, bool, float, int]:
        return (
            self.says,
            self.sentence is not None and (self.heads or self.tagged),
            self.heads,
            self.score,
            -self.stored.id,
        )


class TopicSearch:
    """Looks for one topic in whole collections. ``words`` are its content words, none if it has no usable one."""

    def __init__(self, topic: str, demand: Demand, tools: QueryTools) -> None:
        """Read ``topic`` with ``tools``."""
        self._demand = demand
        self._tools = tools
        self.cut = False  # more passages name the topic than could be read
        self._chooser = SentenceChooser(tools.splitter)
        slots = tuple(_strict(slot) for slot in read_question(topic, tools).slots)
        usable = 0 < len(slots) <= MAX_WORDS and all(slot.known or slot.variants for slot in slots)
        self.words: tuple[Slot, ...] = slots if usable else ()
        self._root = root_of(slots[0].surface) if slots else ""
        rarity = np.array(
            [1 / math.log(2 + tools.passage_count(slot.term)) for slot in slots], dtype=np.float32
        )
        self._weights = rarity / (rarity.sum() or 1.0)
        self._has_root = bool(slots) and self._root != slots[0].surface

    def run(self, documents: Iterable[Shelved], collections: Sequence[CollectionInfo]) -> list[Shown]:
        """Return the documents that deal with the topic, each with its best passage."""
        wanted: dict[IndexReader, set[int]] = {}
        for document in documents:
            wanted.setdefault(document.reader, set()).add(document.row)
        topics = self._topics(collections)
        found = []
        for reader, rows in wanted.items():
            best: dict[int, _Candidate] = {}
            tagged = frozenset(reader.tagged(topics)) if topics else frozenset[int]()
            passages = sorted({*self._holding(reader), *tagged})
            self.cut = self.cut or len(passages) > MAX_READ
            for passage in passages[:MAX_READ]:
                stored = reader.passage(passage)
                if stored.document_row not in rows:
                    continue
                candidate = self._judge(stored, passage in tagged)
                if candidate is None:
                    continue
                before = best.get(stored.document_row)
                if before is None or candidate.order > before.order:
                    best[stored.document_row] = candidate
            found += [
                Shown(
                    make_hit(c.stored, c.sentence, c.score),
                    c.says,
                    c.sentence is not None,
                    c.heads or c.tagged,
                )
                for c in best.values()
            ]
        return found

    def _holding(self, reader: IndexReader) -> list[int]:
        groups = [_alternatives(slot) for slot in self.words if not slot.place]
        passages = reader.holding(groups)
        if self._has_root:
            # a duty may be put as a verb: "ist zu kennzeichnen"
            roots = [
                (term.removesuffix(ending),) for term in content_terms(self._root) for ending in ("", "ung")
            ]
            passages += reader.holding([roots, *groups[1:]])
        return passages

    def _topics(self, collections: Sequence[CollectionInfo]) -> list[str]:
        """Return the topics of the collections whose German label names the topic's only word."""
        if len(self.words) > 1:
            return []
        terms = {self.words[0].term, *content_terms(self._root)}
        labels = {topic: label for info in collections for topic, label in info.topics.items()}
        return [topic for topic, label in labels.items() if terms & set(content_terms(label))]

    def _judge(self, stored: StoredPassage, tagged: bool) -> _Candidate | None:
        """Return the best sentence of a passage; None if only the name of the publisher brought it here."""
        heading = f"{stored.section}. {stored.document.title}"
        heads = float(self._met(replace(stored, text=heading, sentences=((0, len(heading)),))).min()) >= MET
        met = self._met(stored)
        said, rooted = [], []
        for number, (start, end) in enumerate(stored.sentences):
            sentence = stored.text[start:end]
            scores = [float(value) for value in met[:, number]]
            said.append(says_so(sentence, self._demand, scores, self.words, stored.places, self._tools))
            rooted.append(self._has_root and names_root(sentence, self._root, self._tools.splitter))
        shares = self._weights @ met
        best = shares + SAID * np.array(said) + ROOTED * np.array(rooted)
        sentence_number = int(np.argmax(best)) if len(best) else 0
        score = float(best[sentence_number]) if len(best) else 0.0
        shows = bool(len(best)) and (shares[sentence_number] >= MET or rooted[sentence_number])
        if not (shows or heads or tagged):
            return None
        return _Candidate(
            stored,
            sentence_number if shows else None,
            bool(shows and said[sentence_number]),
            heads,
            tagged,
            score,
        )

    def _met(self, stored: StoredPassage) -> Vector:
        """Return how well each sentence (columns) meets each word of the topic (rows); places count as met."""
        rows = [
            np.ones(len(stored.sentences), dtype=np.float32)
            if slot.place
            else self._chooser.scores(stored, [slot], [1.0], None)
            for slot in self.words
        ]
        return np.stack(rows)


def make_hit(stored: StoredPassage, sentence: int | None, score: float) -> Hit:
    """Return a stored passage as a hit (rank 0); ``sentence`` is the one that shows it, None if there is none."""
    start, end = stored.sentences[sentence] if sentence is not None else (0, 0)
    return Hit(
        rank=0,
        document=stored.document,
        section=stored.section,
        passage_id=stored.id,
        text=stored.text,
        sentence=stored.text[start:end],
        sentence_start=start,
        sentence_end=end,
        score=round(score, 4),
        sentences=stored.sentences,
        sentence_scores=tuple(float(number == sentence) for number in range(len(stored.sentences))),
        coverage=1.0,
    )


def _strict(slot: Slot) -> Slot:
    """Leave a word its other forms and its long form if it is an abbreviation; what only means the like is no proof."""
    if slot.surface.isupper():
        return slot
    return replace(slot, variants=[variant for variant in slot.variants if variant.weight >= STANDS_FOR])


def _alternatives(slot: Slot) -> list[tuple[str, ...]]:
    return [(slot.term,), *(variant.terms for variant in slot.variants)]
