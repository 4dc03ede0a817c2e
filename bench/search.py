"""How long a search over the shipped index takes: many real questions, median and 95th percentile."""

import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from bench.figures import percentiles
from desktop.library import Library
from desktop.paths import find_paths
from desktop.start import make_encoder

LIMIT = 10
EVERY = 4  # one in so many section headings is asked about
WARM_UP = 10


def questions(library: Library) -> list[str]:
    """Return the example questions, and one about every few sections as a clerk might put it."""
    asked = [example for info in library.collections() for example in info.examples]
    headings = [
        f"Was gilt für {heading} in {info.title}?"
        for _, info in library.shipped.documents()
        for heading, _, _ in library.shipped.sections(info.collection, info.id)
    ]
    return asked + headings[::EVERY]


def measure(name: str, asked: list[str], ask: Callable[[str], object]) -> float:
    """Print and return the median; each question is asked once, after a short warm-up."""
    for question in asked[:WARM_UP]:
        ask(question)
    times = []
    for question in asked:
        start = time.perf_counter()
        ask(question)
        times.append((time.perf_counter() - start) * 1000)
    p50, p95 = percentiles(times)
    print(f"  {name:24} p50 {p50:6.1f} ms   p95 {p95:6.1f} ms   ({len(times)} questions)")
    return p50


def main() -> None:
    """Print the figures with the encoder, as the program searches, and by words alone."""
    with tempfile.TemporaryDirectory() as folder:
        paths = find_paths(Path(folder))
        words = Library(paths)
        asked = questions(words)
        measure("words", asked, lambda question: words.search(question, limit=LIMIT))
        words.close()
        encoder = make_encoder(paths)
        if encoder is None:
            raise FileNotFoundError("the encoder model is missing: make setup")
        encoder.warm_up()
        both = Library(paths, encoder)
        bare = measure("one bare embedding call", asked, encoder.encode_query)
        whole = measure("words and meaning", asked, lambda question: both.search(question, limit=LIMIT))
        print(f"  ratio to the bare call   {whole / bare:.2f}")
        both.close()


if __name__ == "__main__":
    main()
