"""No network sockets in a confined process, its threads and its children. The tests' own process stays free."""

import json
import os
import subprocess
import sys
import textwrap
from types import SimpleNamespace
from typing import Any

import pytest

from desktop.confine import Confinement, confine, confinement, network_filter

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="seccomp and Landlock are parts of Linux")

TRY = """
import errno, json, socket, subprocess, sys, threading
inherited = socket.socket(socket.AF_INET)
listener = socket.socket(socket.AF_INET)
listener.bind(("127.0.0.1", 0))
listener.listen()
from desktop.confine import confine, confinement

def attempt(*kind):
    try:
        socket.socket(*kind).close()
    except OSError as error:
        return errno.errorcode[error.errno]
    return "open"

found = {"before": attempt(socket.AF_INET)}
"""


def run(code: str) -> Any:
    """Run ``code`` after ``TRY`` in a process of its own and return what it put into ``found``."""
    program = TRY + textwrap.dedent(code) + "\nprint(json.dumps(found))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return json.loads(done.stdout.splitlines()[-1])


def test_network_sockets_are_refused_and_local_ones_not() -> None:
    found = run(
        """
        state = confine()
        found |= {"state": [state.seccomp, state.reason], "kept": confinement() is confine() is state}
        for family in (socket.AF_INET, socket.AF_INET6, socket.AF_PACKET, socket.AF_VSOCK, 31, 43):
            found[f"family {int(family)}"] = attempt(family, socket.SOCK_STREAM)
        found["udp"] = attempt(socket.AF_INET, socket.SOCK_DGRAM)
        found["unix"] = attempt(socket.AF_UNIX)
        found["netlink"] = attempt(socket.AF_NETLINK, socket.SOCK_RAW)
        left, right = socket.socketpair()
        left.sendall(b"x")
        found["pair"] = right.recv(1).decode()
        """
    )
    assert found.pop("before") == "open"
    assert found.pop("state") == [True, ""]
    assert found.pop("kept") is True
    assert [found.pop(name) for name in ("unix", "netlink", "pair")] == ["open", "open", "x"]
    assert set(found.values()) == {"EACCES"}
    assert len(found) == 7


def test_threads_and_children_are_bound_too() -> None:
    """Also a thread that ran before, and whatever the process starts, in Python or not."""
    found = run(
        """
        go = threading.Event()
        early = threading.Thread(target=lambda: (go.wait(60), found.update(early=attempt())))
        early.start()
        confine()
        go.set()
        early.join()
        late = threading.Thread(target=lambda: found.update(late=attempt()))
        late.start()
        late.join()
        child = [sys.executable, "-c", "import socket; socket.socket()"]
        found["child"] = subprocess.run(child, capture_output=True, text=True).stderr.splitlines()[-1]
        """
    )
    assert (found["early"], found["late"]) == ("EACCES", "EACCES")
    assert found["child"].startswith("PermissionError")


def test_landlock_binds_a_socket_that_was_there_before() -> None:
    found = run(
        """
        found["landlock"] = confine().landlock
        try:
            inherited.connect(listener.getsockname())
            found["connected"] = "yes"
        except PermissionError:
            found["connected"] = "refused"
        """
    )
    assert found["connected"] == ("refused" if found["landlock"] else "yes")


def test_other_doors_are_shut() -> None:
    """io_uring could make a socket past the filter."""
    found = run(
        """
        import ctypes
        libc = ctypes.CDLL(None, use_errno=True)
        confine()
        parameters = ctypes.create_string_buffer(120)
        result = libc.syscall(ctypes.c_long(425), ctypes.c_long(4), parameters)
        found["io_uring"] = [result, errno.errorcode[ctypes.get_errno()]]
        """
    )
    assert found["io_uring"] == [-1, "EPERM"]


def evaluate(code: bytes, architecture: int, call: int, first: int) -> int:
    """Run a filter as the kernel would: the four kinds of instruction that it uses."""
    import struct

    data = {0: call, 4: architecture, 16: first}
    lines = list(struct.iter_unpack("HBBI", code))
    here, word = 0, 0
    while True:
        kind, then, otherwise, value = lines[here]
        if kind == 0x06:
            return int(value)
        if kind == 0x20:
            word = data[value]
            here += 1
            continue
        true = word == value if kind == 0x15 else word >= value
        here += 1 + (then if true else otherwise)


@pytest.mark.parametrize(("architecture", "socket_call"), [(0xC000003E, 41), (0xC00000B7, 198)])
def test_the_filter_decides_as_documented(architecture: int, socket_call: int) -> None:
    """Also for the processor that these tests do not run on."""
    code = network_filter(architecture, socket_call)
    allow, access, permission = 0x7FFF0000, 0x0005000D, 0x00050001
    assert evaluate(code, architecture, 0, 0) == allow  # read, say
    assert evaluate(code, architecture, socket_call + 1, 2) == allow
    for family, decision in {1: allow, 16: allow, 0: access, 2: access, 10: access, 17: access}.items():
        assert evaluate(code, architecture, socket_call, family) == decision
    assert evaluate(code, architecture, 425, 0) == permission
    assert evaluate(code, architecture, socket_call | 0x40000000, 2) == permission
    assert evaluate(code, 0x40000003, 102, 0) == permission  # a 32-bit program's socketcall


def test_elsewhere_the_program_runs_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "uname", lambda: SimpleNamespace(machine="riscv64"))
    monkeypatch.setattr("desktop.confine._in_force", Confinement())
    assert confine() == Confinement(reason="linux on riscv64")
    assert confinement().seccomp is False
