"""What a document is, whichever way it came in."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Section:
    """A heading and the text below it, up to the next heading."""

    heading: str
    text: str
    topics: tuple[str, ...] = ()
    line: int = 1
    asked: tuple[str, ...] = ()  # typical questions that it answers, of shipped sections


@dataclass(frozen=True)
class Document:
    """A document ready to be indexed."""

    id: str
    title: str
    sections: tuple[Section, ...]
    publisher: str = ""
    region: str = ""
    country: str = ""
    kind: str = ""
    published: str = ""
    retrieved: str = ""
    digest: bool = False
    sources: tuple[str, ...] = ()
    path: str = ""
    content_hash: str = field(default="", compare=False)
