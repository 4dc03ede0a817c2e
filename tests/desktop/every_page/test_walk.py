"""Seeded clicks and keys over all pages find no error, and nothing grows. Longer by hand: python -m bench.walk."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]
STEPS = 1500
SEED = 6


def test_a_random_walk_finds_nothing() -> None:
    # In a process of its own, so that what is counted and what comes to light is the walk's alone.
    ended = subprocess.run(
        [sys.executable, "-X", "faulthandler", "-m", "bench.walk", f"--seed={SEED}", f"--steps={STEPS}"],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=900,
        check=False,
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert f"{STEPS} steps" in ended.stdout
    assert ": 0 faults" in ended.stdout
