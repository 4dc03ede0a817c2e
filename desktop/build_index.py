"""Build-time: makes the index of the shipped collections, with vectors, where the program looks for it.

    python -m desktop.build_index [FILE]

Does nothing when the index is whole and made from these documents with this encoder.
"""

import sys
from pathlib import Path

from desktop.paths import find_paths
from desktop.start import make_encoder
from guidelines_db.build import build_index, check_index
from guidelines_db.errors import CorpusInvalid, GuidelinesError


def _progress(done: int, total: int) -> None:
    if done == total or done % 40 < 8:
        print(f"  vectors: {done} of {total} passages", flush=True)


def main(arguments: list[str]) -> int:
    """Build the index and return 0, or 1 with the documents' defects."""
    paths = find_paths()
    index = Path(arguments[0]) if arguments else paths.shipped_index
    encoder = make_encoder(paths)
    if encoder is None:
        print(
            "the encoder model is missing: python -m models.build fetch multilingual-e5-small",
            file=sys.stderr,
        )
        return 1
    try:
        check_index(index, encoder_id=encoder.model_id)
        print(f"{index} is current")
    except GuidelinesError:
        try:
            build_index(index, encoder=encoder, on_progress=_progress)
        except CorpusInvalid as error:
            print(error, file=sys.stderr)
            return 1
        print(f"built {index}")
    finally:
        encoder.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
