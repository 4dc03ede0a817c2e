"""What the report says of the network: the self-test, open connections, the locks of the system."""

import errno
import json
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.network_test import open_connections
from desktop.protection import ABSENT, COMPLAIN, ENFORCE, UNCONFINED, protection
from desktop.texts import doctor as doctor_texts
from desktop.texts import report as texts

LOCAL_ONLY = "from desktop.confine import confine; confine()\n"


def test_the_self_test_names_what_the_system_answered() -> None:
    """In a process of its own, as the attempt is real and the lock is for good."""
    program = (
        LOCAL_ONLY
        + "from desktop.network_test import *\nprint([a.refused for a in try_network()], open_connections())"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == f"{['EACCES'] * 5} 0"
    assert set(texts.REASONS) <= set(errno.errorcode.values())


def test_what_is_not_refused_is_said_to_be_open() -> None:
    program = "from desktop.network_test import *\nprint([a.refused for a in try_network()][:1])"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['']"


def test_open_connections_are_counted(tmp_path: Path) -> None:
    (tmp_path / "fd").mkdir()
    (tmp_path / "net").mkdir()
    for number, target in enumerate(("socket:[111]", "socket:[222]", "/dev/null", "pipe:[333]")):
        (tmp_path / f"fd/{number}").symlink_to(target)
    row = "   0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000  222        0 111 1 0 100"
    (tmp_path / "net/tcp").write_text(f"  sl  local_address rem_address\n{row}\n")
    assert open_connections(tmp_path) == 1
    assert open_connections(tmp_path / "nowhere") is None


@pytest.mark.parametrize(
    ("switch", "label", "state", "profile"),
    [
        ("Y\n", "/usr/lib/leitstern/leitstern (enforce)\n", ENFORCE, "/usr/lib/leitstern/leitstern"),
        ("Y\n", "leitstern (complain)\n", COMPLAIN, "leitstern"),
        ("Y\n", "unconfined\n", UNCONFINED, ""),
        ("N\n", "", ABSENT, ""),
        ("", "", ABSENT, ""),
    ],
)
def test_the_state_of_apparmor_is_the_kernels(
    tmp_path: Path, switch: str, label: str, state: str, profile: str
) -> None:
    (tmp_path / "attr").mkdir()
    (tmp_path / "attr/current").write_text(label)
    (tmp_path / "enabled").write_text(switch)
    found = protection(tmp_path, tmp_path / "enabled")
    assert (found.apparmor, found.profile) == (state, profile)
    assert doctor_texts.APPARMOR_STATES[state].format(profile=profile)


def test_doctor_reports_the_locks(data_dir: Path) -> None:
    """Through the program's own entry, which locks itself first."""
    command = [sys.executable, "-m", "desktop", "--data-dir", str(data_dir), "doctor", "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    findings = {one["name"]: one for one in json.loads(done.stdout)["findings"]}
    assert findings[doctor_texts.SECCOMP]["value"] == doctor_texts.SECCOMP_ON
    assert findings[doctor_texts.SECCOMP]["state"] == "ok"
    assert doctor_texts.LANDLOCK in findings
    assert doctor_texts.APPARMOR in findings
