from itertools import pairwise

import pytest

from guidelines_db.sentences import sentence_spans


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text)]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("", []),
        ("...", []),
        ("Ein Satz ohne Punkt", ["Ein Satz ohne Punkt"]),
        ("Das gilt. Jenes nicht.", ["Das gilt.", "Jenes nicht."]),
        ("Nach § 43 Abs. 4 GemO gilt das. Ende.", ["Nach § 43 Abs. 4 GemO gilt das.", "Ende."]),
        ("Am 8. Oktober 2020 beschlossen. Fertig.", ["Am 8. Oktober 2020 beschlossen.", "Fertig."]),
        ("Der 2. Senat entschied z. B. so. Gut.", ["Der 2. Senat entschied z. B. so.", "Gut."]),
        ("Er sagte: „Ja.“ Dann ging er.", ["Er sagte: „Ja.“", "Dann ging er."]),
        ("Gilt das? Ja! Sicher…", ["Gilt das?", "Ja!", "Sicher…"]),
        ("Erster Absatz\n\nZweiter Absatz", ["Erster Absatz", "Zweiter Absatz"]),
        ("Liste:\n- Punkt eins\n- Punkt zwei", ["Liste:", "- Punkt eins", "- Punkt zwei"]),
        ("Siehe BGBl. I S. 4602. Neu.", ["Siehe BGBl. I S. 4602.", "Neu."]),
        ("Das ITEG (GVOBl. Schl.-H. S. 285) gilt.", ["Das ITEG (GVOBl. Schl.-H. S. 285) gilt."]),
        ("Es kostet 1.200,50 Euro. Mehr nicht.", ["Es kostet 1.200,50 Euro.", "Mehr nicht."]),
    ],
)
def test_cuts_german_sentences(text: str, sentences: list[str]) -> None:
    assert cut(text) == sentences


def test_spans_are_offsets_in_order_and_lose_no_letter() -> None:
    text = "  Eins. Zwei 3. Mai!  Drei?\n\nVier  "
    spans = list(sentence_spans(text))
    assert all(a < b <= c for (a, b), (c, _) in pairwise(spans))
    assert "".join(text[a:b] for a, b in spans).replace(" ", "") == "".join(text.split())
