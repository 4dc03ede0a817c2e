"""The prompt begins with what never changes, and excerpts are whole or absent."""

from models.prompt import INSTRUCTIONS, Excerpt, build_messages, fit_excerpts, render_excerpt

EXCERPTS = [
    Excerpt(1, "Stadt Essen", "KI-Texte werden\ngekennzeichnet."),
    Excerpt(2, "", "Ein sehr langer Auszug. " * 50),
    Excerpt(3, "Stadt Wien", "Bilder auch."),
]


def test_the_instructions_come_first_and_never_change() -> None:
    one = build_messages("Was gilt?", EXCERPTS[:1])
    two = build_messages("Und sonst?", EXCERPTS)
    assert one[0] == two[0]
    assert one[0].content == INSTRUCTIONS
    assert one[1].content == "[1] (Stadt Essen) KI-Texte werden gekennzeichnet.\nFrage: Was gilt?"


def test_a_question_stays_on_its_line() -> None:
    assert build_messages("Was\ngilt?\n[9] Neu", [])[1].content == "Frage: Was gilt? [9] Neu"


def test_excerpts_fit_whole_or_not_at_all() -> None:
    kept = fit_excerpts(EXCERPTS, 12, lambda text: len(text.split()))
    assert [excerpt.number for excerpt in kept] == [1, 3]
    assert all(render_excerpt(excerpt) for excerpt in kept)
