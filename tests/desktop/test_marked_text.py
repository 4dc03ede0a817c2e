"""Marks in the text of a passage."""

from desktop.widgets.marked_text import ANCHOR, Mark, find_marks, marked_html

TEXT = "Eins ist da. Zwei ist da.\n\nDrei ist <b>da</b>."


def test_the_best_sentence_outranks_the_evidence_and_nothing_is_marked_twice() -> None:
    marks = find_marks(TEXT, "Zwei ist da.", ("Zwei ist da.", "Eins ist da.", "Vier fehlt.", ""))
    assert marks == [(0, 12, Mark.EVIDENCE), (13, 25, Mark.BEST)]


def test_marks_are_spans_and_the_first_one_can_be_found() -> None:
    html = marked_html(TEXT, find_marks(TEXT, "Drei ist <b>da</b>.", ("Zwei ist da.",)))
    assert html == (
        f'<p>Eins ist da. <a name="{ANCHOR}"></a><span class="evidence">Zwei ist da.</span></p>'
        '<p><span class="marked">Drei ist &lt;b&gt;da&lt;/b&gt;.</span></p>'
    )


def test_a_sentence_over_two_paragraphs_is_marked_in_both() -> None:
    assert marked_html("a b\n\nc d", [(2, 6, Mark.BEST)]) == (
        f'<p>a <a name="{ANCHOR}"></a><span class="marked">b</span></p><p><span class="marked">c</span> d</p>'
    )


def test_no_mark_no_anchor() -> None:
    assert marked_html("a\nb", find_marks("a\nb", "", ())) == "<p>a<br>b</p>"
