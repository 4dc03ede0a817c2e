"""Workers for the tests of the model process: scripted ones, and real ones around the small model."""

import sys
import threading
import time
from pathlib import Path

import platformdirs
import pytest

from models.catalogue import load_catalogue
from models.client import WorkerClient
from models.protocol import Generate, Load, Message

SCRIPTED = [sys.executable, str(Path(__file__).with_name("scripted_worker.py"))]
REAL = [sys.executable, "-m", "desktop", "--worker"]
# Found when the tests are collected, before any test gets folders of its own.
CACHE = platformdirs.user_cache_path("leitstern", appauthor=False)


@pytest.fixture(scope="session")
def script():
    """A function from words to the request that makes the scripted engine do them."""
    return lambda words: Generate(0, (Message("user", words),))


@pytest.fixture(scope="session")
def scripted_command():
    """The command that starts a worker around the scripted engine."""
    return SCRIPTED


@pytest.fixture(scope="session")
def real_command():
    """The command that starts a worker as the program does."""
    return REAL


@pytest.fixture
def wait_until():
    """A function that waits for a condition of another process and fails after half a minute."""

    def wait(condition, what):
        deadline = time.monotonic() + 30
        while not condition():
            if time.monotonic() > deadline:
                pytest.fail(f"waited in vain: {what}")
            threading.Event().wait(0.02)

    return wait


@pytest.fixture
def scripted_client(tmp_path):
    """A client with a scripted model named; its process starts with the first request."""
    client = WorkerClient(SCRIPTED, stderr_log=tmp_path / "worker.log", hang_timeout_s=60)
    client.load_model(Load(0, "scripted.gguf", "llm", 2048))
    yield client
    client.close()


def model_file(name: str) -> Path:
    """Return the file of a catalogue model; a missing one is a failure, not a reason to skip."""
    file = CACHE / "models" / load_catalogue()[name].file
    if not file.is_file():
        pytest.fail(f"{file.name} is missing; get it with: python -m models.build fetch {name}")
    return file


@pytest.fixture(scope="session")
def small_model() -> Path:
    """The file of the 0.5B model."""
    return model_file("qwen2.5-coder-0.5b")


@pytest.fixture(scope="session")
def encoder_model() -> Path:
    """The file of the encoder."""
    return model_file("multilingual-e5-small")


@pytest.fixture(scope="module")
def real_client(small_model, tmp_path_factory):
    """A client whose worker runs the 0.5B model; one for all tests of a file."""
    log = tmp_path_factory.mktemp("worker") / "worker.log"
    client = WorkerClient(REAL, stderr_log=log)
    client.load_model(Load(0, str(small_model), "llm", 2048))
    yield client
    client.close()
