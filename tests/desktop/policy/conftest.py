"""A machine with collections and models, and a policy for it."""

import hashlib
import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from desktop import cli
from desktop.paths import Paths
from desktop.policy import Policy
from desktop.policy_file import load_policy

HEADER = struct.pack("<4sIQQ", b"GGUF", 3, 10, 20)


@pytest.fixture
def machine(tmp_path: Path, share_dir: Path) -> Paths:
    """Paths with collections and an empty folder for models."""
    models = tmp_path / "models"
    models.mkdir()
    return Paths(tmp_path / "data", share_dir, (models,))


@pytest.fixture
def policy_file(tmp_path: Path) -> Path:
    return tmp_path / "etc/policy.toml"


@pytest.fixture
def decide(policy_file: Path) -> Callable[[str], Policy]:
    """A function that writes a policy and reads it."""

    def decide(text: str) -> Policy:
        policy_file.parent.mkdir(exist_ok=True)
        policy_file.write_text(text, encoding="utf-8")
        policy = load_policy(policy_file)
        assert policy.mistakes == ()
        return policy

    return decide


@pytest.fixture
def call(
    policy_file: Path, data_dir: Path, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, str, str]]:
    """A function that calls the command line under the policy: exit code, output, errors."""

    def call(*arguments: str | Path) -> tuple[int, str, str]:
        code = cli.main(["--data-dir", str(data_dir), *map(str, arguments)], policy_file)
        said = capsys.readouterr()
        return code, said.out, said.err

    return call


def _put_model(folder: Path, name: str, content: bytes = b"weights") -> tuple[Path, str]:
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / name
    file.write_bytes(HEADER + content)
    return file, hashlib.sha256(HEADER + content).hexdigest()


@pytest.fixture
def put_model() -> Callable[..., Any]:
    """Return a function that puts a model into a folder."""
    return _put_model
