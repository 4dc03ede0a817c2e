"""The machine's policy is read as documented; what is wrong in it is named, and the stricter choice holds."""

import re
from pathlib import Path

import pytest

from desktop.policy import EXPORT_FORMATS, NO_POLICY, POLICY_FILE, SETTINGS, Policy
from desktop.policy_file import MAX_BYTES, load_policy
from desktop.settings import Settings, WordingChoice

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "packaging/common/policy.example.toml"
SUM = "ab" * 32


@pytest.fixture
def read(tmp_path: Path):
    """A function from the text of a policy to what was read."""

    def read(text: str) -> Policy:
        file = tmp_path / "policy.toml"
        file.write_text(text, encoding="utf-8")
        return load_policy(file)

    return read


def keys(policy: Policy) -> list[tuple[int, str]]:
    return [(mistake.line, mistake.key) for mistake in policy.mistakes]


def is_strictest(policy: Policy) -> bool:
    return (
        policy.allowed_models == {}
        and policy.wording is WordingChoice.NEVER
        and policy.store_history is False
        and not policy.may_import
        and policy.export_formats == ()
        and policy.collections == ()
        and not policy.own_collections
        and not policy.changeable
    )


def test_the_place_is_fixed() -> None:
    assert Path("/etc/leitstern/policy.toml") == POLICY_FILE == NO_POLICY.file


def test_without_a_file_nothing_is_decided(tmp_path: Path) -> None:
    policy = load_policy(tmp_path / "policy.toml")
    assert policy == Policy(tmp_path / "policy.toml")
    assert not policy.locked()
    assert policy.applied_to(Settings(model="mine", history_days=3)) == Settings(model="mine", history_days=3)
    assert policy.allows_model(SUM)
    assert policy.allows_export(".pdf")
    assert policy.may_import
    assert policy.collections is None


def test_the_shipped_example_decides_nothing_as_it_is(read) -> None:
    policy = read(EXAMPLE.read_text(encoding="utf-8"))
    assert policy.mistakes == ()
    assert policy == Policy(policy.file, present=True, unsafe=policy.unsafe)


def test_every_key_of_the_shipped_example_is_understood(read) -> None:
    text = re.sub(r"^#(?=\S)", "", EXAMPLE.read_text(encoding="utf-8"), flags=re.MULTILINE)
    policy = read(text)
    assert policy.mistakes == ()
    assert dict(policy.allowed_models or {}) == {
        "cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046": "qwen2.5-coder-1.5b-instruct-q4_k_m.gguf"
    }
    assert (policy.model, policy.threads, policy.memory_mb) == ("qwen2.5-coder-1.5b", 4, 3000)
    assert policy.wording is WordingChoice.NEVER
    assert (policy.store_history, policy.history_days) == (True, 90)
    assert policy.import_allowed
    assert policy.import_folders == (Path("/srv/leitstern/dokumente"), Path.home() / "Dokumente")
    assert policy.export_formats == ("pdf", "md")
    assert (policy.collections, policy.own_collections) == (("ki-leitlinien", "recht"), True)
    assert policy.banner
    assert policy.contact
    assert policy.changeable == {"threads"}


def test_example_and_administration_page_name_every_key_and_every_value() -> None:
    from desktop.policy_file import KEYS

    example = EXAMPLE.read_text(encoding="utf-8")
    page = (ROOT / "docs/administration.md").read_text(encoding="utf-8")
    for section, name in KEYS:
        part = example.partition(f"\n[{section}]\n")[2].partition("\n[")[0]
        assert re.search(rf"^#{name}\b", part, re.MULTILINE), f"{section}.{name} is missing in the example"
        assert f"`{section}.{name}`" in page, f"{section}.{name} is missing in administration.md"
    for value in (*EXPORT_FORMATS, *SETTINGS, *(choice.value for choice in WordingChoice)):
        assert re.search(rf"\b{value}\b", example), value


@pytest.mark.parametrize(
    ("text", "line", "key", "field", "strict"),
    [
        ('[answers]\n\nwording = "maybe"', 3, "answers.wording", "wording", WordingChoice.NEVER),
        ("[history]\nkeep = 1", 2, "history.keep", "store_history", False),
        ("[history]\nkeep = true\ndays = 0", 3, "history.days", "store_history", False),
        ('[import]\nallowed = "yes"', 2, "import.allowed", "import_allowed", False),
        ('[import]\nfolders = ["docs"]', 2, "import.folders", "import_folders", ()),
        ('[export]\nformats = ["pdf", "exe"]', 2, "export.formats", "export_formats", ()),
        ('[collections]\nshown = ["nichts"]', 2, "collections.shown", "collections", ()),
        ("[collections]\nown = []", 2, "collections.own", "own_collections", False),
        ("[models]\nthreads = 0", 2, "models.threads", "threads", 1),
        ("[models]\nmemory_mb = 1.5", 2, "models.memory_mb", "memory_mb", 500),
        ('[models.allowed]\n"a.gguf" = "abc"', 2, "models.allowed.a.gguf", "allowed_models", {}),
        ('[models]\nallowed."a.gguf" = "abc"', 2, "models.allowed.a.gguf", "allowed_models", {}),
        ('[models]\ndefault = "a\\nb"', 2, "models.default", "model", ""),
        ('[window]\nbanner = """a\nb"""', 2, "window.banner", "banner", ""),
        ('[settings]\nchangeable = ["theme"]', 2, "settings.changeable", "changeable", frozenset()),
    ],
)
def test_a_wrong_value_is_named_and_the_stricter_one_holds(
    read, text: str, line: int, key: str, field: str, strict: object
) -> None:
    policy = read(text)
    assert keys(policy) == [(line, key)]
    assert policy.mistakes[0].text.endswith((".", "f“."))
    assert getattr(policy, field) == strict
    assert policy.readable


@pytest.mark.parametrize(
    ("text", "line", "key"),
    [
        ('[answers]\nwordings = "always"', 2, "answers.wordings"),
        ('[answer]\nwording = "always"', 1, "answer"),
        ('answers = "always"', 1, "answers"),
    ],
)
def test_a_misspelt_name_is_named_with_what_was_meant_and_decided_strictly(
    read, text: str, line: int, key: str
) -> None:
    policy = read(text)
    assert keys(policy) == [(line, key)]
    assert policy.wording is WordingChoice.NEVER
    assert policy.allowed_models is None, "what is surely not meant stays as it is"


def test_a_name_that_may_mean_anything_makes_everything_strict(read) -> None:
    policy = read("[qqq]\nzzz = 1")
    assert keys(policy) == [(1, "qqq")]
    assert is_strictest(policy)


def test_what_stands_rightly_in_the_file_holds_beside_a_mistake(read) -> None:
    policy = read('[export]\nformats = ["pdf"]\n[qqq]\n[answers]\nwording = "tested"')
    assert policy.export_formats == ("pdf",)
    assert policy.wording is WordingChoice.TESTED
    assert policy.store_history is False


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b"[answers\n", 1),
        (b'[answers]\nwording = "never"\n\nx = = 1\n', 4),
        (b'[answers]\nwording = "never"\n[answers]\n', 3),
        (b'[window]\nbanner = "\xff\xfe"\n', 2),
        (b'[answers]\nwording = "never', 2),
        (b"x = 1\n" * (MAX_BYTES // 6 + 1), 0),
        (b"x = " + b"[" * 50_000 + b"]" * 50_000, 0),
    ],
)
def test_a_file_that_cannot_be_read_makes_everything_strict(
    tmp_path: Path, content: bytes, line: int
) -> None:
    file = tmp_path / "policy.toml"
    file.write_bytes(content)
    policy = load_policy(file)
    assert not policy.readable
    assert [mistake.line for mistake in policy.mistakes] == [line]
    assert is_strictest(policy)


def test_a_folder_or_a_pipe_in_its_place_makes_everything_strict(tmp_path: Path) -> None:
    import os

    folder, pipe = tmp_path / "folder", tmp_path / "pipe"
    folder.mkdir()
    os.mkfifo(pipe)
    for place in (folder, pipe):
        policy = load_policy(place)
        assert policy.present
        assert is_strictest(policy)


def test_a_file_that_users_can_write_is_reported_and_holds(read, tmp_path: Path) -> None:
    policy = read('[answers]\nwording = "never"')
    (tmp_path / "policy.toml").chmod(0o666)
    loose = load_policy(policy.file)
    assert loose.unsafe
    assert loose.wording is WordingChoice.NEVER


def test_the_home_folder_is_not_taken_from_the_environment(read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/srv/elsewhere")
    folders = read('[import]\nfolders = ["~/Dokumente"]').import_folders
    assert folders is not None
    assert not folders[0].is_relative_to("/srv/elsewhere")
    assert folders[0].name == "Dokumente"


def test_a_policy_is_never_wider_than_none(read) -> None:
    """Whatever a file says, everything it allows is allowed without it too."""
    widest = read(
        '[answers]\nwording = "always"\n[history]\nkeep = true\n[import]\nallowed = true\nfolders = ["/"]\n'
        '[export]\nformats = ["md", "pdf", "odt", "ods", "xlsx", "csv"]\n[collections]\nown = true\n'
        '[settings]\nchangeable = ["model", "wording", "threads", "history"]'
    )
    assert widest.mistakes == ()
    for ending in (*EXPORT_FORMATS, "exe"):
        assert widest.allows_export(ending) <= NO_POLICY.allows_export(ending)
    assert widest.may_import <= NO_POLICY.may_import
    assert not widest.locked()
    assert read('[export]\nformats = ["exe"]').export_formats == ()


def test_locked_values_hold_and_the_users_own_stay_stored(read) -> None:
    policy = read(
        '[models]\ndefault = "small"\nthreads = 2\n[answers]\nwording = "never"\n[history]\ndays = 30\n'
        '[settings]\nchangeable = ["threads"]'
    )
    own = Settings(model="mine", wording=WordingChoice.ALWAYS, threads=8, store_history=True, history_days=0)
    held = policy.applied_to(own)
    assert (held.model, held.wording, held.history_days) == ("small", WordingChoice.NEVER, 30)
    assert held.threads == 8, "what may be changed keeps what the user chose"
    assert policy.locked() == {"model": "small", "wording": WordingChoice.NEVER, "history": (True, 30)}
    assert policy.without_locked(held, own) == own
    untouched = Settings()
    assert policy.applied_to(untouched).threads == 2
    assert policy.without_locked(policy.applied_to(untouched), untouched) == untouched
