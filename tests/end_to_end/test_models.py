"""``leitstern models`` as installed: the list, and the acceptance test with the real 0.5B model."""

import json
import subprocess
import sys
from pathlib import Path

PROGRAM = str(Path(sys.executable).with_name("leitstern"))


def run(data_dir, *arguments):
    """Run the program; return the finished process."""
    return subprocess.run(
        [PROGRAM, "--data-dir", str(data_dir), *arguments],
        capture_output=True,
        encoding="utf-8",
        timeout=900,
        check=False,
    )


def test_the_small_model_is_tested_and_the_verdict_kept(data_dir):
    done = run(data_dir, "models", "check", "qwen2.5-coder-0.5b", "--json")
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    figures = found["figures"]
    assert figures["questions"] == 12
    assert figures["answerable"] == 6
    assert 0 <= figures["shown"] <= figures["written"]
    assert figures["unsupported"] == 0
    assert figures["write_tokens_per_s"] > 0
    assert figures["memory"] > 100_000_000
    assert found["allowed"] is (not found["shortcomings"])
    report = Path(found["report"])
    assert report.is_relative_to(data_dir)
    assert found["sha256"] in report.read_text(encoding="utf-8")

    listed = run(data_dir, "models", "list", "--json")
    models = {model["name"]: model for model in map(json.loads, listed.stdout.splitlines())}
    small = models["qwen2.5-coder-0.5b"]
    assert small["checked_at"] == found["checked_at"]
    assert small["words_answers"] is found["allowed"]
    assert models["qwen2.5-coder-1.5b"]["checked_at"] == ""


def test_a_model_that_is_not_there_is_told_in_german(data_dir):
    done = run(data_dir, "models", "check", "gibt-es-nicht.gguf")
    assert done.returncode == 1
    assert done.stdout == ""
    assert len(done.stderr.strip().splitlines()) == 1
    assert "Modell" in done.stderr


def test_a_file_that_is_no_model_is_told_in_german(data_dir, tmp_path):
    file = tmp_path / "kein.gguf"
    file.write_bytes(b"something else")
    done = run(data_dir, "models", "check", str(file))
    assert done.returncode == 1
    assert len(done.stderr.strip().splitlines()) == 1
    assert "Traceback" not in done.stderr


def test_a_task_must_be_named(data_dir):
    assert run(data_dir, "models").returncode == 2
