"""Guesses from what stood before."""

from models.lookup import GUESSES, draft_after


def test_a_repetition_is_continued():
    assert draft_after([1, 2, 3, 4, 5, 9, 1], 2) == [3, 4, 5][:GUESSES]


def test_one_token_is_no_repetition():
    assert draft_after([1, 2, 3, 9], 2) == []


def test_the_longer_match_counts_before_the_later():
    known = [7, 1, 2, 3, 50, 8, 1, 2, 3, 60, 5, 3, 70, 7, 1, 2]
    assert draft_after(known, 3, 1) == [50]


def test_of_equal_matches_the_latest_counts():
    known = [1, 2, 50, 1, 2, 60, 1]
    assert draft_after(known, 2, 1) == [60]


def test_nothing_is_known_at_first():
    assert draft_after([], 1) == []
    assert draft_after([1], 1) == []


def test_a_run_of_one_token_is_guessed_to_go_on():
    assert draft_after([4, 4, 4, 4], 4, 1) == [4]
