"""``python -m bench.endurance``: five hundred questions in a row to the whole program, and what its processes hold.

The small model answers, few tokens each, so that the many prompts and not the writing fill the time. Ten faults in
between (the worker is killed while it reads) must each cost one answer at most.
"""

import itertools
import json
import os
import signal
import tempfile
from pathlib import Path

import psutil

import desktop.assistant
from desktop.answer import AnswerEvent, Ending, ModelReading
from desktop.assistant import Assistant
from desktop.paths import find_paths
from desktop.start import find_llm, make_library, make_reader, open_writer

QUESTIONS = Path(__file__).resolve().parent.parent / "tests" / "data" / "questions-dev.jsonl"
MODEL = "qwen2.5-coder-0.5b"
ASKED = 500
SETTLED = 100  # questions after which all buffers have their size
FAULTS_EVERY = 50
MAX_TOKENS = 12


def resident(process: psutil.Process) -> dict[str, float]:
    """Return what the process and each of its workers hold, in MB, in the order they were started."""
    members = [process, *sorted(process.children(recursive=True), key=lambda child: child.create_time())]
    return {
        ("program" if member is process else f"worker {number}"): member.memory_info().rss / 1e6
        for number, member in enumerate(members)
    }


def main() -> None:
    """Print the memory along the way and how many questions failed."""
    texts = [json.loads(line)["question"] for line in QUESTIONS.read_text(encoding="utf-8").splitlines()]
    with tempfile.TemporaryDirectory() as folder:
        paths = find_paths(Path(folder))
        found = find_llm(paths, MODEL)
        if found is None:
            print(f"  {MODEL} is missing: python -m models.build fetch")
            return
        desktop.assistant.MAX_TOKENS = MAX_TOKENS
        writer, client = open_writer(paths, *found)
        assistant = Assistant(make_library(paths), writer, make_reader(paths))
        failed, faults, unexpected = 0, 0, 0
        for number, text in zip(range(1, ASKED + 1), itertools.cycle(texts), strict=False):
            # between two looks at the memory, so that the model's worker is there to be looked at
            strike = number % FAULTS_EVERY == FAULTS_EVERY // 2

            def heard(event: AnswerEvent, strike: bool = strike) -> None:
                if strike and isinstance(event, ModelReading) and client.pid:
                    os.kill(client.pid, signal.SIGKILL)

            answer = assistant.ask(f"{text} ({number})", on_event=heard)
            failed += answer.ending is Ending.FAILED
            faults += strike and answer.ending is Ending.FAILED
            unexpected += not strike and answer.ending is Ending.FAILED
            if number in {1, SETTLED // 2, SETTLED} or number % SETTLED == 0:
                held = ", ".join(f"{name} {size:.0f} MB" for name, size in resident(psutil.Process()).items())
                print(f"  after {number:3} questions: {held}", flush=True)
        assistant.close()
    print(
        f"  {faults} faults struck while the model read; {failed} answers lost, {unexpected} without a fault"
    )


if __name__ == "__main__":
    main()
