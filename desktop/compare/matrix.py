"""How much each document says on each topic, and its key sentence on it.

Two things must agree before a sentence counts: the editors marked its section with the topic, or the sentence itself
names the topic; and its own words speak of the topic. A section that is marked with nothing else counts whole.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from desktop.compare.lexicon import Lexicon, TopicWords
from desktop.forms.shelf import Shelved
from guidelines_db.index_reader import COUNTRIES
from guidelines_db.places import Gazetteer
from guidelines_db.results import DocumentInfo, StoredPassage

SOME, MANY = 3, 6  # sentences from which a document says more, and much, on a topic
MOST_PASSAGES = 1_500  # read of one document; some hundred pages
FEW_TOPICS = 2  # of a section in which one hint is enough
MOST_NAMED = 2  # topics named by a sentence that counts in a section marked with others

_OF_MANY_PLACES = frozenset(
    {"bericht", "gesetz"}
)  # kinds of documents that tell of places without being theirs
_COUNTRIES = frozenset({*COUNTRIES.values(), "EU"})
_LONG, _SHORT = 330, 45  # characters a key sentence should stay within

# What a summary says about its own sources is nothing that the document says.
_ABOUT_SOURCES = re.compile(
    r"\b(?:lag|lagen|liegt|liegen)\b[^.;]*\bnicht\b[^.;]*\bvor\b"
    r"|\b(?:sagen|sagt|nennen|nennt|beantworten|enthalten)\b[^.;]*\b(?:Quellen?|Berichte?)\b[^.;]*\bnicht\b"
    r"|\bnicht\b[^.;]{0,40}\bhervor\b|\bist hier nicht bekannt\b|\bnicht belegt\b|\bnicht belegen\b"
    r"|\bwar(?:en)?\b[^.;]*\bnicht zu finden\b|\bstehen hier weder\b"
    r"|\bbleib(?:t|en)\b[^.;]{0,20}\boffen\b|^Quelle ist\b|\bFachpresse hob\b"
    r"|\bbei der Recherche\b|\bfür diese Zusammenfassung\b|\bausgewerteten? (?:Quellen|Berichte)\b",
    re.IGNORECASE,
)
# A sentence that begins like this, or has no verb of its own subject, says little alone.
_LEANS_BACK = re.compile(
    r"^(?:Das|Dies\w*|Dabei|Dafür|Dagegen|Daher|Dadurch|Damit|Danach|Dann|Darin|Darüber|Darum|Dazu|Deshalb|Er|Es|Sie"
    r"|Ihr\w*|Sein\w*|Außerdem|Zudem|Ebenso|Auch|Jedoch|Allerdings|Sonst|Hier\w*|Solche\w*|Beide\w*|Letztere\w*|Denn"
    r"|Doch|Aber|So|\w+ diese[rnms]?|Wer sich|Hinzu|Drei Dinge|Zwei\w*|D(?:er|ie|as) (?:zweite|dritte)|Jene\w*)\b"
)
_RULE = re.compile(
    r"\b(?:muss|müssen|soll|sollen|sollte|sollten|darf|dürfen|kann|können|verlangt|verpflicht\w+|verboten\w*"
    r"|untersag\w+|erlaub\w+|gestatte\w*|Pflicht\w*|ist zu|sind zu|bleibt|bleiben)\b"
)


@dataclass(frozen=True)
class Topic:
    """A row: its id in the collections and its German name."""

    id: str
    title: str


@dataclass(frozen=True)
class Spot:
    """A passage of a document with the sentences that speak of a topic, as offsets in ``text``."""

    section: str
    passage_id: int
    text: str
    sentences: tuple[tuple[int, int], ...]
    key: tuple[int, int] | None = None  # the key sentence of the cell, if it stands here


@dataclass(frozen=True)
class Cell:
    """What one document says on one topic.

    ``sentences`` is how many speak of it; 0 with ``spots`` means that a section is marked with the topic but no single
    sentence can be named. Without ``spots`` nothing was found, which is not to say that nothing is laid down.
    """

    sentences: int = 0
    key: str = ""
    section: str = ""  # where the key sentence stands
    spots: tuple[Spot, ...] = ()

    @property
    def level(self) -> int:
        """0 nothing was found, 1 little, 2 some, 3 much."""
        if not self.spots:
            return 0
        return 1 + (self.sentences >= SOME) + (self.sentences >= MANY)


NOTHING = Cell()


@dataclass(frozen=True)
class Column:
    """A document: what it is and its short name."""

    info: DocumentInfo
    name: str
    places: frozenset[str] = frozenset()
    cut: bool = False  # it is so long that only its beginning was read

    @property
    def key(self) -> tuple[str, str]:
        """Collection and id."""
        return self.info.collection, self.info.id


@dataclass(frozen=True)
class Matrix:
    """``cells[row][column]`` for each topic and document.

    ``joints`` tells how many letters stand before each joint of the compounds in names of topics and documents, so that
    they can be broken there.
    """

    topics: tuple[Topic, ...] = ()
    columns: tuple[Column, ...] = ()
    cells: tuple[tuple[Cell, ...], ...] = ()
    joints: Mapping[str, tuple[int, ...]] = field(default_factory=dict)

    def cell(self, row: int, column: int) -> Cell:
        """Return one cell."""
        return self.cells[row][column]

    def speaking(self, row: int) -> int:
        """Return how many documents say something on the topic of ``row``."""
        return sum(1 for cell in self.cells[row] if cell.level)


@dataclass(frozen=True)
class _Sentence:
    span: tuple[int, int]
    text: str
    number: int
    named: Mapping[str, frozenset[str]]  # topic -> which of its names stand in the sentence
    elsewhere: bool = False  # it speaks of another place beside that of the document

    @property
    def crowd(self) -> int:
        """How many topics the sentence names."""
        return len(self.named)


class CellMaker:
    """Reads documents. The same document is read once for all topics."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._gazetteer = Gazetteer()

    def cells(self, document: Shelved, topics: Sequence[Topic]) -> tuple[tuple[Cell, ...], bool]:
        """Return the cell of ``document`` for each of ``topics``, and whether only its beginning was read."""
        words = {topic.id: self._lexicon.words(topic.id) for topic in topics}
        numbers = document.reader.passages_of(document.row)
        passages = [document.reader.passage(number) for number in numbers[:MOST_PASSAGES]]
        edited = any(passage.topics for passage in passages)
        places = document.places
        if document.info.kind in _OF_MANY_PLACES or places <= _COUNTRIES:
            places = frozenset()
        read = [(passage, self._read(passage, words, places)) for passage in passages]
        cells = tuple(_cell(read, topic.id, words[topic.id], edited=edited) for topic in topics)
        return cells, len(numbers) > MOST_PASSAGES

    def _read(
        self, passage: StoredPassage, words: Mapping[str, TopicWords], places: frozenset[str]
    ) -> tuple[_Sentence, ...]:
        """Return the sentences of ``passage`` that are about its document and its place.

        Left out is how the summary came to be, and what is so elsewhere only: Essen does not rule for Wuppertal.
        """
        found = []
        for number, (start, end) in enumerate(passage.sentences):
            text = passage.text[start:end]
            if _ABOUT_SOURCES.search(text):
                continue
            mentioned = {one.place.name for one in self._gazetteer.mentions(text)} if places else set()
            if mentioned and not mentioned & places:
                continue
            named = {topic: names for topic, one in words.items() if (names := one.naming.find(text))}
            found.append(_Sentence((start, end), text, number, named, elsewhere=bool(mentioned - places)))
        return tuple(found)


def _cell(
    read: Sequence[tuple[StoredPassage, tuple[_Sentence, ...]]],
    topic: str,
    words: TopicWords,
    *,
    edited: bool,
) -> Cell:
    best: tuple[float, int, tuple[int, int]] | None = None
    found: list[tuple[StoredPassage, tuple[tuple[int, int], ...]]] = []
    for passage, sentences in read:
        judged = list(_judge(passage, sentences, topic, words, edited=edited))
        for score, span in judged:
            if best is None or score > best[0]:
                best = (score, len(found), span)
        if judged:
            found.append((passage, tuple(span for _, span in judged)))
    if best is None:
        # The editors' mark is true of the section; which sentence they meant is not known.
        marked = (passage for passage, _ in read if topic in passage.topics)
        return Cell(spots=tuple(Spot(one.section, one.id, one.text, ()) for one in marked))
    _, place, key = best
    spots = tuple(
        Spot(passage.section, passage.id, passage.text, spans, key if number == place else None)
        for number, (passage, spans) in enumerate(found)
    )
    return Cell(
        sentences=sum(len(spot.sentences) for spot in spots),
        key=spots[place].text[slice(*key)],
        section=spots[place].section,
        spots=spots,
    )


def _judge(
    passage: StoredPassage, sentences: Sequence[_Sentence], topic: str, words: TopicWords, *, edited: bool
) -> Iterator[tuple[float, tuple[int, int]]]:
    """Yield the sentences of ``passage`` that speak of the topic, each with how well it would do as key sentence."""
    marked = topic in passage.topics
    alone = marked and len(passage.topics) == 1
    headed = bool(words.naming.find(passage.section))
    title = passage.document.title.lower()
    for sentence in sentences:
        names = sentence.named.get(topic, frozenset())
        if not marked:
            # The name of the document itself, or a list of catchwords in a section on something else.
            names = frozenset(name for name in names if name not in title)
            if edited and sentence.crowd > MOST_NAMED:
                continue
        named = len(names)
        hinted = len(words.hinting.find(sentence.text)) if marked else 0
        # One such word alone may stand there for another topic of the section, most so if that one is named.
        few = len(passage.topics) <= FEW_TOPICS or not sentence.crowd
        if not (named or alone or hinted > 1 or (hinted and few)):
            continue
        score = 2.5 * bool(named) + min(named, 3) + 0.4 * min(hinted, 4)
        score += 1.0 * marked + 0.5 * alone + 0.8 * headed
        score -= 0.7 * max(0, sentence.crowd - bool(named))
        score += 0.6 * (_RULE.search(sentence.text) is not None) - 0.05 * sentence.number
        score -= 2.5 * sentence.elsewhere
        score -= 3.0 * (_LEANS_BACK.match(sentence.text) is not None)
        score -= 0.8 * (len(sentence.text) > _LONG) + 1.5 * (len(sentence.text) < _SHORT)
        yield score, sentence.span
