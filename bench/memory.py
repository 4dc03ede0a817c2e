"""Peak memory (resident set) of the window and of its workers while one question is answered.

The real window, the real index and the real model, in a process of their own. Linux counts the
pages of a model file that is mapped into memory as resident, so a worker's figure holds its model.
"""

import os
import subprocess
import sys
import time
from pathlib import Path

import psutil

POLL_S = 0.05  # how often the kernel's own high-water marks are read; they only ever rise


def high_water_mark(process: psutil.Process) -> int:
    """Return the peak resident memory of ``process`` in bytes so far, 0 when it has ended."""
    try:
        status = Path(f"/proc/{process.pid}/status").read_text(encoding="ascii", errors="replace")
    except OSError:
        return 0
    found = [line.split()[1] for line in status.splitlines() if line.startswith("VmHWM:")]
    return int(found[0]) * 1024 if found else 0


def is_worker(process: psutil.Process) -> bool:
    """Tell whether ``process`` was started as a model worker."""
    try:
        return "--worker" in process.cmdline()
    except psutil.Error:
        return False


def peaks(command: list[str]) -> tuple[int, list[int]]:
    """Run ``command``; return the peak of its process and those of its workers, largest first, in bytes.

    Raises CalledProcessError when the command fails.
    """
    own = 0
    workers: dict[int, int] = {}
    environment = {"QT_QPA_PLATFORM": "offscreen", **os.environ}
    with subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, env=environment
    ) as started:
        process = psutil.Process(started.pid)
        while started.poll() is None:
            own = max(own, high_water_mark(process))
            for child in process.children(recursive=True):
                if is_worker(child):
                    workers[child.pid] = max(workers.get(child.pid, 0), high_water_mark(child))
            time.sleep(POLL_S)
    if started.returncode:
        raise subprocess.CalledProcessError(started.returncode, command)
    return own, sorted(workers.values(), reverse=True)


def main() -> None:
    """Print the peaks in MiB."""
    own, workers = peaks([sys.executable, "-m", "bench.session"])
    print(f"  {'window':24} {own / 2**20:6.0f} MiB")
    for number, worker in enumerate(workers, 1):
        print(f"  {f'worker {number}':24} {worker / 2**20:6.0f} MiB")


if __name__ == "__main__":
    main()
