"""What prompt-lookup decoding is worth: the same answers with and without guesses, taking turns.

The prompts are the program's own over the best passages for a sample of the test questions. Each is read
once; only writing is timed.
"""

import json
import statistics
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import platformdirs

from desktop.evidence import choose_evidence
from desktop.paths import find_paths
from desktop.start import make_library
from desktop.wording import Wording
from models.catalogue import ModelEntry, default_entry, load_catalogue
from models.engine.text import LlamaEngine
from models.engine_api import StopFlag
from models.model_file import find_model_file
from models.prompt import build_messages
from models.protocol import Generate, Load

QUESTIONS = Path(__file__).resolve().parent.parent / "tests" / "data" / "questions-dev.jsonl"
SAMPLE = 10
MAX_TOKENS = 80


def requests(file: Path) -> list[Generate]:
    """Return the program's prompts for a sample of the answerable questions in ``file``."""
    lines = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    texts = [str(line["question"]) for line in lines if line.get("answerable", True)]
    found = []
    with tempfile.TemporaryDirectory() as folder:
        library = make_library(find_paths(Path(folder)))
        for text in texts[:: max(1, len(texts) // SAMPLE)][:SAMPLE]:
            hits = library.search(text, None, 6).hits
            excerpts = Wording(hits, choose_evidence(hits)).excerpts()
            found.append(Generate(0, tuple(build_messages(text, excerpts)), max_tokens=MAX_TOKENS))
        library.close()
    return found


def writing_s(engine: LlamaEngine, request: Generate, *, guess: bool) -> tuple[float, str]:
    """Return how long writing took, and the text."""
    engine.guesses = guess
    for _ in engine.read(request):
        pass
    began = time.perf_counter()
    text = "".join(engine.write(request))
    return time.perf_counter() - began, text


def measure(entry: ModelEntry, prompts: Sequence[Generate]) -> None:
    """Print the figures of one model."""
    cache = platformdirs.user_cache_path("leitstern", appauthor=False)
    file = find_model_file(entry.file, [cache / "models"])
    engine = LlamaEngine(Load(0, str(file), "llm", 2048), StopFlag(), lambda _done, _total: None)
    ratios, plain_s, guessed_s, same = [], 0.0, 0.0, 0
    for prompt in prompts:
        plain, text = writing_s(engine, prompt, guess=False)
        guessed, other = writing_s(engine, prompt, guess=True)
        ratios.append(plain / guessed)
        plain_s, guessed_s = plain_s + plain, guessed_s + guessed
        same += text == other
    print(
        f"  {entry.title}: {plain_s / guessed_s:.2f} times as fast over {len(prompts)} answers "
        f"(median {statistics.median(ratios):.2f}, from {min(ratios):.2f} to {max(ratios):.2f}), {same} the same",
        flush=True,
    )


def main() -> None:
    """Measure the default model and its small sibling."""
    prompts = requests(QUESTIONS)
    measure(default_entry("llm"), prompts)
    measure(load_catalogue()["qwen2.5-coder-0.5b"], prompts)


if __name__ == "__main__":
    main()
