"""Which words are German at all, so that a search does not take a right word for a misspelt one.

``german_words.bin`` holds sorted 32-bit hashes of the German word list of pyspellchecker (MIT), made by
`guidelines_db.make_german_words`: a quarter of the words' size in memory, and wrong for one unknown word in 13,000.
"""

import hashlib
from functools import cached_property
from pathlib import Path

import numpy as np

GERMAN_WORDS_FILE = Path(__file__).with_name("german_words.bin")
HASH_TYPE = np.dtype("<u4")


def word_hash(word: str) -> int:
    """Return the hash of a lower-case word."""
    return int.from_bytes(hashlib.blake2b(word.encode(), digest_size=HASH_TYPE.itemsize).digest(), "little")


class GermanWords:
    """A set of words, read from its file when first asked."""

    def __init__(self, file: Path = GERMAN_WORDS_FILE) -> None:
        self._file = file

    def __contains__(self, word: object) -> bool:
        """Tell whether a lower-case word is in the list."""
        wanted = word_hash(str(word))
        place = int(np.searchsorted(self._hashes, HASH_TYPE.type(wanted)))
        return place < len(self._hashes) and int(self._hashes[place]) == wanted

    @cached_property
    def _hashes(self) -> np.ndarray[tuple[int], np.dtype[np.uint32]]:
        return np.fromfile(self._file, dtype=HASH_TYPE)
