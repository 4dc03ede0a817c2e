"""Repeats the run of the reader's published weights: python3 tools/reader.py [--work FOLDER]

Sets up an environment for training in FOLDER, fetches encoder and tokenizer, takes the weights the run starts from out
of the history, trains, and writes the mean of these and each epoch's into models/reader/weights. Started again it goes
on from its last checkpoint. What is measured and fitted on the finished weights is in docs/reader.md.
"""

import argparse
import os
import subprocess
import sys
import tarfile
import tomllib
from io import BytesIO
from pathlib import Path

from steps import SetupError, Timed, run_logged, run_shown, say

ROOT = Path(__file__).resolve().parent.parent
BIN = ROOT / ".venv/bin"
WEIGHTS = "models/reader/weights"
START = "0b3595a"
"""The commit whose published weights the run starts from."""


def training_environment(work: Path) -> Path:
    """Install what training needs, apart from the program's own environment; return its Python."""
    python = work / "venv/bin/python"
    ready = work / "venv/ready"
    if not ready.exists():
        project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
        with Timed("Installing what training needs (about 1 GB)"):
            run_logged([sys.executable, "-m", "venv", "--clear", work / "venv"], work / "venv.log")
            needs = ["numpy", *project["optional-dependencies"]["train"]]
            run_logged([python, "-m", "pip", "install", *needs], work / "pip.log", ("Collecting",))
        ready.touch()
    return python


def starting_weights(work: Path) -> Path:
    """Take the weights of the commit START out of the history; return their folder."""
    packed = subprocess.run(["git", "archive", START, WEIGHTS], capture_output=True, check=False)
    if packed.returncode:
        raise SetupError(f"The history does not reach back to {START}: git fetch --unshallow, then repeat.")
    with tarfile.open(fileobj=BytesIO(packed.stdout)) as archive:
        archive.extractall(work / "start", filter="data")
    return work / "start" / WEIGHTS


def tokenizer_file(work: Path) -> Path:
    """Fetch the encoder's tokenizer.json."""
    code = "import sys, pathlib; from models.build.e5_source import obtain_tokenizer as obtain; "
    code += "print(obtain(pathlib.Path(sys.argv[1])))"
    found = list(work.glob("tokenizer/*/assets/*/tokenizer.json"))
    if found:
        return found[0]
    (work / "tokenizer").mkdir(exist_ok=True)
    return Path(run_shown([BIN / "python", "-c", code, work / "tokenizer"], results_shown=False))


def main() -> int:
    """Train and publish; return the exit code."""
    parser = argparse.ArgumentParser(prog="make reader", description=__doc__)
    parser.add_argument("--work", type=Path, default=Path.home() / ".cache/leitstern/reader")
    parser.add_argument("--bfloat16", action="store_true", help="for processors that multiply in 16 bits")
    given = parser.parse_args()
    work: Path = given.work.resolve()
    os.chdir(ROOT)
    work.mkdir(parents=True, exist_ok=True)
    try:
        python = training_environment(work)
        encoder = run_shown([BIN / "python", "-m", "models.build", "fetch", "multilingual-e5-small"])
        inputs: list[str | Path] = ["--encoder", encoder, "--tokenizer", tokenizer_file(work)]
        start = starting_weights(work)
        train: list[str | Path] = [
            "-m",
            "models.reader.train",
            "--work",
            work,
            *inputs,
            "--start",
            starting_weights(work),
        ]
        with Timed("Training"):
            run_shown([python, *train, *(["--bfloat16"] if given.bfloat16 else [])])
        with Timed(f"Publishing into {WEIGHTS}"):
            run_shown(
                [python, "-m", "models.reader.publish", start, *sorted(work.glob("epoch-*.pt")), *inputs]
            )
    except KeyboardInterrupt:
        say("\nInterrupted. The same command goes on from here.")
        return 130
    except (SetupError, OSError) as error:
        say(f"\nTraining stopped: {error}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
