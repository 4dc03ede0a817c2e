"""Evidence is verbatim, at most six sentences, and a sentence that leans back brings the one before."""

from dataclasses import replace

from desktop.evidence import MAX_SENTENCES, choose_evidence
from desktop.wording import evidence_text
from guidelines_db.results import Hit
from guidelines_db.sentences import sentence_spans


def with_text(hit: Hit, text: str, scores: tuple[float, ...]) -> Hit:
    spans = tuple(sentence_spans(text))
    assert len(spans) == len(scores)
    return replace(hit, text=text, sentences=spans, sentence_scores=scores)


def test_the_best_sentences_come_in_the_order_of_the_text(hits: tuple[Hit, ...]) -> None:
    text = "Erster Satz hier. Zweiter Satz hier. Dritter Satz hier."
    evidence = choose_evidence([with_text(hits[0], text, (0.1, 0.9, 0.5))])
    assert [sentence.text for sentence in evidence] == [
        "Erster Satz hier.",
        "Zweiter Satz hier.",
        "Dritter Satz hier.",
    ]
    assert all(text[sentence.start :].startswith(sentence.text) for sentence in evidence)


def test_a_sentence_that_leans_back_brings_its_neighbour(hits: tuple[Hit, ...]) -> None:
    text = "Der Rat beschließt die Charta. Sie gilt seit Mai. Eins folgt. Zwei folgt. Drei folgt. Vier geht. Fünf auch."
    evidence = choose_evidence([with_text(hits[0], text, (0.0, 0.9, 0.8, 0.7, 0.6, 0.5, 0.1))])
    assert [sentence.text for sentence in evidence][:2] == [
        "Der Rat beschließt die Charta.",
        "Sie gilt seit Mai.",
    ]
    assert len(evidence) == MAX_SENTENCES


def test_nothing_found_is_no_evidence() -> None:
    assert choose_evidence([]) == ()


def test_the_text_quotes_by_document(hits: tuple[Hit, ...]) -> None:
    first = with_text(hits[0], "Eins gilt heute. Zwei auch morgen.", (0.9, 0.8))
    second = with_text(hits[1], "Drei gilt nie.", (0.7,))
    sources = [first, second]
    text = evidence_text(sources, choose_evidence(sources))
    assert text == (
        "**Stadt Schorndorf, Dienstanweisung zur KI-Nutzung in der Stadtverwaltung (2024):** "
        "Eins gilt heute. [1] Zwei auch morgen. [1]\n\n"
        "**Stadt Wien, Dienstanweisung zur KI-Nutzung in der Stadtverwaltung (2024):** Drei gilt nie. [2]"
    )


def test_what_was_said_already_is_not_said_again(hits: tuple[Hit, ...]) -> None:
    same = "Jede KI-Anwendung der Verwaltung wird vorab geprüft."
    texts = (f"{same} Das Ergebnis bleibt beim Amt.", f"{same} Kosten fallen dafür keine an.")
    sources = [with_text(hit, text, (0.9, 0.5)) for hit, text in zip(hits, texts, strict=False)]
    found = [sentence.text for sentence in choose_evidence(sources, 3)]
    assert found.count(same) == 1
    assert len(found) == 3


def test_a_sentence_that_leans_back_stays_out_where_both_have_no_room(hits: tuple[Hit, ...]) -> None:
    text = "Der Rat tagt im Mai. Er beschließt die Charta. Die Stadt veröffentlicht sie im Netz."
    evidence = choose_evidence([with_text(hits[0], text, (0.0, 0.9, 0.5))], 1)
    assert [sentence.text for sentence in evidence] == ["Die Stadt veröffentlicht sie im Netz."]
