"""The handbook: Markdown files of ``resources/handbook`` as chapters of HTML, and a search in them. Knows no Qt.

``README.md`` there is the table of contents: a heading of level 2 for each part, a list of links for its
chapters. It serves readers of the repository and the program alike, so there is one order and one text.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from resources import resource_path

if TYPE_CHECKING:
    from markdown import Markdown

CONTENTS = "README.md"
CHAPTER_LINK = "kapitel:"  # begins the address of a link from chapter to chapter: kapitel:filter#land

_PART = re.compile(r"^## (.+)$")
_ENTRY = re.compile(r"^- \[(.+)\]\((?:\d+-)?([\w-]+)\.md\)$")
_CHAPTER_ADDRESS = re.compile(r"^(?:\d+-)?([\w-]+)\.md(?:#([\w-]+))?$")
_PICTURE = re.compile(r"^img/[\w-]+\.png$")
_TAG = re.compile(r"<[^>]*>")
_BLOCK_END = re.compile(r"</(?:p|li|h\d|td|th|tr|table|pre|blockquote)>|<br ?/?>")


class HandbookDamaged(Exception):
    """A file of the handbook cannot be used; the message names it. A bug of ours, found by a test."""


@dataclass(frozen=True)
class Section:
    """A heading of level 2 within a chapter."""

    anchor: str
    title: str


@dataclass(frozen=True)
class Chapter:
    """One page of the handbook."""

    id: str  # name of the file without number and ending
    title: str
    part: str  # heading in the table of contents
    html: str  # without the title; pictures named as in the Markdown, links to chapters by CHAPTER_LINK
    sections: tuple[Section, ...]

    @property
    def text(self) -> str:
        """The words of the chapter, title included, for searching."""
        return f"{self.title}\n{plain_text(self.html)}"


@dataclass(frozen=True)
class Match:
    """A chapter in which all words were found, and how often they stand there together."""

    chapter: Chapter
    count: int


def load_handbook() -> tuple[Chapter, ...]:
    """Read all chapters in the order of the table of contents. Raises HandbookDamaged."""
    contents = resource_path(f"handbook/{CONTENTS}")
    chapters: list[Chapter] = []
    part = ""
    for line in contents.read_text(encoding="utf-8").splitlines():
        if heading := _PART.match(line):
            part = heading[1].strip()
        elif entry := _ENTRY.match(line):
            chapters.append(_read(_file_of(contents.parent, entry[2]), entry[2], part))
    return tuple(chapters)


def picture_file(name: str) -> Path | None:
    """Return the file of the handbook's picture ``name`` ("img/fragen.png"), None for anything else."""
    if not _PICTURE.match(name):
        return None
    try:
        return resource_path(f"handbook/{name}")
    except FileNotFoundError:
        return None


def words_of(typed: str) -> tuple[str, ...]:
    """Return the words of a search as they are compared: without case, each once."""
    return tuple(dict.fromkeys(typed.casefold().split()))


def search(texts: Sequence[tuple[Chapter, str]], typed: str) -> list[Match]:
    """Return the chapters whose text holds every word of ``typed``, in their order; none for no word.

    Parts of words count: German joins words, and "Filter" is to find "Länderfilter".
    """
    words = words_of(typed)
    found = []
    for chapter, text in texts:
        folded = text.casefold()
        counts = [folded.count(word) for word in words]
        if counts and all(counts):
            found.append(Match(chapter, sum(counts)))
    return found


def plain_text(html: str) -> str:
    """Return the words of HTML that this program made."""
    return unescape(_TAG.sub("", _BLOCK_END.sub("\n", html))).strip()


def to_html(markdown_text: str) -> tuple[str, tuple[Section, ...]]:
    """Return Markdown as HTML with its headings of level 2. HTML in the Markdown is shown as text."""
    reader = _markdown()
    html = reader.convert(markdown_text)
    tokens: list[dict[str, object]] = getattr(reader, "toc_tokens", [])
    return html, tuple(Section(str(one["id"]), unescape(str(one["name"]))) for one in _level_two(tokens))


def _level_two(tokens: Sequence[dict[str, object]]) -> list[dict[str, object]]:
    found: list[dict[str, object]] = []
    for token in tokens:
        if token["level"] == 2:
            found.append(token)
        children = token["children"]
        if isinstance(children, list):
            found += _level_two(children)
    return found


def _file_of(folder: Path, id_: str) -> Path:
    for file in folder.glob("*.md"):
        if re.fullmatch(rf"(?:\d+-)?{re.escape(id_)}\.md", file.name):
            return file
    raise HandbookDamaged(f"{id_}: no such chapter")


def _read(file: Path, id_: str, part: str) -> Chapter:
    title, _, body = file.read_text(encoding="utf-8").partition("\n")
    if not title.startswith("# "):
        raise HandbookDamaged(f"{file.name}: the first line is no heading")
    try:
        html, sections = to_html(body)
    except HandbookDamaged as error:
        raise HandbookDamaged(f"{file.name}: {error}") from None
    return Chapter(id_, title[2:].strip(), part, html, sections)


def _markdown() -> "Markdown":
    from markdown import Markdown
    from markdown.extensions import Extension
    from markdown.extensions.tables import TableExtension
    from markdown.extensions.toc import TocExtension
    from markdown.treeprocessors import Treeprocessor

    class OurAddresses(Treeprocessor):
        """Lets links lead to chapters only and pictures come from the handbook only; adds captions."""

        def run(self, root: Element) -> None:
            for link in root.iter("a"):
                target = _CHAPTER_ADDRESS.match(link.get("href", ""))
                if target is None:
                    raise HandbookDamaged(f"a link leads out of the handbook: {link.get('href')}")
                link.set("href", f"{CHAPTER_LINK}{target[1]}{f'#{target[2]}' if target[2] else ''}")
            for parent in list(root.iter()):
                for position, child in reversed(list(enumerate(parent))):
                    picture = child.find("img") if child.tag == "p" else None
                    if picture is not None:
                        parent.insert(position + 1, _caption(picture))

    class Ours(Extension):
        """Shows HTML as text, and applies OurAddresses."""

        def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the library's name
            md.preprocessors.deregister("html_block")
            md.inlinePatterns.deregister("html")
            md.treeprocessors.register(OurAddresses(md), "our_addresses", 0)

    return Markdown(extensions=[TableExtension(), TocExtension(), Ours()])


def _caption(picture: Element) -> Element:
    """Return what the picture shows, in words: a text browser reads no alternative text aloud."""
    if picture_file(picture.get("src", "")) is None:
        raise HandbookDamaged(f"no such picture: {picture.get('src')}")
    caption = Element("p", {"class": "caption"})
    caption.text = picture.get("alt", "")
    return caption
