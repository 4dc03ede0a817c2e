"""The installed command as a script calls it: real process, real index, real models. docs/cli.md is the contract."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

COMMAND = Path(sys.executable).parent / ("leitstern.exe" if sys.platform == "win32" else "leitstern")
HOUR_S = 3_600  # only a hang takes so long

# The first thing every Python process here does: note its command line and end when it creates a network socket.
WATCH = """
import os, sys
from pathlib import Path

_NETWORK = {2, 10, 23, 30}  # AF_INET and the AF_INET6 of Linux, Windows and macOS
_FOLDER = Path(os.environ["WATCH_FOLDER"])


def _watch(event, arguments):
    if event == "socket.__new__" and int(arguments[1]) in _NETWORK:
        (_FOLDER / f"socket-{os.getpid()}").write_text(repr(sys.orig_argv))
        os._exit(99)


(_FOLDER / f"process-{os.getpid()}").write_text("\\n".join(sys.orig_argv))
sys.addaudithook(_watch)
"""


def run(*arguments: str | Path, data_dir: Path | None = None, **environment: str) -> Any:
    """Run the command to its end and return what it left."""
    place = ["--data-dir", str(data_dir)] if data_dir else []
    return subprocess.run(
        [COMMAND, *place, *map(str, arguments)],
        capture_output=True,
        encoding="utf-8",
        stdin=subprocess.DEVNULL,
        env=os.environ | environment,
        timeout=HOUR_S,
        check=False,
    )


def records(output: str) -> list[dict[str, Any]]:
    """Return the lines of ``output``, each of which must be JSON."""
    return [json.loads(line) for line in output.splitlines()]


def is_one_sentence(text: str) -> bool:
    """Tell whether ``text`` is one line for a person and no traceback."""
    return len(text.strip().splitlines()) == 1 and "Traceback" not in text and text.strip()[-1] in ".“"


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    """Return a folder with the encodings offices use."""
    folder = tmp_path / "Eigene Dokumente"
    folder.mkdir()
    texts = {
        "hundesteuer-ä.md": (
            "# Hundesteuer\n\n## Höhe\n\nDie Hundesteuer beträgt 96 Euro für Möpse.\n",
            "utf-8",
        ),
        "winter.txt": ("Der Bürgersteig ist an Werktagen bis 7 Uhr von Schnee zu räumen.\n", "latin-1"),
        "markt.txt": ("Auf dem Wochenmarkt dürfen keine Böller verkauft werden.\n", "utf-16"),
    }
    for name, (text, encoding) in texts.items():
        (folder / name).write_bytes(text.encode(encoding))
    (folder / "bild.png").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0")
    return folder


def test_says_its_version() -> None:
    done = run("--version")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("leitstern ")


@pytest.mark.parametrize(
    "arguments",
    [
        ("unsinn",),
        ("search", "Frage", "--gibtsnicht"),
        ("search", "Frage", "--limit", "viele"),
        ("search", "Frage", "--limit", "0"),
        ("search", "Frage", "--limit"),
        ("import", "datei.md"),
        ("eval",),
        ("delete",),
    ],
)
def test_wrong_usage_is_said_in_german(arguments: tuple[str, ...], data_dir: Path) -> None:
    done = run(*arguments, data_dir=data_dir)
    assert done.returncode == 2
    assert done.stdout == ""
    assert is_one_sentence(done.stderr)
    assert done.stderr.startswith("Der Aufruf ist nicht richtig")


def test_what_cannot_be_done_is_one_german_sentence(data_dir: Path, tmp_path: Path) -> None:
    missing = tmp_path / "fehlt.jsonl"
    for arguments, words in (
        (("search", "Frage", "--collection", "gibtsnicht"), ("gibtsnicht", "ki-leitlinien")),
        (("search",), ("--batch",)),
        (("search", "--batch", missing), ("fehlt.jsonl",)),
        (("eval", "retrieval", missing), ("fehlt.jsonl",)),
        (("delete", "nichts", "--collection", "Leer"), ("nichts", "Leer")),
        (("import", missing, "--collection", "recht"), ("recht", "mitgelieferte")),
        (("import", missing, "--collection", " "), ("Name",)),
    ):
        done = run(*arguments, data_dir=data_dir)
        assert done.returncode == 1, arguments
        assert done.stdout == ""
        assert is_one_sentence(done.stderr), done.stderr
        assert all(word in done.stderr for word in words)


def test_own_documents_from_import_to_deletion(documents: Path, data_dir: Path) -> None:
    """Umlauts in names and texts, three encodings, found by text and meaning, gone when deleted."""
    done = run("import", documents, "--collection", "Satzungen", "--json", data_dir=data_dir)
    assert (done.returncode, done.stderr) == (0, "")
    (report,) = records(done.stdout)
    assert {Path(path).name for path in report["taken"]} == {"hundesteuer-ä.md", "winter.txt", "markt.txt"}
    assert [Path(item["path"]).name for item in report["skipped"]] == ["bild.png"]
    assert report["vectors"] == {"encoded": 3, "total": 3}

    done = run(
        "search",
        "Was zahle ich für meinen Mops?",
        "--collection",
        "Satzungen",
        "--json",
        "--explain",
        data_dir=data_dir,
    )
    (found,) = records(done.stdout)
    best = found["results"][0]
    assert best["document"] == "hundesteuer-ä"
    assert best["sentence"] == "Die Hundesteuer beträgt 96 Euro für Möpse."
    assert best["sentence"] in best["text"]
    assert best["source"] == str(documents / "hundesteuer-ä.md")
    assert {result["collection"] for result in found["results"]} == {"Satzungen"}
    assert set(best["explanation"]) >= {"terms", "text_rank", "vector_rank", "place"}

    done = run("delete", "hundesteuer-ä", "--collection", "Satzungen", data_dir=data_dir)
    assert done.returncode == 0
    done = run("search", "Hundesteuer für Möpse", "--collection", "Satzungen", "--json", data_dir=data_dir)
    (found,) = records(done.stdout)
    assert "hundesteuer-ä" not in {result["document"] for result in found["results"]}
    assert not [file for file in data_dir.rglob("*") if file.is_file() and b"96 Euro" in file.read_bytes()]


def test_a_batch_answers_every_line_whatever_is_in_it(data_dir: Path, tmp_path: Path) -> None:
    lines = [
        json.dumps({"id": 1, "question": "Was ist der KI-Pass in Kiel?", "hardness": "ignored"}),
        "",
        json.dumps({"id": "nul", "question": "Daten\0schutz\0"}),
        json.dumps({"id": "half", "question": "Kennzeichnung \ud83d von Texten"}),
        json.dumps({"id": "long", "question": "Datenschutz " * 900}),
        json.dumps({"id": "empty", "question": ""}),
        json.dumps({"id": "one", "question": "Wer ist befangen?", "collection": "gemo-bw"}),
        json.dumps({"id": "two", "question": "Wer ist befangen?", "collection": ["recht", "gemo-bw"]}),
        json.dumps({"id": "no such", "question": "Wer?", "collection": "gibtsnicht"}),
        json.dumps({"id": "no question"}),
        '["a list"]',
        "{broken",
        json.dumps({"id": {"any": "value"}, "question": '\'; DROP TABLE passages; -- NEAR("x"'}),
    ]
    batch = tmp_path / "fragen.jsonl"
    batch.write_text("\n".join(lines), encoding="utf-8-sig")
    done = run("search", "--batch", batch, "--limit", "3", data_dir=data_dir)
    assert done.returncode == 1
    assert is_one_sentence(done.stderr)
    answers = records(done.stdout)
    ids = [1, "nul", "half", "long", "empty", "one", "two", "no such", "no question", None, None]
    assert [answer["id"] for answer in answers] == [*ids, {"any": "value"}]
    failed = [answer for answer in answers if "error" in answer]
    assert [answer["id"] for answer in failed] == ["no such", "no question", None, None]
    assert all(is_one_sentence(answer["error"]) for answer in failed)
    by_id = {str(answer["id"]): answer for answer in answers}
    assert by_id["1"]["results"][0]["document"] == "kiel"
    assert by_id["1"]["ms"] > 0
    assert by_id["nul"]["results"]
    assert by_id["half"]["results"]
    assert len(by_id["long"]["results"]) == 3
    assert by_id["empty"]["results"] == []
    assert {result["collection"] for result in by_id["one"]["results"]} == {"gemo-bw"}
    assert {result["collection"] for result in by_id["two"]["results"]} <= {"recht", "gemo-bw"}


def test_filters_hold_for_search_and_answers(data_dir: Path) -> None:
    question = "Muss ich KI-Texte kennzeichnen?"
    filters = ("--land", "nordrhein-westfalen", "--jahr-von", "2023", "--jahr-bis", "2026")
    ended = run("search", question, *filters, "--json", data_dir=data_dir)
    (found,) = records(ended.stdout)
    assert found["results"]
    assert all("2023" <= result["published"][:4] <= "2026" for result in found["results"])
    assert {"wuppertal", "essen", "arnsberg"} & {result["document"] for result in found["results"]}
    ended = run(
        "--wording", "never", "ask", question, *filters, "--ort", "Essen", "--json", data_dir=data_dir
    )
    (answer,) = records(ended.stdout)
    assert answer["filters"] == {
        "lands": ["Nordrhein-Westfalen"],
        "places": ["Essen"],
        "year_from": 2023,
        "year_to": 2026,
    }
    assert {source["document"] for source in answer["sources"]} == {"essen"}
    unknown = run("search", question, "--ort", "Atlantis", data_dir=data_dir)
    assert unknown.returncode == 1
    assert "Wuppertal" in unknown.stderr
    assert is_one_sentence(unknown.stderr)


def test_a_question_outside_the_collections_is_refused(data_dir: Path) -> None:
    done = run("ask", "Wie hoch ist der Eiffelturm?", "--json", data_dir=data_dir)
    assert (done.returncode, done.stderr) == (0, "")
    (answer,) = records(done.stdout)
    assert answer["refused"] is True
    assert answer["answer"].startswith("Dazu steht")
    assert answer["model"] is None
    assert answer["evidence"] == answer["sentences"] == []
    assert answer["timings"]["first_token_ms"] is None


def test_an_answer_is_written_without_a_network_socket(data_dir: Path, tmp_path: Path) -> None:
    """Program, search worker and writing worker all run under a hook that ends them at the first socket."""
    hooks, watched = tmp_path / "hooks", tmp_path / "watched"
    hooks.mkdir()
    watched.mkdir()
    (hooks / "sitecustomize.py").write_text(WATCH, encoding="utf-8")
    done = run(
        "--model",
        "qwen2.5-coder-0.5b",
        "--wording",
        "always",
        "ask",
        "Was ist der KI-Pass in Kiel?",
        "--json",
        data_dir=data_dir,
        PYTHONPATH=str(hooks),
        WATCH_FOLDER=str(watched),
    )
    assert (done.returncode, done.stderr) == (0, "")
    (answer,) = records(done.stdout)
    assert not list(watched.glob("socket-*"))
    processes = [file.read_text(encoding="utf-8") for file in watched.glob("process-*")]
    assert sum("--worker" in process for process in processes) == 3  # encoder, reader, writer
    assert "0.5B" in answer["model"]
    assert answer["problem"] == ""
    assert answer["refused"] is False
    assert len(answer["answer"].split()) >= 3
    assert answer["sources"][0]["document"] == "kiel"
    assert [source["n"] for source in answer["sources"]] == list(range(1, len(answer["sources"]) + 1))
    assert all(any(text in source["text"] for source in answer["sources"]) for text in answer["evidence"])
    timings = answer["timings"]
    assert 0 < timings["retrieve_ms"] < timings["first_token_ms"] <= timings["total_ms"]
    assert timings["completion_tokens"] > 0


def test_everything_is_kept_in_the_data_folder(documents: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    folders = {name: str(home / name) for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME")}
    data_dir = tmp_path / "Ä Ordner" / "tief"
    done = run("import", documents, "--collection", "Eigene", "--no-vectors", data_dir=data_dir, **folders)
    assert done.returncode == 0
    assert (data_dir / "own.db").is_file()
    assert list(home.rglob("*")) == []


def test_a_data_folder_that_cannot_be_made_leaves_search_usable(documents: Path, tmp_path: Path) -> None:
    """A file stands where the folder would be, so that not even root can write there."""
    blocked = tmp_path / "datei"
    blocked.write_text("", encoding="utf-8")
    done = run("search", "Was ist der KI-Pass in Kiel?", "--json", data_dir=blocked / "daten")
    assert (done.returncode, done.stderr) == (0, "")
    assert records(done.stdout)[0]["results"][0]["document"] == "kiel"
    done = run("import", documents, "--collection", "Eigene", data_dir=blocked / "daten")
    assert done.returncode == 1
    assert is_one_sentence(done.stderr)
    assert "Datenordner" in done.stderr


def test_doctor_reports_for_programs_and_people(data_dir: Path) -> None:
    done = run("doctor", "--json", data_dir=data_dir)
    assert done.returncode == 0
    (report,) = records(done.stdout)
    names = {finding["name"] for finding in report["findings"]}
    assert report["ok"] is True
    assert {"Leitstern", "Suchmodell", "Sprachmodell", "SQLite"} <= names
    assert all(finding["state"] in {"ok", "note", "bad"} for finding in report["findings"])
    assert not list(data_dir.glob("own*"))
    for_people = run("doctor", data_dir=data_dir)
    assert all(name in for_people.stdout for name in names)
