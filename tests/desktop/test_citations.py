"""Answers as safe HTML."""

import pytest

from desktop.citations import cited_number, cited_numbers, render_answer


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Ja [1].", '<p>Ja <b><a href="cite:1">[1]</a></b>.</p>'),
        ("[1, 2]", '<p><b><a href="cite:1">[1]</a><a href="cite:2">[2]</a></b></p>'),
        ("Ja [3].", "<p>Ja [3].</p>"),
        ("Ja [0] [1, 9].", "<p>Ja [0] [1, 9].</p>"),
        ("**fett**", "<p><strong>fett</strong></p>"),
        ("<b>x</b>", "<p>&lt;b&gt;x&lt;/b&gt;</p>"),
        ("[1]: http://x.de", '<p><b><a href="cite:1">[1]</a></b>: http://x.de</p>'),
    ],
)
def test_renders(text: str, html: str) -> None:
    assert render_answer(text, 2) == html


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        '<img src="file://server/share">',
        "![Bild](http://example.org/a.png)",
        "[klick](http://example.org)",
        "<http://example.org>",
        "<div>\n<iframe src=x>\n</div>",
        '[a][b]\n\n[b]: http://example.org "t"',
        '<a href="cite:1" onclick="x">',
    ],
)
def test_nothing_of_the_writer_becomes_a_tag(text: str) -> None:
    html = render_answer(text, 2)
    for tag in ("<script", "<img", "<a ", "<iframe", "<div"):
        assert tag not in html


@pytest.mark.parametrize("end", range(len("**Fett [1, 2]** und `Code` [2]\n\n- eins [1]\n- zwei")))
def test_unfinished_text_renders(end: int) -> None:
    assert render_answer("**Fett [1, 2]** und `Code` [2]\n\n- eins [1]\n- zwei"[: end + 1], 2)


@pytest.mark.parametrize(
    ("address", "number"),
    [("cite:2", 2), ("cite:", None), ("cite:x", None), ("http://x", None), ("file:///etc", None)],
)
def test_only_citations_have_a_number(address: str, number: int | None) -> None:
    assert cited_number(address) == number


def test_cited_numbers_leave_out_what_does_not_exist() -> None:
    assert cited_numbers("A [1]. B [2, 3]. C [9].", 3) == {1, 2, 3}
