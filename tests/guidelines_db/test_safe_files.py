"""Files of users: what is no ordinary file, lies elsewhere or is too much is refused, and never waited for."""

import os
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from guidelines_db.errors import DocumentUnreadable
from guidelines_db.importing import MAX_LINES, read_document
from guidelines_db.own_store import OwnStore
from guidelines_db.places import Gazetteer
from guidelines_db.safe_files import FileRefused, FileRules, followed_link, read_file

SENTENCE = "Die Gebühr beträgt zehn Euro."


def refusal(file: Path, rules: FileRules | None = None, limit: int = 1_000) -> str:
    """Return why ``file`` is refused."""
    with pytest.raises(FileRefused) as caught:
        read_file(file, limit, rules or FileRules())
    return caught.value.reason


def make_socket(file: Path) -> None:
    """Leave a socket's file behind."""
    with socket.socket(socket.AF_UNIX) as bound:
        bound.bind(str(file))


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (os.mkfifo, "device"),
        (make_socket, "device"),
        (Path.mkdir, "device"),
        (lambda file: file.symlink_to("/dev/zero"), "device"),
        (lambda file: file.symlink_to("/dev/tty"), "device"),
        (lambda file: file.symlink_to(file), "link"),
        (lambda file: file.symlink_to("nirgends"), "missing"),
        (Path.exists, "missing"),
        (lambda file: file.write_bytes(b"x" * 1_001), "too_large"),
    ],
)
def test_what_is_no_ordinary_file_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, make: Callable[[Path], object], reason: str
) -> None:
    """A relative path, because a socket's name may have 107 bytes only."""
    monkeypatch.chdir(tmp_path)
    file = Path("x.txt")
    make(file)
    assert refusal(file) == reason


def test_names_that_no_system_takes_are_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path / f"{'ä' * 200}.txt") == "long_name"
    assert refusal(Path("/".join(["x" * 200] * 30))) == "long_name"
    assert refusal(Path("a\0b.txt")) == "missing"


def test_a_file_that_says_it_is_empty_is_not_read_for_ever() -> None:
    """Files of /proc have no size; some have megabytes in them."""
    assert refusal(Path("/proc/self/maps"), limit=100) == "too_large"
    assert read_file(Path("/proc/self/comm"), 100)


def test_links_are_followed_and_named_where_nothing_forbids_them(tmp_path: Path) -> None:
    file = tmp_path / "regel.txt"
    file.write_text(SENTENCE, encoding="utf-8")
    link = tmp_path / "link.txt"
    link.symlink_to(file)
    assert read_file(link, 1_000).decode() == SENTENCE
    assert followed_link(link) == file
    assert followed_link(file) is None


def test_where_folders_are_given_nothing_else_is_read(tmp_path: Path) -> None:
    allowed, elsewhere = tmp_path / "frei", tmp_path / "freiheit"
    for folder in (allowed / "tief", elsewhere):
        folder.mkdir(parents=True)
        (folder / "regel.txt").write_text(SENTENCE, encoding="utf-8")
    (allowed / "innen.txt").symlink_to(allowed / "tief" / "regel.txt")
    (allowed / "hinaus").symlink_to(elsewhere)
    rules = FileRules((allowed,))
    assert read_file(allowed / "tief" / "regel.txt", 1_000, rules)
    assert read_file(elsewhere / ".." / "frei" / "tief" / "regel.txt", 1_000, rules)
    assert refusal(elsewhere / "regel.txt", rules) == "outside"
    assert refusal(allowed / ".." / "freiheit" / "regel.txt", rules) == "outside"
    assert refusal(allowed / "hinaus" / "regel.txt", rules) == "outside"  # a folder on the way is a link
    assert refusal(allowed / "innen.txt", rules) == "link"
    assert refusal(allowed / "tief" / "regel.txt", FileRules(())) == "outside"


def test_an_allowed_folder_may_itself_be_a_link(tmp_path: Path) -> None:
    real = tmp_path / "echt"
    real.mkdir()
    (real / "regel.txt").write_text(SENTENCE, encoding="utf-8")
    (tmp_path / "akten").symlink_to(real)
    assert read_file(tmp_path / "akten" / "regel.txt", 1_000, FileRules((tmp_path / "akten",)))


def test_an_import_takes_from_allowed_folders_only_and_names_links(tmp_path: Path) -> None:
    allowed, elsewhere = tmp_path / "frei", tmp_path / "anderswo"
    for folder in (allowed, elsewhere):
        folder.mkdir()
        (folder / f"{folder.name}.txt").write_text(SENTENCE, encoding="utf-8")
    link = allowed / "verweis.txt"
    link.symlink_to(elsewhere / "anderswo.txt")
    store = OwnStore(tmp_path / "own.db", tmp_path / "documents", Gazetteer(), {}, FileRules((allowed,)))
    report = store.import_paths([allowed, elsewhere], "Eigene")
    assert [file.name for file in report.taken] == ["frei.txt"]
    assert {(file.name, reason) for file, reason in report.skipped} == {
        ("verweis.txt", "link"),
        ("anderswo.txt", "outside"),
    }
    free = OwnStore(tmp_path / "free.db", tmp_path / "free", Gazetteer(), {}).import_paths(
        [allowed], "Eigene"
    )
    assert free.followed == [(link, elsewhere / "anderswo.txt")]


def test_too_many_lines_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "viele.txt"
    file.write_text("a\n" * (MAX_LINES + 1), encoding="utf-8")
    with pytest.raises(DocumentUnreadable, match="too_many_lines"):
        read_document(file)


def test_a_header_of_references_to_references_does_not_unfold(tmp_path: Path) -> None:
    """Thirty lines that would become a text of 10^30 characters; the document is read, its header is not."""
    header = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    header += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 30)]
    file = tmp_path / "bombe.md"
    lines = ["---", *header, "title: *a29", "sources: *a29", "---", "## Eins", SENTENCE]
    file.write_text("\n".join(lines), encoding="utf-8")
    document = read_document(file)
    assert document.sources == ()
    assert SENTENCE in document.sections[-1].text
