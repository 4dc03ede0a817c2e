"""Forbids this process and all that it starts to open network sockets, where the system (Linux) can do so.

The program opens no network socket anyway; this holds also for a fault in a library or in a model file. Two means
of the Linux kernel, both for good, both inherited by every child and thread, neither needing any privilege:

- seccomp (seccomp(2)): ``socket`` works for local families only. An allow-list, because many families lead out
  of the machine (AF_INET, AF_INET6, AF_PACKET, AF_VSOCK, AF_SMC, AF_BLUETOOTH ...). AF_UNIX stays for the display
  and for the one-window lock, AF_NETLINK for what libraries ask the kernel about devices: nothing can be sent to
  another machine through either. io_uring is refused because it makes sockets past the filter, and foreign
  system-call tables (32-bit, x32) are refused as a whole because numbers mean other calls there.
- Landlock (landlock(7), kernel 6.7 and later): no TCP connection and no TCP port, also with a socket that
  another process might hand over.

ctypes with numbers from the kernel's headers, which never change, instead of a library: pyseccomp needs
libseccomp.so, which an office computer need not have, and brings the same filter.
"""

import ctypes
import os
import struct
import sys
from typing import NamedTuple

# include/uapi/linux: seccomp.h, filter.h, audit.h, prctl.h, landlock.h
_PR_SET_NO_NEW_PRIVS = 38
_SECCOMP_SET_MODE_FILTER = 1
_SECCOMP_FILTER_FLAG_TSYNC = 1  # threads that run already are bound too
_ALLOW = 0x7FFF0000
_REFUSE = 0x00050000  # with an errno in the lower half
_EPERM, _EACCES = 1, 13
_LOAD_WORD, _JUMP_EQUAL, _JUMP_AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_AT_CALL, _AT_ARCHITECTURE, _AT_FIRST_ARGUMENT = 0, 4, 16  # struct seccomp_data; little endian
_X32_BIT = 0x40000000
_LOCAL_FAMILIES = (1, 16)  # AF_UNIX, AF_NETLINK
_IO_URING_SETUP = 425
_LANDLOCK_CREATE_RULESET, _LANDLOCK_RESTRICT_SELF = 444, 446
_LANDLOCK_VERSION = 1
_LANDLOCK_NETWORK_SINCE = 4
_LANDLOCK_BIND_AND_CONNECT = 3


class _Machine(NamedTuple):
    """Numbers that differ between processors."""

    architecture: int  # AUDIT_ARCH_*
    socket: int
    seccomp: int


_MACHINES = {
    "x86_64": _Machine(0xC000003E, 41, 317),
    "aarch64": _Machine(0xC00000B7, 198, 277),
}


class Confinement(NamedTuple):
    """What holds for this process. ``reason`` says in English why seccomp does not, "" if it does."""

    seccomp: bool = False
    landlock: bool = False
    reason: str = "not asked for"


_in_force = Confinement()


def confinement() -> Confinement:
    """Return what :func:`confine` has done in this process so far."""
    return _in_force


def confine() -> Confinement:
    """Forbid network sockets from now on; call it first of all, while there is one thread.

    Never raises: where it cannot be had the program runs all the same, and ``doctor`` says so.
    """
    global _in_force
    if not _in_force.seccomp:
        try:
            _in_force = _confine()
        except (OSError, AttributeError, ValueError) as error:
            _in_force = Confinement(reason=f"{type(error).__name__}: {error}")
    return _in_force


def _confine() -> Confinement:
    if sys.platform != "linux":
        return Confinement(reason=sys.platform)
    name = os.uname().machine
    machine = _MACHINES.get(name)
    if machine is None or struct.calcsize("P") != 8:
        return Confinement(reason=f"{sys.platform} on {name}")
    libc = ctypes.CDLL(None, use_errno=True)
    libc.syscall.restype = ctypes.c_long
    # Without it only root may set a filter; it also keeps children from gaining rights through set-uid files.
    if libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        raise _last_error()
    reason = ""
    try:
        _set_filter(libc, machine)
    except OSError as error:
        reason = str(error)
    return Confinement(seccomp=not reason, landlock=_set_landlock(libc), reason=reason)


def _set_filter(libc: ctypes.CDLL, machine: _Machine) -> None:
    code = network_filter(machine.architecture, machine.socket)
    instructions = ctypes.create_string_buffer(code, len(code))
    program = ctypes.create_string_buffer(
        struct.pack("HxxxxxxP", len(code) // 8, ctypes.addressof(instructions))
    )
    result = libc.syscall(
        ctypes.c_long(machine.seccomp),
        ctypes.c_long(_SECCOMP_SET_MODE_FILTER),
        ctypes.c_long(_SECCOMP_FILTER_FLAG_TSYNC),
        program,
    )
    if result != 0:  # positive: the id of a thread that could not be bound
        raise _last_error() if result < 0 else OSError(f"thread {result} keeps another filter")


def network_filter(architecture: int, socket_call: int) -> bytes:
    """Return the seccomp filter as classic BPF, eight bytes an instruction: code, jump if true, if false, value."""
    refused = 7 + len(_LOCAL_FAMILIES)  # the line of "return EACCES"; the other two ends follow it
    allowed, foreign = refused + 1, refused + 2
    lines: list[tuple[int, int, int, int]] = []

    def line(code: int, value: int, then: int | None = None, otherwise: int | None = None) -> None:
        """Append one instruction; ``then`` and ``otherwise`` are line numbers, None is the next line."""
        here = len(lines) + 1
        jumps = [0 if target is None else target - here for target in (then, otherwise)]
        lines.append((code, jumps[0], jumps[1], value))

    line(_LOAD_WORD, _AT_ARCHITECTURE)
    line(_JUMP_EQUAL, architecture, None, foreign)
    line(_LOAD_WORD, _AT_CALL)
    line(_JUMP_AT_LEAST, _X32_BIT, foreign)
    line(_JUMP_EQUAL, _IO_URING_SETUP, foreign)
    line(_JUMP_EQUAL, socket_call, None, allowed)
    line(_LOAD_WORD, _AT_FIRST_ARGUMENT)
    for family in _LOCAL_FAMILIES:
        line(_JUMP_EQUAL, family, allowed)
    line(_RETURN, _REFUSE | _EACCES)
    line(_RETURN, _ALLOW)
    line(_RETURN, _REFUSE | _EPERM)
    return b"".join(struct.pack("HBBI", *parts) for parts in lines)


def _set_landlock(libc: ctypes.CDLL) -> bool:
    """Refuse TCP by Landlock; False where the kernel is too old or has it switched off."""
    long = ctypes.c_long
    version = libc.syscall(long(_LANDLOCK_CREATE_RULESET), None, long(0), long(_LANDLOCK_VERSION))
    if version < _LANDLOCK_NETWORK_SINCE:
        return False
    rights = ctypes.create_string_buffer(struct.pack("QQ", 0, _LANDLOCK_BIND_AND_CONNECT), 16)
    ruleset = libc.syscall(long(_LANDLOCK_CREATE_RULESET), rights, long(16), long(0))
    if ruleset < 0:
        return False
    try:
        return bool(libc.syscall(long(_LANDLOCK_RESTRICT_SELF), long(ruleset), long(0)) == 0)
    finally:
        os.close(ruleset)


def _last_error() -> OSError:
    number = ctypes.get_errno()
    return OSError(number, os.strerror(number))
