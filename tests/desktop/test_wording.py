"""A worded sentence is shown if the string checks pass and the reader does not doubt it."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from desktop.answer import Answer, Ending, Timings
from desktop.evidence import choose_evidence
from desktop.wording import Wording
from guidelines_db.results import Hit
from guidelines_db.sentences import sentence_spans

COPIED = "Die Charta gilt seit Mai, sie bindet alle Ämter."
SHORTENED = "Die Charta gilt seit Mai."


@pytest.fixture
def hit(hits: tuple[Hit, ...]) -> Hit:
    """A passage with a sentence that can be shortened."""
    text = f"{COPIED} Der Rat hat sie beschlossen."
    return replace(hits[0], text=text, sentences=tuple(sentence_spans(text)), sentence_scores=(0.9, 0.8))


def shown(hit: Hit, written: str, *, doubted: bool) -> tuple[str, list[tuple[str, str, Hit]]]:
    asked: list[tuple[str, str, Hit]] = []

    def doubts(claim: str, sentence: str, passage: Hit) -> bool:
        asked.append((claim, sentence, passage))
        return doubted

    wording = Wording([hit], choose_evidence([hit]), doubts)
    wording.add(written)
    wording.close()
    return wording.text, asked


def test_a_sentence_that_the_reader_doubts_is_not_shown(hit: Hit) -> None:
    assert shown(hit, SHORTENED, doubted=True) == ("", [(SHORTENED, COPIED, hit)])


def test_a_sentence_that_both_accept_is_shown(hit: Hit) -> None:
    text, asked = shown(hit, SHORTENED, doubted=False)
    assert text == f"{SHORTENED} [1]"
    assert asked


def test_nobody_doubts_a_verbatim_copy(hit: Hit) -> None:
    assert shown(hit, COPIED, doubted=True) == (f"{COPIED} [1]", [])


def test_the_reader_lets_nothing_through_that_the_strings_refuse(hit: Hit) -> None:
    assert shown(hit, "Die Charta gilt seit Juni.", doubted=False) == ("", [])


@pytest.mark.parametrize(
    ("written", "shown_sentences"),
    [
        (f"{COPIED} Der Rat hat sie", (COPIED,)),
        (f"{COPIED} Der Rat hat sie beschlossen.", (COPIED, "Der Rat hat sie beschlossen.")),
        (f"{COPIED} Der Rat hat sie beschlossen. [1]", (COPIED, "Der Rat hat sie beschlossen.")),
    ],
)
def test_a_sentence_in_whose_middle_the_model_was_cut_off_is_none(
    hit: Hit, answer_maker: Callable[..., Answer], written: str, shown_sentences: tuple[str, ...]
) -> None:
    wording = Wording([hit], choose_evidence([hit]))
    wording.add(written)
    wording.close(cut_off=True)
    answer = wording.finish(answer_maker(), Ending.DONE, Timings())
    assert tuple(sentence.text for sentence in answer.sentences) == shown_sentences
