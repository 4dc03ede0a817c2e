"""The report for data protection: what is installed and stored, who can read it, which policy holds."""

import json
import os
import re
import subprocess
import sys
from datetime import datetime
from importlib.metadata import distribution
from pathlib import Path
from typing import Any

import pytest

from desktop import cli
from desktop.inventory import INVENTORY, compare, compare_packages, read_inventory, write_inventory
from desktop.licences import all_parts, runtime_packages
from desktop.paths import Paths, make_data_dir
from desktop.policy import Mistake, Policy
from desktop.report import gather
from desktop.report_file import ENDINGS, write_report
from desktop.sbom import Component, make_sbom
from desktop.settings import Settings, save_settings
from desktop.storage import access_to, stored_data
from desktop.texts import report as texts


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    """A program's folder as the build leaves it: a file, a link, a folder."""
    folder = tmp_path / "bundle"
    (folder / "_internal/lib").mkdir(parents=True)
    (folder / "leitstern").write_bytes(b"program")
    (folder / "_internal/lib/a.so").write_bytes(b"library")
    (folder / "_internal/a.so").symlink_to("lib/a.so")
    write_inventory(folder, [distribution("platformdirs")])
    return folder


@pytest.fixture
def machine(tmp_path: Path, share_dir: Path) -> Paths:
    (tmp_path / "models").mkdir()
    made = Paths(tmp_path / "own/data", share_dir, (tmp_path / "models",))
    make_data_dir(made)
    return made


def written(paths: Paths, policy: Policy, file: Path, **how: Any) -> tuple[str, dict[str, Any]]:
    """Write the report and return its text and its list of parts."""
    sbom = write_report(gather(paths, policy, **how), file)
    return file.read_text(encoding="utf-8").replace("\\_", "_"), json.loads(sbom.read_text(encoding="utf-8"))


# What is installed.


def test_the_build_writes_the_same_list_for_the_same_files(bundle: Path) -> None:
    first = (bundle / INVENTORY).read_bytes()
    write_inventory(bundle, [distribution("platformdirs")])
    assert (bundle / INVENTORY).read_bytes() == first
    inventory = read_inventory(bundle)
    assert inventory is not None
    assert set(inventory.files) == {"leitstern", "_internal/lib/a.so", "_internal/a.so"}
    assert inventory.files["_internal/a.so"] == "-> lib/a.so"
    assert re.fullmatch("[0-9a-f]{64}", inventory.packages["platformdirs"])
    assert compare(bundle, inventory).none


def test_changed_missing_and_added_files_are_named(bundle: Path, machine: Paths, tmp_path: Path) -> None:
    (bundle / "leitstern").write_bytes(b"other program")
    (bundle / "_internal/lib/a.so").unlink()
    (bundle / "_internal/a.so").unlink()
    (bundle / "_internal/a.so").symlink_to("/elsewhere/a.so")
    (bundle / "_internal/evil.so").write_bytes(b"")
    inventory = read_inventory(bundle)
    assert inventory is not None
    found = compare(bundle, inventory)
    assert found.changed == ("_internal/a.so", "leitstern")
    assert found.missing == ("_internal/lib/a.so",)
    assert found.added == ("_internal/evil.so",)
    text, _ = written(machine, Policy(), tmp_path / "report.md", folder=bundle, packaged=True)
    assert f"- {texts.CHANGED}: leitstern" in text
    assert f"- {texts.MISSING}: _internal/lib/a.so" in text
    assert f"- {texts.ADDED}: _internal/evil.so" in text
    assert f"{texts.LOOK}: {texts.FILES_DIFFER}" in text


@pytest.mark.parametrize("spoil", [b"", b"{", b"[]", b'{"version": 99, "files": {}, "packages": {}}'])
def test_a_list_that_is_gone_or_spoilt_is_said_to_be(
    bundle: Path, machine: Paths, tmp_path: Path, spoil: bytes
) -> None:
    (bundle / INVENTORY).write_bytes(spoil)
    text, _ = written(machine, Policy(), tmp_path / "report.md", folder=bundle, packaged=True)
    assert f"{texts.LOOK}: {texts.FILES_UNKNOWN}" in text
    assert texts.NO_DIFFERENCE not in text


def test_in_a_checkout_packages_are_compared_with_their_own_lists(tmp_path: Path) -> None:
    """A package that somebody changed is named; the ones installed here are as they were delivered."""
    site = tmp_path / "site"
    info = site / "parcel-1.0.dist-info"
    info.mkdir(parents=True)
    (site / "parcel.py").write_bytes(b"x = 1\n")
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: parcel\nVersion: 1.0\n")
    same = "sha256=ulwpg5pNFMZbyu5tRkfRT3-GMs5hZjqLsMYg0uTNqLk"
    (info / "RECORD").write_text(f"parcel.py,{same},6\ngone.py,{same},6\nparcel-1.0.dist-info/RECORD,,\n")
    from importlib.metadata import PathDistribution

    found = compare_packages([PathDistribution(info)])
    assert (found.checked, found.missing) == (2, ("gone.py",))
    assert found.changed == ("parcel.py",)
    assert compare_packages([distribution("platformdirs")]).none


# The list of parts.


def assert_is_cyclonedx(document: dict[str, Any]) -> None:
    """Check what the schema of CycloneDX 1.6 demands of the parts that we write."""
    assert document["bomFormat"] == "CycloneDX"
    assert document["specVersion"] == "1.6"
    assert document["version"] == 1
    assert re.fullmatch(r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", document["serialNumber"])
    assert datetime.fromisoformat(document["metadata"]["timestamp"]).tzinfo is not None
    allowed = {"type", "bom-ref", "name", "version", "hashes", "licenses", "purl", "properties"}
    kinds = {"application", "framework", "library", "machine-learning-model", "data", "file"}
    components = [document["metadata"]["component"], *document["components"]]
    for component in components:
        assert component.keys() <= allowed
        assert component["type"] in kinds
        assert component["name"]
        for one in component.get("hashes", ()):
            assert one["alg"] == "SHA-256"
            assert re.fullmatch("[0-9a-f]{64}", one["content"])
        licences = component.get("licenses", [])
        assert len(licences) <= 1
        for licence in licences:
            assert set(licence) in ({"expression"}, {"license"})
            if "license" in licence:
                assert set(licence["license"]) == {"name"}
        if "purl" in component:
            assert re.fullmatch(r"pkg:pypi/[a-z0-9-]+@[^@]+", component["purl"])
    references = [component["bom-ref"] for component in components]
    assert len(references) == len(set(references))
    for dependency in document["dependencies"]:
        assert {dependency["ref"], *dependency.get("dependsOn", ())} <= set(references)


def test_the_list_of_parts_is_cyclonedx_with_licences_and_sums(
    bundle: Path, machine: Paths, tmp_path: Path
) -> None:
    text, sbom = written(machine, Policy(), tmp_path / "report.md", folder=bundle, packaged=True)
    assert_is_cyclonedx(sbom)
    by_name = {component["name"]: component for component in sbom["components"]}
    assert by_name["leitstern"]["type"] == "file"
    assert "_internal/a.so" not in by_name, "a link has no content of its own"
    assert by_name["platformdirs"]["hashes"]
    for part in all_parts("6"):
        if part.kind in ("library", "component"):
            assert by_name[part.name]["licenses"], part.name
            assert part.name in text
    import hashlib

    digest = hashlib.sha256((tmp_path / "report.cdx.json").read_bytes()).hexdigest()
    assert texts.SBOM_VALUE.format(name="report.cdx.json", sha256=digest) in text


def test_in_a_checkout_every_library_has_the_sum_of_what_was_delivered(
    machine: Paths, tmp_path: Path
) -> None:
    _, sbom = written(machine, Policy(), tmp_path / "report.md")
    assert_is_cyclonedx(sbom)
    libraries = {one["name"]: one for one in sbom["components"] if one["type"] == "library"}
    assert set(libraries) == {package.metadata["Name"] for package in runtime_packages()}
    unsummed = {name for name, one in libraries.items() if "hashes" not in one}
    assert unsummed <= {"pip"}


def test_the_same_parts_have_the_same_number() -> None:
    program = Component("application", "leitstern", "1")
    part = Component("library", "a", "2", "MIT OR Apache-2.0", "ab" * 32)
    one = make_sbom(program, [part], {}, "2026-01-01T00:00:00+00:00")
    two = make_sbom(program, [part], {}, "2027-01-01T00:00:00+00:00")
    assert one["serialNumber"] == two["serialNumber"]
    other = make_sbom(program, [Component("library", "a", "3")], {}, "2026-01-01T00:00:00+00:00")
    assert other["serialNumber"] != one["serialNumber"]
    assert one["components"][0]["licenses"] == [{"expression": "MIT OR Apache-2.0"}]


# Models and index.


def test_models_and_index_are_named_with_sums_and_whether_they_are_known(
    machine: Paths, tmp_path: Path
) -> None:
    (machine.model_dirs[0] / "mine.gguf").write_bytes(b"GGUF mine")
    (machine.model_dirs[0] / "multilingual-e5-small-q4_0.gguf").write_bytes(b"GGUF forged")
    text, sbom = written(machine, Policy(), tmp_path / "report.md")
    lines = {line.split(":")[0][2:]: line for line in text.splitlines() if line.startswith("- ")}
    assert texts.MODEL_UNKNOWN in lines["mine"]
    assert texts.MODEL_CHANGED in lines["multilingual-e5-small"] or texts.MODEL_CHANGED in text
    assert texts.INDEX_WHOLE in text
    assert f"{texts.LOOK}: {texts.MODELS_UNKNOWN}" in text
    kinds = [component["type"] for component in sbom["components"]]
    assert kinds.count("machine-learning-model") == 2
    assert kinds.count("data") == 1


# Stored data.


def test_each_kind_of_data_is_named_with_size_and_readers(machine: Paths, tmp_path: Path) -> None:
    folder = machine.data_dir
    for name in ("history.db", "history.db-wal", "own.db", "leitstern.log", "leitstern.log.1", "strange.bin"):
        (folder / name).write_bytes(b"1234567890")
    (folder / "documents/abc").mkdir(parents=True)
    (folder / "documents/abc/one.json").write_bytes(b"{}")
    found = {data.key: data for data in stored_data(machine)}
    assert [file.name for file in found["history"].files] == ["history.db", "history.db-wal"]
    assert found["history"].size == 20
    assert found["documents"].size == 12
    assert [file.name for file in found["other"].files] == ["strange.bin"]
    assert found["checks"].access is None
    assert set(found) <= set(texts.KINDS)
    text, _ = written(machine, Policy(), tmp_path / "report.md")
    assert f"{texts.FINE}: {texts.DATA_PRIVATE}" in text
    assert texts.SIZE_OF.format(files="history.db, history.db-wal", size="20 Byte") in text


def open_up(path: Path) -> None:
    """Let every account go through the folders above ``path`` that belong to the tests."""
    for folder in path.parents:
        if folder.stat().st_uid == os.getuid() and folder.is_relative_to("/tmp") and folder != Path("/tmp"):  # noqa: S108
            folder.chmod(0o755)


def test_readers_are_read_from_the_disk(machine: Paths, tmp_path: Path) -> None:
    """A file open to everyone is open only if the folders above let everyone through."""
    file = machine.data_dir / "history.db"
    file.write_bytes(b"x")
    file.chmod(0o644)
    closed = access_to(file)
    assert closed is not None
    assert not closed.everyone
    assert closed.mode == "-rw-r--r--"
    open_up(file)
    opened = access_to(file)
    assert opened is not None
    assert opened.everyone
    text, _ = written(machine, Policy(), tmp_path / "report.md")
    assert f"{texts.LOOK}: {texts.DATA_SHARED}" in text
    assert f"- {texts.READERS}: {texts.EVERYONE}" in text
    file.chmod(0o640)
    shared = access_to(file)
    assert shared is not None
    assert shared.group
    assert not shared.everyone
    assert access_to(tmp_path / "nothing") is None


def test_the_data_folder_is_made_for_its_user_alone(tmp_path: Path) -> None:
    place = tmp_path / "new/data"
    assert cli.main(["--data-dir", str(place), "search", "KI"], tmp_path / "policy.toml") == cli.DONE
    assert place.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize(
    ("settings", "policy", "kept"),
    [
        (Settings(), Policy(), texts.HISTORY_ALL),
        (Settings(history_days=30), Policy(), texts.HISTORY_DAYS.format(days=30)),
        (Settings(store_history=False), Policy(), texts.HISTORY_OFF),
        (Settings(), Policy(history_days=7), texts.HISTORY_DAYS.format(days=7) + texts.BY_POLICY),
    ],
)
def test_how_long_the_history_is_kept_is_what_holds(
    machine: Paths, tmp_path: Path, settings: Settings, policy: Policy, kept: str
) -> None:
    save_settings(settings, machine.settings)
    text, _ = written(machine, policy, tmp_path / "report.md")
    assert f"- {texts.KEPT}: {kept}\n" in text


# The policy, and the command.


def test_the_policy_in_force_is_named_with_its_mistakes(machine: Paths, tmp_path: Path) -> None:
    file = tmp_path / "policy.toml"
    file.write_text("[history]\n")
    policy = Policy(
        file,
        present=True,
        mistakes=(Mistake(3, "history.days", "Erwartet wird eine Zahl."),),
        banner="Hinweis",
    )
    text, _ = written(machine, policy, tmp_path / "report.md")
    assert f"- {texts.MISTAKE}: Zeile 3, history.days: Erwartet wird eine Zahl." in text
    assert texts.NO_MISTAKE not in text
    assert re.search(rf"{re.escape(str(file))}, SHA-256 [0-9a-f]{{64}}", text)


@pytest.mark.parametrize("ending", ENDINGS)
def test_the_command_writes_report_and_list_of_parts(
    tmp_path: Path, data_dir: Path, capsys: pytest.CaptureFixture[str], qapp: object, ending: str
) -> None:
    file = tmp_path / f"bericht{ending}"
    code = cli.main(["--data-dir", str(data_dir), "doctor", "--report", str(file)], tmp_path / "policy.toml")
    said = capsys.readouterr()
    assert (code, said.err) == (cli.DONE, "")
    assert said.out.startswith(texts.SAVED.format(file=file, sbom=tmp_path / "bericht.cdx.json"))
    magic = {".md": b"# Leitstern", ".odt": b"PK", ".pdf": b"%PDF"}[ending]
    assert file.read_bytes().startswith(magic)
    assert_is_cyclonedx(json.loads((tmp_path / "bericht.cdx.json").read_text(encoding="utf-8")))


def test_the_pdf_needs_no_window_and_no_display(tmp_path: Path, data_dir: Path) -> None:
    file = tmp_path / "bericht.pdf"
    arguments = ["--data-dir", str(data_dir), "doctor", "--json", "--report", str(file)]
    bare = {name: value for name, value in os.environ.items() if name not in ("QT_QPA_PLATFORM", "DISPLAY")}
    done = subprocess.run(
        [sys.executable, "-m", "desktop", *arguments], capture_output=True, text=True, env=bare, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["report"] == str(file)
    assert file.read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("bericht.docx", texts.BAD_ENDING.format(name="bericht.docx")),
        ("fehlt/bericht.md", "Der Bericht kann dort nicht gespeichert werden"),
    ],
)
def test_a_place_that_does_not_work_is_said_in_one_sentence(
    tmp_path: Path, data_dir: Path, capsys: pytest.CaptureFixture[str], name: str, said: str
) -> None:
    arguments = ["--data-dir", str(data_dir), "doctor", "--report", str(tmp_path / name)]
    assert cli.main(arguments, tmp_path / "policy.toml") == cli.FAILED
    err = capsys.readouterr().err
    assert err.startswith(said)
    assert len(err.splitlines()) == 1
    assert [file.name for file in tmp_path.iterdir() if file.suffix in (".json", ".md", ".docx")] == []


def test_the_drafts_refer_to_what_the_report_and_the_policy_have() -> None:
    from desktop.policy_file import KEYS

    page = (Path(__file__).parents[2] / "docs/datenschutz.md").read_text(encoding="utf-8")
    drafts = page.partition("## Entwürfe für Ihre Unterlagen")[2]
    assert drafts.count("*Zu prüfen") == 4, "each draft says who has to check it"
    headings = {texts.INSTALLED, texts.MODELS, texts.DATA, texts.NETWORK, texts.POLICY}
    named = re.findall(r"Bericht: ([^|)(]+?)(?:, „[^|]*)?(?: \||\)|;)", drafts)
    assert len(named) >= 7
    for names in named:
        for name in re.split(r"; |, ", names):
            assert name in headings, name
    known = {f"{section}.{name}" for section, name in KEYS}
    assert set(re.findall(r"`([a-z]+\.[a-z_]+)(?: = [^`]*)?`", drafts)) <= known
