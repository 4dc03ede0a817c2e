"""Where in a document something stands that is to be shown. Knows no Qt."""

from collections.abc import Sequence
from dataclasses import dataclass

from guidelines_db.results import Hit


@dataclass(frozen=True)
class Place:
    """A place in a document: a heading, and in its section the sentence that is meant.

    Without a heading it is the document's beginning. ``evidence`` are further sentences to be marked there.
    """

    collection: str
    document: str
    heading: str = ""
    sentence: str = ""
    evidence: tuple[str, ...] = ()


def place_of(hit: Hit, evidence: Sequence[str] = ()) -> Place:
    """Return where ``hit`` stands; ``evidence`` are all sentences of the answer."""
    here = tuple(sentence for sentence in evidence if sentence in hit.text)
    return Place(hit.document.collection, hit.document.id, hit.section, hit.sentence, here)
