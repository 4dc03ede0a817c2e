"""What of the system keeps this process from the network, as the kernel itself tells it."""

from dataclasses import dataclass
from pathlib import Path

from desktop.confine import confinement

ENFORCE, COMPLAIN, UNCONFINED, ABSENT = "enforce", "complain", "unconfined", "absent"
_PROC = Path("/proc/self")
_APPARMOR_SWITCH = Path("/sys/module/apparmor/parameters/enabled")


@dataclass(frozen=True)
class Protection:
    """``apparmor`` is one of the four words above, ``profile`` the profile's name, "" without one.

    ``reason`` says in English why seccomp is not in force, "" if it is.
    """

    seccomp: bool
    landlock: bool
    reason: str
    apparmor: str
    profile: str


def protection(proc: Path = _PROC, apparmor_switch: Path = _APPARMOR_SWITCH) -> Protection:
    """Return the state of this process. ``proc`` and ``apparmor_switch`` stand in for the kernel's own files."""
    asked = confinement()
    # The kernel's own word: a filter is in force (2), whoever asked for it.
    status = dict(line.split(":\t", 1) for line in _read(proc / "status").splitlines() if ":\t" in line)
    seccomp = asked.seccomp and status.get("Seccomp") in ("2", None)
    state, profile = _apparmor(proc, apparmor_switch)
    return Protection(seccomp, asked.landlock, "" if seccomp else asked.reason, state, profile)


def _apparmor(proc: Path, switch: Path) -> tuple[str, str]:
    if _read(switch).strip() != "Y":
        return ABSENT, ""
    label = (_read(proc / "attr/apparmor/current") or _read(proc / "attr/current")).strip().strip("\0")
    name, _, mode = label.rpartition(" (")
    if mode.rstrip(")") in (ENFORCE, COMPLAIN):
        return mode.rstrip(")"), name
    return UNCONFINED, ""


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
