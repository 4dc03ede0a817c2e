"""Turns the Markdown of an answer into safe HTML in which ``[2]`` is a link to passage 2. Knows no Qt.

Only text formatting survives: raw HTML is shown as text, links and images of the writer are not followed.
"""

import re
from functools import lru_cache
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

if TYPE_CHECKING:
    from markdown import Markdown

SCHEME = "cite"

# "[2]", "[1, 3]" and "[1; 3]"; what else stands in brackets stays text.
_CITATION = r"(?<!\\)\[\s*(\d{1,3}(?:\s*[,;]\s*\d{1,3})*)\s*\]"

# What could lead outside or show an address under a false name.
_INLINE_OFF = (
    "html",
    "link",
    "reference",
    "image_link",
    "image_reference",
    "short_reference",
    "short_image_ref",
    "autolink",
    "automail",
    "entity",
)
_BLOCKS_OFF = ("reference", "code")


@lru_cache(maxsize=32)
def _converter(count: int) -> "Markdown":
    from markdown import Markdown
    from markdown.inlinepatterns import InlineProcessor
    from markdown.util import AtomicString

    class CitationProcessor(InlineProcessor):
        def handleMatch(  # type: ignore[override]  # noqa: N802 - the library's name
            self, m: re.Match[str], data: str
        ) -> tuple[Element | str | None, int | None, int | None]:
            del data
            numbers = [int(part) for part in re.split(r"[,;]", m.group(1))]
            if not all(1 <= number <= count for number in numbers):
                return None, None, None
            group = Element("b")
            for number in numbers:
                link = Element("a", {"href": f"{SCHEME}:{number}"})
                link.text = AtomicString(f"[{number}]")  # else it would be read again
                group.append(link)
            return group, m.start(0), m.end(0)

    converter = Markdown(output_format="html")
    converter.preprocessors.deregister("html_block")
    for name in _INLINE_OFF:
        converter.inlinePatterns.deregister(name)
    for name in _BLOCKS_OFF:
        converter.parser.blockprocessors.deregister(name)
    converter.inlinePatterns.register(CitationProcessor(_CITATION), "citation", 165)
    return converter


def render_answer(text: str, passage_count: int) -> str:
    """Return safe HTML for the Markdown ``text``; ``[n]`` is linked for 1 <= n <= ``passage_count``.

    Works on unfinished text too, as it streams.
    """
    converter = _converter(passage_count)
    converter.reset()
    return str(converter.convert(text))


def literal(text: str) -> str:
    """Return ``text`` of a document so that nothing in it acts as formatting or as a citation."""
    return re.sub(r"([\\*_`]|\[(?=[\s\d]))", r"\\\1", text)


def plain(text: str) -> str:
    """Return the Markdown of an answer as text without marks; undoes :func:`literal`."""
    return re.sub(r"\\([\\*_`\[])", r"\1", re.sub(r"(?<!\\)\*\*", "", text))


def cited_number(address: str) -> int | None:
    """Return the passage number behind a link made by :func:`render_answer`, None for any other address."""
    scheme, _, number = address.partition(":")
    return int(number) if scheme == SCHEME and number.isdecimal() else None


def cited_numbers(text: str, passage_count: int) -> frozenset[int]:
    """Return the numbers of all passages that ``text`` cites."""
    found: list[str] = re.findall(_CITATION, text)
    numbers = {int(part) for group in found for part in re.split(r"[,;]", group)}
    return frozenset(number for number in numbers if 1 <= number <= passage_count)
