"""What goes into the bundle: rules for each file, the list of parts, and data beside the code."""

import fnmatch
import subprocess
from pathlib import Path

import pytest
from common import content_list
from common.contents import DATA_NOT_SHIPPED, PACKAGE_DATA, forbidden_in, is_wanted

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("PySide6/Qt/lib/libQt6Widgets.so.6", True),
        ("PySide6/Qt/lib/libQt6Network.so.6", False),
        ("PySide6/Qt/lib/libQt6Quick.so.6", False),
        ("PySide6/Qt/plugins/platforms/libqxcb.so", True),
        ("PySide6/Qt/plugins/tls/libqopensslbackend.so", False),
        ("PySide6/Qt/translations/qtbase_de.qm", True),
        ("PySide6/Qt/translations/qtbase_fr.qm", False),
        ("libssl.so.3", False),
        ("libglib-2.0.so.0", False),  # the desktop's own fits it
        ("libxcb-cursor.so.0", True),  # not every desktop has it
        ("lxml.libs/libz.so.1", True),  # a wheel's own
        ("llama_cpp/lib/libggml-cpu-haswell.so", True),
        ("libggml-base.so", False),  # a second copy
        ("libsqlite3.so.0", True),
    ],
)
def test_each_file_is_taken_or_left(name: str, wanted: bool) -> None:
    assert is_wanted(name) is wanted


def test_what_must_never_be_there_is_found() -> None:
    bad = [
        "_internal/PySide6/QtNetwork.abi3.so",
        "_internal/PySide6/Qt/lib/libQt6WebEngineCore.so.6",
        "_internal/python3.11/lib-dynload/_ssl.cpython-311-x86_64-linux-gnu.so",
        "_internal/libcrypto.so.3",
    ]
    good = ["leitstern", "_internal/PySide6/QtCore.abi3.so", "_internal/libsqlite3.so.0"]
    assert forbidden_in([*good, *bad]) == bad


def test_a_part_that_is_new_gone_or_larger_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        content_list, "modules_of", lambda _: {"desktop.app": 10, "json": 5, "http.client": 3}
    )
    for name, size in (("leitstern", 10), ("_internal/numpy/a.so", 3_000_000), ("share/collections.db", 5)):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(b"\0" * size)
    (tmp_path / "_internal/numpy-2.4.6.dist-info").mkdir()
    (tmp_path / "_internal/numpy-2.4.6.dist-info/METADATA").write_text("Name: numpy", encoding="utf-8")
    allowed = {
        "leitstern": 0.1,
        "_internal/numpy": 2.0,
        "_internal/gone": 1.0,
        "_internal/numpy.dist-info": 0.1,
        "module desktop": 0.1,
    }
    assert content_list.deviations(tmp_path, allowed) == [
        "not in the list: share/collections.db (0.0 MB)",
        "too large: _internal/numpy has 3.0 MB, the list allows 2",
        "must not be there: module http.client",
        "missing: _internal/gone",
    ]


def test_a_list_made_from_a_bundle_fits_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(content_list, "modules_of", lambda _: {"desktop.app": 10})
    (tmp_path / "bundle").mkdir()
    (tmp_path / "bundle/leitstern").write_bytes(b"\0" * 1_500_000)
    file = tmp_path / "list.txt"
    file.write_text(content_list.listed(tmp_path / "bundle"), encoding="utf-8")
    assert content_list.deviations(tmp_path / "bundle", content_list.read_list(file)) == []


def test_the_list_names_nothing_that_must_not_be_there_and_stays_small() -> None:
    listed = content_list.read_list()
    assert forbidden_in(listed) == []
    assert {"leitstern", "_internal/PySide6", "_internal/llama_cpp", "share/models"} <= listed.keys()
    assert sum(listed.values()) < 350, "MB in all; a larger bundle is a decision, not an accident"


def test_every_file_beside_the_code_is_shipped_or_known_as_not_needed() -> None:
    """A list of topics was once missing in the bundle, and the page that reads it failed."""
    listed = subprocess.run(
        ["git", "ls-files", "--", *PACKAGE_DATA], cwd=ROOT, check=True, capture_output=True, text=True
    )
    data = {name for name in listed.stdout.splitlines() if not name.endswith(".py")}
    shipped = {
        file.relative_to(ROOT).as_posix()
        for package, patterns in PACKAGE_DATA.items()
        for pattern in patterns
        for file in (ROOT / package).glob(pattern)
    }
    left = {
        name for name in data - shipped if not any(fnmatch.fnmatch(name, one) for one in DATA_NOT_SHIPPED)
    }
    assert left == set()
