"""The AppArmor profile: its parser takes it, and it says what the documentation promises."""

import fnmatch
import re
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

import pytest
from debian.profile import Profile, Wish, seen_in

from desktop.file_saving import write_whole

ROOT = Path(__file__).parents[2]
PROFILE = ROOT / "packaging/debian/files/apparmor/usr.lib.leitstern.leitstern"
HOME, ROOTS_HOME = "/home/clerk", "/root"
ADMINISTRATOR = "/usr/sbin:/sbin:/usr/bin:/bin"


@pytest.fixture(scope="module")
def rules() -> list[str]:
    lines = (line.strip() for line in PROFILE.read_text(encoding="utf-8").splitlines())
    return [line for line in lines if line and not line.startswith("#")]


def test_the_parser_of_apparmor_takes_it() -> None:
    parser = shutil.which("apparmor_parser", path=ADMINISTRATOR)
    assert parser is not None, "apt-get install apparmor"
    command = [parser, "--skip-kernel-load", "--skip-cache", str(PROFILE)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_a_mistake_would_be_found(tmp_path: Path) -> None:
    parser = shutil.which("apparmor_parser", path=ADMINISTRATOR)
    assert parser is not None
    spoilt = tmp_path / "profile"
    spoilt.write_text(
        PROFILE.read_text(encoding="utf-8").replace("deny network inet,", "deny network innet,")
    )
    command = [parser, "--skip-kernel-load", "--skip-cache", str(spoilt)]
    assert subprocess.run(command, capture_output=True, check=False).returncode != 0


def test_every_network_is_denied_and_none_allowed(rules: list[str]) -> None:
    for family in ("inet", "inet6", "packet"):
        assert f"deny network {family}," in rules
    assert not [rule for rule in rules if rule.startswith("network")]
    assert "include <abstractions/nameservice>" not in rules, "it allows the network"


def test_nothing_of_the_program_can_be_written_and_nothing_else_run(rules: list[str]) -> None:
    for folder in ("/usr/lib/leitstern", "/usr/share/leitstern", "/etc/leitstern"):
        assert f"deny {folder}/** w," in rules
    running = [rule for rule in rules if re.search(r"\s[a-zA-Z]*[xX],$", rule)]
    assert running == ["/usr/lib/leitstern/leitstern mrix,"], "the model's process is the program itself"
    assert any(rule.startswith("profile leitstern /usr/lib/leitstern/leitstern ") for rule in rules)


def test_a_file_that_is_being_saved_has_a_name_that_is_allowed(
    rules: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Directly in the home folder too, where hidden files are out of bounds."""
    real, names = tempfile.mkstemp, []

    def watched(**how: Any) -> tuple[int, str]:
        made = real(**how)
        names.append(Path(made[1]).name)
        return made

    monkeypatch.setattr(tempfile, "mkstemp", watched)
    write_whole(tmp_path / "antwort.pdf", b"x")
    (allowed,) = [rule.split()[1] for rule in rules if rule.startswith("owner @{HOME}/.leitstern")]
    assert [fnmatch.fnmatch(f"@{{HOME}}/{name}", allowed) for name in names] == [True]


def test_what_the_administration_adds_is_read_last(rules: list[str]) -> None:
    assert rules[-2:] == ["include if exists <local/usr.lib.leitstern.leitstern>", "}"]
    page = (ROOT / "docs/administration.md").read_text(encoding="utf-8")
    assert "/etc/apparmor.d/local/usr.lib.leitstern.leitstern" in page


@pytest.mark.parametrize(
    ("path", "writes", "allowed"),
    [
        ("/usr/lib/leitstern/_internal/libpython3.11.so.1.0", False, True),
        ("/usr/lib/leitstern/leitstern", True, False),
        ("/usr/share/leitstern/models/a.gguf", False, True),
        ("/usr/share/leitstern/models/a.gguf", True, False),
        ("/etc/leitstern/policy.toml", False, True),
        ("/etc/leitstern/policy.toml", True, False),
        (f"{HOME}/.local/share/leitstern/history.db-wal", True, True),
        (f"{HOME}/.local/share", True, True),
        (f"{HOME}/.cache/leitstern/models/a.gguf", False, True),
        (f"{HOME}/.cache/leitstern/models/a.gguf", True, False),
        (f"{HOME}/Dokumente/Antwort.pdf", True, True),
        (f"{HOME}/.ssh/id_ed25519", False, False),
        (f"{HOME}/.mozilla/firefox/logins.json", False, False),
        ("/media/stick/modell.gguf", False, True),
        ("/etc/shadow", False, False),
        (f"{ROOTS_HOME}/.local/share/leitstern/settings.json", True, True),
        ("/proc/4711/smaps_rollup", False, True),
        ("/proc/4711/environ", False, False),
        ("/lib/x86_64-linux-gnu/libc.so.6", False, True),
    ],
)
def test_what_may_be_opened_and_what_may_not(path: str, writes: bool, allowed: bool) -> None:
    assert Profile(PROFILE).allows(Wish(path, writes)) is allowed


def test_a_trace_is_read() -> None:
    trace = [
        '1 openat(AT_FDCWD, "/etc/ld.so.cache", O_RDONLY|O_CLOEXEC) = 3',
        '1 openat(AT_FDCWD, "/etc/none", O_RDONLY) = -1 ENOENT (No such file or directory)',
        '2 openat(AT_FDCWD, "/srv//a/x", O_RDWR|O_CREAT, 0600 <unfinished ...>',
        '2 unlink("/srv/a/y") = 0',
        '2 newfstatat(AT_FDCWD, "/srv/a/z", {st_mode=S_IFREG|0600}, 0) = 0',
        '2 openat(AT_FDCWD, "/proc/self/status", O_RDONLY) = 4',
    ]
    assert list(seen_in(trace)) == [
        Wish("/etc/ld.so.cache", writes=False),
        Wish("/srv/a/x", writes=True),
        Wish("/srv/a/y", writes=True),
        Wish("/proc/1/status", writes=False),
    ]
