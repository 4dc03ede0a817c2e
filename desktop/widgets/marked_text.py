"""Text of a document as HTML in which sentences are marked. Knows no Qt."""

from collections.abc import Sequence
from enum import Enum
from html import escape

ANCHOR = "stelle"  # stands before the first mark


class Mark(Enum):
    """Why a sentence is marked; the value is its class in the HTML."""

    BEST = "marked"  # the one sentence of the passage that fits best
    EVIDENCE = "evidence"  # shown in the answer too


Marks = Sequence[tuple[int, int, Mark]]  # start, end, kind; in order, without overlap


def find_marks(text: str, best: str, evidence: Sequence[str]) -> Marks:
    """Return where in ``text`` the sentence ``best`` and those of ``evidence`` stand; "" stands nowhere."""
    found: list[tuple[int, int, Mark]] = []
    wanted = [(best, Mark.BEST), *((sentence, Mark.EVIDENCE) for sentence in evidence)]
    for sentence, kind in wanted:
        start = text.find(sentence) if sentence else -1
        end = start + len(sentence)
        if start >= 0 and all(end <= taken or start >= last for taken, last, _ in found):
            found.append((start, end, kind))
    return sorted(found, key=lambda mark: mark[0])


def marked_html(text: str, marks: Marks) -> str:
    """Return ``text`` in paragraphs with its ``marks``; whatever else stands in it is shown as text."""
    paragraphs = []
    position = 0
    anchored = False
    for paragraph in text.split("\n\n"):
        start, end = position, position + len(paragraph)
        parts = []
        for begins, ends, kind in marks:
            first, last = max(begins, start), min(ends, end)
            if first >= last:
                continue
            parts.append(_lines(text[position:first]))
            parts.append("" if anchored else f'<a name="{ANCHOR}"></a>')
            parts.append(f'<span class="{kind.value}">{_lines(text[first:last])}</span>')
            anchored = True
            position = last
        parts.append(_lines(text[position:end]))
        paragraphs.append(f"<p>{''.join(parts).strip()}</p>")
        position = end + 2
    return "".join(paragraphs)


def _lines(text: str) -> str:
    return escape(text).replace("\n", "<br>")
