"""What ``python -m bench.X`` does is said for every X: it measures, or it refuses."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
MODULES = sorted(file.stem for file in (ROOT / "bench").glob("*.py") if file.stem != "__init__")


def _runs(module: str) -> bool:
    """Tell whether ``module`` does anything when it is called by its name."""
    tree = ast.parse((ROOT / f"bench/{module}.py").read_text(encoding="utf-8"))
    guards = [ast.unparse(node.test) for node in tree.body if isinstance(node, ast.If)]
    return "__name__ == '__main__'" in guards


@pytest.mark.parametrize("module", MODULES)
def test_no_part_ends_in_silence(module: str) -> None:
    """One without this end would print nothing and report success."""
    assert _runs(module)


@pytest.mark.parametrize("module", ["figures", "keep", "synthetic"])
def test_what_measures_nothing_refuses(module: str) -> None:
    """They only serve other parts."""
    ended = subprocess.run(
        [sys.executable, "-m", f"bench.{module}"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert ended.returncode != 0
    assert "measures nothing itself" in ended.stderr


def test_an_unknown_part_is_refused() -> None:
    """A slip of the pen must not measure everything else."""
    ended = subprocess.run(
        [sys.executable, "-m", "bench", "stertup"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert ended.returncode == 2
    assert "stertup" in ended.stderr
