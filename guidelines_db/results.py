"""What a search returns: plain, frozen data shared by window and command line."""

from dataclasses import dataclass, field
from functools import cached_property


@dataclass(frozen=True)
class DocumentInfo:
    """Facts about a document that stand beside every passage of it."""

    collection: str
    id: str
    title: str
    publisher: str
    region: str
    kind: str
    published: str  # ISO date, possibly only year or month; "" if unknown
    retrieved: str  # ISO date; "" for own documents
    digest: bool  # an own-words summary, not the wording
    sources: tuple[str, ...]  # addresses the digest rests on
    path: str  # the imported file's path; relative inside the corpus for shipped documents
    own: bool  # the user's own document, not a shipped one


@dataclass(frozen=True)
class Hit:
    """One passage found for a question; offsets are characters in ``text``."""

    rank: int
    document: DocumentInfo
    section: str  # heading of the section
    passage_id: int
    text: str
    sentence: str  # the best sentence of the passage
    sentence_start: int
    sentence_end: int
    score: float
    sentences: tuple[tuple[int, int], ...]  # offsets of all sentences
    sentence_scores: tuple[float, ...]  # how well each answers; comparable within the passage
    coverage: float  # share of the question's content words (by weight) the passage holds, 0..1
    explanation: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class SearchOutcome:
    """The passages for a question and what the clerk should know about the search."""

    hits: tuple[Hit, ...]
    coverage: float  # best coverage among the hits, 0..1
    missing_places: tuple[str, ...] = ()  # named in the question, but no document is of them
    corrected: str = ""  # the question as searched, if a spelling was corrected
    elapsed_ms: float = 0.0


@dataclass(frozen=True)
class CollectionInfo:
    """A collection as the window lists it."""

    name: str
    title: str
    description: str
    documents: int
    passages: int
    updated: str  # ISO date of the youngest document
    examples: tuple[str, ...]
    topics: dict[str, str]  # topic id -> German label
    own: bool


@dataclass(frozen=True)
class StoredPassage:
    """A passage with its place and sentences."""

    id: int
    document: DocumentInfo
    document_row: int
    places: frozenset[str]
    section: str
    topics: tuple[str, ...]
    text: str
    sentences: tuple[tuple[int, int], ...]

    @cached_property
    def words(self) -> frozenset[str]:
        """The different words of the text, to compare passages with each other."""
        return frozenset(self.text.lower().split())


@dataclass(frozen=True)
class DocumentFacts:
    """What documents are filtered by."""

    collection: str
    collection_title: str
    published: str
    places: tuple[str, ...]
    region: str
