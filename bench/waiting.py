"""How the threads of llama.cpp should wait for each other (OpenMP), on a quiet machine and on a busy one.

One worker for each policy, as they are set before llama.cpp is loaded; they take turns, so that whatever else the
machine does slows all alike. Busy means: as many processes as there are cores count in a loop meanwhile, at the
priority of a clerk's other programs. The engine of ``.venv`` is the portable one of the package.
"""

import contextlib
import statistics
import subprocess
import sys
from collections.abc import Iterator

import platformdirs

from bench.llm import Ours, Run, as_prompt
from bench.lookup import QUESTIONS, requests
from models.catalogue import load_catalogue
from models.model_file import find_model_file
from models.system import default_threads, physical_cores

MODEL = "qwen2.5-coder-0.5b"
ROUNDS = 3
POLICIES = {
    "active (OpenMP's default)": {"OMP_WAIT_POLICY": "active"},
    "passive": {"OMP_WAIT_POLICY": "passive", "GOMP_SPINCOUNT": "0"},
    "passive after 1,000 looks": {"OMP_WAIT_POLICY": "passive", "GOMP_SPINCOUNT": "1000"},
}


@contextlib.contextmanager
def busy(processes: int) -> Iterator[None]:
    """Keep ``processes`` cores busy."""
    counting = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(processes)]
    try:
        yield
    finally:
        for process in counting:
            process.kill()
            process.wait()


def rounds(workers: dict[str, Ours]) -> dict[str, list[Run]]:
    """Let every worker answer in turn; each round begins anew, so that all of the prompt is read."""
    runs: dict[str, list[Run]] = {name: [] for name in workers}
    messages = requests(QUESTIONS)[0].messages
    for number in range(ROUNDS):
        for name, worker in workers.items():
            runs[name].append(worker.run(as_prompt(messages, f"Sitzung {number}.")))
    return runs


def main() -> None:
    """Print time to the first token and tokens a second for each policy."""
    cache = platformdirs.user_cache_path("leitstern", appauthor=False)
    file = str(find_model_file(load_catalogue()[MODEL].file, [cache / "models"]))
    threads = default_threads()
    workers = {name: Ours(file, threads, policy) for name, policy in POLICIES.items()}
    measured = {"quiet": rounds(workers)}
    with busy(physical_cores()):
        measured["busy"] = rounds(workers)
    for worker in workers.values():
        worker.close()
    print(f"  {MODEL}, {threads} threads, median of {ROUNDS}: first token in ms, then tokens per second")
    print(f"    {'':26}{'quiet':>16}{'busy':>20}")
    for name in POLICIES:
        cells = []
        for runs in measured.values():
            first = statistics.median(run.first_ms for run in runs[name])
            speed = statistics.median(run.tokens_per_s for run in runs[name])
            cells.append(f"{first:10.0f} {speed:7.1f}")
        print(f"    {name:26}{'  '.join(cells)}")


if __name__ == "__main__":
    main()
