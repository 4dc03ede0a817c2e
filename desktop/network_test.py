"""Tries in this very process what the program must not be able to do, and says what the system answered.

Only ``leitstern doctor --report`` calls this. The C library's ``socket`` is called directly: no module for network
connections is part of the program. A socket that comes about is closed at once; nothing is connected or sent.
"""

import ctypes
import errno
import os
from dataclasses import dataclass
from pathlib import Path

# Address family and kind, from the kernel's headers.
_ATTEMPTS = (
    ("IPv4, TCP", 2, 1),
    ("IPv4, UDP", 2, 2),
    ("IPv6, TCP", 10, 1),
    ("IPv6, UDP", 10, 2),
    ("Ethernet", 17, 3),
)
# Tables below /proc/self/net and the place of the inode in their rows.
_TABLES = {
    **dict.fromkeys(("tcp", "tcp6", "udp", "udp6", "udplite", "udplite6", "raw", "raw6"), 9),
    "packet": 8,
}


@dataclass(frozen=True)
class Attempt:
    """One try: what was asked for, and the system's answer as its name in errno.h, "" if it was granted."""

    name: str
    refused: str


def try_network() -> list[Attempt]:
    """Return what came of each try; empty where the system is none that this can be tried on."""
    try:
        libc = ctypes.CDLL(None, use_errno=True)
        make = libc.socket
    except (OSError, AttributeError, TypeError):
        return []
    found = []
    for name, family, kind in _ATTEMPTS:
        handle = make(family, kind, 0)
        if handle >= 0:
            os.close(handle)
        number = ctypes.get_errno()
        found.append(Attempt(name, "" if handle >= 0 else errno.errorcode.get(number, str(number))))
    return found


def open_connections(proc: Path = Path("/proc/self")) -> int | None:
    """Return how many internet sockets this process holds now; None where the system does not tell."""
    try:
        held = {str(link.readlink()) for link in (proc / "fd").iterdir() if link.is_symlink()}
    except OSError:
        return None
    network: set[str] = set()
    for name, column in _TABLES.items():
        table = proc / "net" / name
        if table.is_file():
            rows = table.read_text(encoding="ascii", errors="replace").splitlines()[1:]
            network |= {f"socket:[{row.split()[column]}]" for row in rows if len(row.split()) > column}
    return len(held & network)
