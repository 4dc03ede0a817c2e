"""Instructions, evidence and question, as messages for the model.

The program has already found and chosen the sentences that answer; the model only words them. So the prompt is
short, its fixed part comes first (its state is kept between questions), and nothing in it is cut.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from models.protocol import Message

INSTRUCTIONS = (
    "Du beantwortest Fragen von Beschäftigten eines Rathauses mit Sätzen aus Unterlagen. Wähle die ein bis drei "
    "Sätze, die die Frage beantworten, und schreibe sie wörtlich ab. Du darfst sie kürzen, aber keine Wörter, "
    "Zahlen oder Namen und keine Reihenfolge ändern. Schreibe nichts anderes."
)
OPENING = (Message("system", INSTRUCTIONS),)
"""Comes first and never changes, so that the model need not read it again for the next question."""


@dataclass(frozen=True)
class Excerpt:
    """The chosen sentences of one passage as the model gets them; ``number`` is what it cites."""

    number: int
    title: str
    text: str


def render_excerpt(excerpt: Excerpt) -> str:
    """Return the excerpt as it stands in the prompt."""
    head = f" ({excerpt.title})" if excerpt.title else ""
    return f"[{excerpt.number}]{head} {' '.join(excerpt.text.split())}"


def build_messages(question: str, excerpts: Sequence[Excerpt], wish: str = "") -> list[Message]:
    """Return the messages: fixed instructions, the evidence, the question, and a wish how to word the answer."""
    parts = [render_excerpt(excerpt) for excerpt in excerpts]
    parts.append(f"Frage: {' '.join(question.split())}")
    if wish:
        parts.append(wish)
    return [*OPENING, Message("user", "\n".join(parts))]


def fit_excerpts(
    excerpts: Sequence[Excerpt], budget: int, count_tokens: Callable[[str], int]
) -> list[Excerpt]:
    """Return the excerpts, best first, that fit whole into ``budget`` tokens.

    One that is too long is passed over for the next; none is ever cut.
    """
    kept: list[Excerpt] = []
    left = budget
    for excerpt in excerpts:
        tokens = count_tokens(render_excerpt(excerpt))
        if tokens <= left:
            kept.append(excerpt)
            left -= tokens
    return kept
