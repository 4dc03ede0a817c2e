"""No token is lost or counted twice, whatever the lengths; short texts are one window."""

import random

import numpy as np
import pytest

from models.chunking import REPEATED, WHOLE, Averages, lay_out

BEGIN, END = 1, 2


def counted(windows):
    """Return the tokens that count, per owner, in order, without begin and end."""
    found = {}
    for window in windows:
        assert window.tokens[0] == BEGIN
        assert window.tokens[-1] == END
        for token, owner in zip(window.tokens[1:-1], window.owners[1:-1], strict=True):
            if owner != REPEATED:
                found.setdefault(owner, []).append(token)
    return found


def test_a_short_section_is_one_window():
    (window,) = lay_out([10, 11], [[20, 21], [30]], 512, BEGIN, END)
    assert window.tokens == [BEGIN, 10, 11, 20, 21, 30, END]
    assert window.owners == [WHOLE, WHOLE, WHOLE, 0, 0, 1, WHOLE]


def test_a_sentence_that_does_not_fit_begins_the_next_window_with_the_context():
    first, second = lay_out([10], [[20, 21, 22], [30, 31, 32]], 7, BEGIN, END)
    assert first.tokens == [BEGIN, 10, 20, 21, 22, END]
    assert second.tokens == [BEGIN, 10, 30, 31, 32, END]
    assert second.owners == [WHOLE, REPEATED, 1, 1, 1, WHOLE]


@pytest.mark.parametrize("seed", range(40))
def test_nothing_is_lost_and_nothing_counts_twice(seed):
    random_ = random.Random(seed)  # noqa: S311 -- test data, no secret
    limit = random_.randint(4, 40)
    head = [random_.randint(10, 99) for _ in range(random_.choice([0, 1, 5, 30]))]
    sentences = [
        [random_.randint(100, 999) for _ in range(random_.choice([0, 1, 3, 10, 100]))] for _ in range(5)
    ]
    windows = lay_out(head, sentences, limit, BEGIN, END)
    assert all(len(window.tokens) <= limit for window in windows)
    found = counted(windows)
    assert found.get(WHOLE, []) == head
    for number, tokens in enumerate(sentences):
        assert found.get(number, []) == tokens


def test_vectors_are_means_at_length_one():
    (window,) = lay_out([10], [[20, 21], []], 512, BEGIN, END)
    outputs = np.random.default_rng(1).normal(size=(5, 8)).astype(np.float32)
    averages = Averages(2, 8)
    averages.add(window, outputs)
    result = averages.result()
    whole, sentence = outputs.mean(axis=0), outputs[2:4].mean(axis=0)
    assert result[0] == pytest.approx(whole / np.linalg.norm(whole), abs=1e-6)
    assert result[1] == pytest.approx(sentence / np.linalg.norm(sentence), abs=1e-6)
    assert result[2] == pytest.approx(result[0])  # a sentence without tokens
