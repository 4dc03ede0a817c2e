"""What this machine can do: processor instructions, cores, free memory. Starts no other process."""

import ctypes
import os
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import psutil

from models.errors import NotEnoughMemory

FAST_FLAGS = frozenset({"avx2", "fma", "f16c"})  # without them a model takes several times as long
_INTEL_NAMES = {"amd64", "x86_64", "x64", "i386", "i686"}
_WINDOWS_HAS_AVX2 = 40  # PF_AVX2_INSTRUCTIONS_AVAILABLE


@dataclass(frozen=True)
class SystemFacts:
    """What ``doctor`` reports and the checks decide on. Memory in bytes."""

    machine: str
    flags: frozenset[str]  # lower case, as Linux names them; empty if the system does not tell
    physical_cores: int
    memory_total: int
    memory_available: int


def machine_name() -> str:
    """Return the processor family, for example ``x86_64`` or ``arm64``, in lower case."""
    if sys.platform == "win32":
        return os.environ.get("PROCESSOR_ARCHITECTURE", "amd64").lower()
    return os.uname().machine.lower()


@cache
def cpu_flags() -> frozenset[str]:
    """Return the processor's instruction sets as the system tells them; empty if it does not."""
    if sys.platform == "win32":
        # Every processor with AVX2 also has FMA and F16C, which Windows does not report.
        present = ctypes.windll.kernel32.IsProcessorFeaturePresent
        return frozenset({"avx2", "fma", "f16c"} if present(_WINDOWS_HAS_AVX2) else {"sse2"})
    try:
        for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
            name, _, value = line.partition(":")
            if name.strip().lower() in {"flags", "features"}:
                return frozenset(value.lower().split())
    except OSError:
        pass  # not Linux, or no /proc: the system does not tell
    return frozenset()


def physical_cores() -> int:
    """Return the number of real cores this process may use, at least 1."""
    cores = psutil.cpu_count(logical=False) or os.cpu_count() or 1
    if sys.platform == "linux":
        cores = min(cores, len(os.sched_getaffinity(0)))
    return max(1, cores)


def default_threads() -> int:
    """Return how many threads a model gets: one core stays free for the window, where there are three.

    On two cores both are used: one alone halves the speed, and the window's own work is small and
    is put first by the system because the worker runs at a lower priority.
    """
    cores = physical_cores()
    return cores if cores <= 2 else cores - 1


def system_facts() -> SystemFacts:
    """Return the facts of this moment."""
    memory = psutil.virtual_memory()
    return SystemFacts(machine_name(), cpu_flags(), physical_cores(), memory.total, memory.available)


def is_fast_cpu(machine: str | None = None, flags: frozenset[str] | None = None) -> bool:
    """Tell whether the processor has the instructions that make a model fast; the engine runs without them too.

    Arguments stand in for this machine's own. A system that tells nothing is given the benefit of the doubt.
    """
    machine = machine or machine_name()
    flags = cpu_flags() if flags is None else flags
    return machine not in _INTEL_NAMES or not flags or flags >= FAST_FLAGS


def check_memory(needed_bytes: int, available_bytes: int | None = None) -> None:
    """Raise NotEnoughMemory if fewer than ``needed_bytes`` are free."""
    available = psutil.virtual_memory().available if available_bytes is None else available_bytes
    if available < needed_bytes:
        raise NotEnoughMemory(f"{available} bytes are free, {needed_bytes} are needed")
