"""``python -m bench [PART...]``: prints how fast and how large the program is on this machine."""

import argparse
import importlib
import os
import platform
import sys
from collections.abc import Sequence

import psutil

# In the order of a clerk's day: open, search, read the answer.
PARTS = {
    "startup": "from process start to a usable window",
    "search": "search over the shipped collections",
    "llm": "the model beside plain llama-cpp-python",
    "lookup": "what guessing along repeated text is worth",
    "waiting": "how the model's threads should wait for each other",
    "latency": "how long the window is held up while it works",
    "memory": "peak memory of window and worker",
}


def machine() -> str:
    """Describe what the figures belong to."""
    cores = psutil.cpu_count(logical=False) or psutil.cpu_count() or 1
    memory_gib = psutil.virtual_memory().total / 2**30
    system = f"{platform.system()} {platform.machine()}, Python {platform.python_version()}"
    return f"{system}, {cores} cores, {memory_gib:.0f} GiB, load {os.getloadavg()[0]:.1f}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the parts named in ``arguments``, or all of them."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"of: {', '.join(PARTS)} (default: all)")
    parts = parser.parse_args(arguments).parts or list(PARTS)
    if unknown := [part for part in parts if part not in PARTS]:
        parser.error(f"unknown: {', '.join(unknown)}")
    print(machine(), flush=True)
    for part in parts:
        print(f"\n{part}: {PARTS[part]}", flush=True)
        importlib.import_module(f"bench.{part}").main()
    return 0


if __name__ == "__main__":
    sys.exit(main())
