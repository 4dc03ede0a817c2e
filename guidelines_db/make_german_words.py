"""Makes guidelines_db/german_words.bin from the German word list of pyspellchecker (MIT).

    python -m pip download --no-deps pyspellchecker==0.9.1
    python -m guidelines_db.make_german_words pyspellchecker-0.9.1-py3-none-any.whl

Run by hand when the list shall be renewed; the program needs the result only.
"""

import gzip
import json
import sys
import zipfile
from pathlib import Path

import numpy as np

from guidelines_db.german_words import GERMAN_WORDS_FILE, HASH_TYPE, word_hash
from guidelines_db.spelling import MIN_LENGTH

LIST = "spellchecker/resources/de.json.gz"


def main(wheel: Path) -> None:
    """Write the hashes of all words of ``wheel`` that are long enough to be corrected."""
    with zipfile.ZipFile(wheel) as archive:
        words = json.loads(gzip.decompress(archive.read(LIST)))
    hashes = {word_hash(word.lower()) for word in words if len(word) >= MIN_LENGTH and word.isalpha()}
    np.array(sorted(hashes), dtype=HASH_TYPE).tofile(GERMAN_WORDS_FILE)
    sys.stdout.write(f"{len(hashes)} words in {GERMAN_WORDS_FILE}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
