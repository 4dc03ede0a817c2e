"""The Antwort-Nachweis as OpenDocument text: real headings, quotations and lists, to read and to edit."""

from collections.abc import Sequence
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from desktop.citations import render_answer
from desktop.open_document import LIST_STYLE, add_text_styles, clean, new_document, saved, set_text_pages
from desktop.proof import Block, Facts, Formatted, Heading, Paragraph, Quote

if TYPE_CHECKING:
    from odfdo import Element

_BODY = "Text_20_body"
_STRONG = ("b", "strong", "em", "i")
_HEADINGS = {f"h{level}": level for level in range(1, 7)}


def make_odt(parts: Sequence[Sequence[Block]], title: str, made_at: str) -> bytes:
    """Return the file; every part after the first begins a page. ``made_at`` is ISO 8601."""
    from odfdo import Element

    document = new_document("text", title, made_at)
    add_text_styles(document)
    set_text_pages(document)
    breaking = Element.from_tag(
        '<style:style style:name="NewPage" style:family="paragraph" style:parent-style-name="Heading_20_1">'
        '<style:paragraph-properties fo:break-before="page"/></style:style>'
    )
    document.insert_style(breaking, automatic=True)  # type: ignore[arg-type]
    for number, part in enumerate(parts):
        for place, block in enumerate(part):
            for element in _elements(block, new_page=bool(number) and place == 0):
                document.body.append(element)
    return saved(document)


def heading(level: int, text: str, style: str = "") -> "Element":
    """Return a heading of ``level``."""
    from odfdo import Header

    made = Header(level, clean(text))
    made.set_attribute(
        "text:style-name", style or f"Heading_20_{level}"
    )  # its argument for this does nothing
    return made


def paragraph(text: str, style: str = _BODY, *, strong: bool = False) -> "Element":
    """Return a paragraph; line ends stay."""
    from odfdo import Paragraph as OdfParagraph
    from odfdo import Span

    if not strong:
        return OdfParagraph(clean(text), style=style)
    made = OdfParagraph("", style=style)
    made.append(Span(clean(text), style="Strong"))
    return made


def listing(items: Sequence[str]) -> "Element":
    """Return a list of plain texts."""
    from odfdo import List, ListItem

    made = List(style=LIST_STYLE)
    for number, item in enumerate(items, 1):
        # What follows keeps its distance from the last one.
        made.append(ListItem(paragraph(item, "Items_20_Text" if number < len(items) else _BODY)))
    return made


def _elements(block: Block, *, new_page: bool) -> list["Element"]:
    match block:
        case Heading(level, text):
            return [heading(level, text, "NewPage" if new_page else "")]
        case Paragraph(text, strong):
            return [paragraph(text, strong=strong)]
        case Quote(text):
            return [paragraph(text, "Quotations")]
        case Formatted(text):
            reader = _Reader()
            reader.feed(render_answer(text, 0))
            reader.close()
            return reader.elements
        case Facts(rows):
            return [listing([f"{name}: {value}" for name, value in rows])]


class _Reader(HTMLParser):
    """Reads the simple HTML of an answer: headings, paragraphs, lists, strong text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[Element] = []
        self._lists: list[Element] = []
        self._items: list[Element] = []
        self._text: Element | None = None
        self._strong = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin what ``tag`` stands for."""
        from odfdo import LineBreak, List, ListItem

        del attrs
        if tag in _HEADINGS:
            self._begin(heading(min(_HEADINGS[tag], 6), ""))
        elif tag == "p":
            self._begin(paragraph(""))
        elif tag in ("ul", "ol"):
            self._lists.append(List(style=LIST_STYLE))
            self._text = None
        elif tag == "li" and self._lists:
            item = ListItem()
            self._lists[-1].append(item)
            self._items.append(item)
            self._text = None
        elif tag in _STRONG:
            self._strong += 1
        elif tag == "br" and self._text is not None:
            self._text.append(LineBreak())

    def handle_endtag(self, tag: str) -> None:
        """End what ``tag`` stands for."""
        if tag in _HEADINGS or tag == "p":
            self._text = None
        elif tag in ("ul", "ol") and self._lists:
            self._put(self._lists.pop())
        elif tag == "li" and self._items:
            self._items.pop()
            self._text = None
        elif tag in _STRONG:
            self._strong = max(0, self._strong - 1)

    def handle_data(self, data: str) -> None:
        """Take text."""
        from odfdo import Span

        text = clean(" ".join(data.split("\n")))
        if self._text is None:
            if not text.strip():
                return
            self._begin(paragraph(""))
        if self._text is not None:
            self._text.append(Span(text, style="Strong") if self._strong else Span(text))

    def _begin(self, element: "Element") -> None:
        self._text = element
        self._put(element)

    def _put(self, element: "Element") -> None:
        if self._items:
            self._items[-1].append(element)
        else:
            self.elements.append(element)
