"""Time to the first token and tokens per second of the program beside plain llama-cpp-python.

Both run as processes of their own with the same model, prompt, threads and priority, and take turns, so
that a busy machine slows both alike; what counts is the ratio. The prompts are ours (instructions, excerpts,
question) to questions of the test file. Every round begins with another line, so that neither can use what it read
before; then the next round's prompt follows behind the same line, which shows what keeping the instructions is worth.
"""

import json
import os
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import platformdirs

from bench.lookup import QUESTIONS, requests
from models.catalogue import ModelEntry, default_entry, load_catalogue
from models.client import WorkerClient
from models.model_file import find_model_file
from models.protocol import Generate, Load, Message, Reading, Token
from models.system import default_threads

ROUNDS = 3
MAX_TOKENS = 48
CONTEXT = 2048
WORKER_NICENESS = 5


@dataclass(frozen=True)
class Run:
    """One answer: milliseconds to the first token, and tokens per second after it."""

    first_ms: float
    tokens_per_s: float


def as_prompt(messages: Sequence[Message], opening: str) -> str:
    """Return ``messages`` in ChatML with ``opening`` before the instructions."""
    turns = [f"<|im_start|>{message.role}\n{message.content}<|im_end|>\n" for message in messages]
    turns[0] = turns[0].replace("\n", f"\n{opening}\n", 1)
    return "".join(turns) + "<|im_start|>assistant\n"


class Plain:
    """llama-cpp-python as it comes."""

    def __init__(self, file: str, threads: int) -> None:
        """Start the process and wait until the model is loaded."""
        command = [sys.executable, "-m", "bench.plain_llama", file, str(CONTEXT), str(threads)]
        self._child = subprocess.Popen(
            [*command, str(WORKER_NICENESS)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self._answer()

    def _answer(self) -> dict[str, float]:
        assert self._child.stdout is not None
        answer: dict[str, float] = json.loads(self._child.stdout.readline())
        return answer

    def run(self, prompt: str) -> Run:
        """Let it answer ``prompt``."""
        assert self._child.stdin is not None
        self._child.stdin.write(json.dumps({"prompt": prompt, "max_tokens": MAX_TOKENS}) + "\n")
        self._child.stdin.flush()
        answer = self._answer()
        writing_s = (answer["total_ms"] - answer["first_ms"]) / 1000
        return Run(answer["first_ms"], (answer["completion_tokens"] - 1) / writing_s)

    def close(self) -> None:
        """End the process."""
        with self._child:
            pass


class Ours:
    """The program's own worker, asked as the program asks it."""

    def __init__(self, file: str, threads: int, environment: Mapping[str, str] | None = None) -> None:
        """Start the worker, with ``environment`` beside what is set anyway, and load the model."""
        command = [sys.executable, "-m", "desktop", "--worker"]
        if environment:
            command = ["env", *(f"{name}={value}" for name, value in environment.items()), *command]
        self._client = WorkerClient(command)
        self._client.load_model(Load(0, file, "llm", CONTEXT, threads))

    def run(self, prompt: str) -> Run:
        """Let it answer ``prompt``; the clock is read here, behind the pipe."""
        times: list[float] = []

        def heard(event: Reading | Token) -> None:
            if isinstance(event, Token):
                times.append(time.perf_counter())

        began = time.perf_counter()
        finished = self._client.generate(Generate(0, prompt=prompt, max_tokens=MAX_TOKENS), heard)
        ended = time.perf_counter()
        return Run((times[0] - began) * 1000, (finished.completion_tokens - 1) / (ended - times[0]))

    def stop_ms(self, prompt: str) -> float:
        """Return how long the worker takes to stop in the middle of reading ``prompt``."""
        stopped_at: list[float] = []

        def stop() -> None:
            stopped_at.append(time.perf_counter())
            self._client.cancel()

        timer = threading.Timer(0.3, stop)
        self._client.generate(Generate(0, prompt=prompt, max_tokens=1), lambda _: _start(timer))
        ended = time.perf_counter()
        timer.join()
        return (ended - stopped_at[0]) * 1000

    def close(self) -> None:
        """End the worker."""
        self._client.close()


def _start(timer: threading.Timer) -> None:
    """Start ``timer`` unless it runs."""
    if timer.ident is None:
        timer.start()


def measure(entry: ModelEntry, prompts: Sequence[Sequence[Message]]) -> None:
    """Print the figures of one model for ``prompts``, one more than there are rounds."""
    cache = platformdirs.user_cache_path("leitstern", appauthor=False)
    file = str(find_model_file(entry.file, [cache / "models"]))
    threads = default_threads()
    plain, ours = Plain(file, threads), Ours(file, threads)
    plains: list[Run] = []
    owns: list[Run] = []
    seconds: list[Run] = []
    for number in range(ROUNDS + 1):
        opening = f"Sitzung {number}."
        prompt = as_prompt(prompts[number], opening)
        plains.append(plain.run(prompt))
        owns.append(ours.run(prompt))
        if number < ROUNDS:
            seconds.append(ours.run(as_prompt(prompts[number + 1], opening)))
    stops = [ours.stop_ms(f"{number} " + "Die Verwaltung prüft. " * 200) for number in range(ROUNDS)]
    plain.close()
    ours.close()
    first, own_first = (statistics.median(run.first_ms for run in runs) for runs in (plains, owns))
    speed, own_speed = (statistics.median(run.tokens_per_s for run in runs) for runs in (plains, owns))
    kept = [later.first_ms / alone.first_ms for later, alone in zip(seconds, owns[1:], strict=True)]
    second, of_nothing = statistics.median(run.first_ms for run in seconds), statistics.median(kept)
    print(f"  {entry.title}, {threads} threads, load {os.getloadavg()[0]:.1f}, median of {ROUNDS}")
    print(f"    {'':22}{'plain':>10}{'ours':>10}{'ratio':>8}")
    print(f"    {'first token, ms':22}{first:10.0f}{own_first:10.0f}{own_first / first:8.2f}")
    print(f"    {'tokens per second':22}{speed:10.1f}{own_speed:10.1f}{own_speed / speed:8.2f}")
    print(f"    {'second question, ms':22}{'':10}{second:10.0f}{of_nothing:8.2f}  (of the same from nothing)")
    print(f"    {'stop while reading, ms':22}{'':10}{max(stops):10.0f}  (the longest of {ROUNDS})")


def main() -> None:
    """Measure the default model and its small sibling."""
    prompts = [request.messages for request in requests(QUESTIONS)[: ROUNDS + 1]]
    measure(default_entry("llm"), prompts)
    measure(load_catalogue()["qwen2.5-coder-0.5b"], prompts)


if __name__ == "__main__":
    main()
