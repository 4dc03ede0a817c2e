"""Guesses what a text goes on with from where it stood before: prompt-lookup decoding.

An answer repeats its sources, so the continuation of the last few tokens is looked for in all that was
read and written (Saxena 2023, "Prompt Lookup Decoding"). A guess is never trusted, only read along.
"""

from collections.abc import Sequence

GUESSES = 3
"""Tokens guessed at once: four rows are what llama.cpp's matrix kernels for processors take together."""
LONGEST_MATCH, SHORTEST_MATCH = 4, 2


def draft_after(known: Sequence[int], token: int, guesses: int = GUESSES) -> list[int]:
    """Return up to ``guesses`` tokens that stood behind the latest place with the same last tokens.

    ``known`` are all tokens before ``token``. The longest match counts, of equal ones the latest.
    Without a match of at least ``SHORTEST_MATCH`` tokens there is no guess.
    """
    text = [*known, token]
    end = len(known)
    best: list[int] = []
    longest = SHORTEST_MATCH - 1
    for place in range(end - 1, 0, -1):
        if text[place] != token:
            continue
        length = 1
        while length < LONGEST_MATCH and length <= place and text[place - length] == text[end - length]:
            length += 1
        if length > longest:
            longest = length
            best = text[place + 1 : place + 1 + guesses]
            if longest == LONGEST_MATCH:
                break
    return best
