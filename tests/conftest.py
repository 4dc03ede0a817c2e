"""Rules for all tests: no screen, no network, own folders, no unexpected error in the log."""

import logging
import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

os.environ["QT_QPA_PLATFORM"] = "offscreen"

_NETWORK_FAMILIES = (socket.AF_INET, socket.AF_INET6)


def pytest_configure(config: pytest.Config) -> None:
    """Register the marker of tests that provoke an error on purpose."""
    config.addinivalue_line("markers", "expects_errors: the test makes the program log an error on purpose")


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fail the test that creates a network socket."""
    real_init = socket.socket.__init__

    def guarded(self: socket.socket, family: int = -1, *args: object, **values: object) -> None:
        fileno = args[2] if len(args) > 2 else values.get("fileno")
        if fileno is None and (family == -1 or family in _NETWORK_FAMILIES):
            pytest.fail(f"a network socket was created (family {family})")
        real_init(self, family, *args, **values)  # type: ignore[arg-type]

    monkeypatch.setattr(socket.socket, "__init__", guarded)


@pytest.fixture(autouse=True)
def _own_folders(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Point the user's data and settings folders elsewhere; the cache with the models stays."""
    home = tmp_path_factory.mktemp("user")
    monkeypatch.setenv("XDG_DATA_HOME", str(home / "data"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home / "config"))
    monkeypatch.setenv("XDG_STATE_HOME", str(home / "state"))
    monkeypatch.setenv("LOCALAPPDATA", str(home / "local"))


@pytest.fixture(autouse=True)
def _no_logged_errors(request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Fail the test that leaves an error in the log without saying so."""
    yield
    if request.node.get_closest_marker("expects_errors"):
        return
    errors = [record for record in caplog.get_records("call") if record.levelno >= logging.ERROR]
    assert not errors, f"unexpected errors in the log: {[record.getMessage() for record in errors]}"


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    """Return an empty data folder of this test's own."""
    folder = tmp_path / "data"
    folder.mkdir()
    return folder
