"""The prompt begins with what never changes, and excerpts are whole or absent."""

from models.prompt import Excerpt, build_messages, fit_excerpts, render_excerpt

EXCERPTS = [
    Excerpt(1, "Charta", "Kennzeichnung", "KI-Texte werden gekennzeichnet."),
    Excerpt(2, "Leitlinie", "", "Ein sehr langer Auszug. " * 50),
    Excerpt(3, "Satzung", "§ 3", "Das Amt prüft."),
]


def count_words(text):
    """Stand in for a model's tokenizer."""
    return len(text.split())


def test_two_questions_share_everything_before_the_excerpts():
    one, other = build_messages("Was gilt?", EXCERPTS[:1]), build_messages("Wer prüft?", EXCERPTS[2:])
    assert one[0] == other[0]
    assert one[0].role == "system"
    assert "[1] Charta – Kennzeichnung\nKI-Texte werden gekennzeichnet." in one[1].content
    assert "[3] Satzung – § 3" in other[1].content


def test_the_question_comes_after_the_excerpts():
    content = build_messages("Was gilt?", EXCERPTS)[1].content
    assert content.index("Frage: Was gilt?") > content.index(EXCERPTS[2].text)


def test_an_excerpt_that_is_too_long_makes_room_for_the_next():
    budget = count_words(render_excerpt(EXCERPTS[0])) + count_words(render_excerpt(EXCERPTS[2]))
    assert fit_excerpts(EXCERPTS, budget, count_words) == [EXCERPTS[0], EXCERPTS[2]]
    assert fit_excerpts(EXCERPTS, budget - 1, count_words) == [EXCERPTS[0]]
    assert fit_excerpts(EXCERPTS, 0, count_words) == []
