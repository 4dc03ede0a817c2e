"""Seeded clicks and keys over all pages find no error, and nothing grows. Longer by hand: python -m bench.walk."""

from pathlib import Path

from PySide6.QtWidgets import QApplication

from bench.walk import walk
from desktop.paths import Paths

STEPS = 1500
SEED = 6


def test_a_random_walk_finds_nothing(qapp: QApplication, share: Path, data_dir: Path) -> None:
    paths = Paths(data_dir=data_dir, share_dir=share, model_dirs=())
    found = walk(paths, SEED, lambda steps: steps / STEPS)
    assert found.steps == STEPS
    assert not found.faults, "\n".join(dict.fromkeys(found.faults))
    assert not found.grows, found
