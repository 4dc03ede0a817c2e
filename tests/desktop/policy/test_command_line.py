"""What the policy decides holds on the command line."""

import json
from pathlib import Path

import pytest

from desktop import cli
from desktop.texts import policy as texts
from desktop.texts.problems import PROBLEMS

QUESTION = "Muss ich KI-Texte kennzeichnen?"


@pytest.mark.parametrize(
    ("option", "value", "shown"),
    [
        ("--wording", "always", "never"),
        ("--model", "qwen2.5-coder-0.5b", "qwen2.5-coder-1.5b"),
        ("--threads", "8", "2"),
    ],
)
def test_a_locked_option_is_refused_in_one_sentence(
    decide, call, option: str, value: str, shown: str
) -> None:
    decide(
        '[answers]\nwording = "never"\n[models]\ndefault = "qwen2.5-coder-1.5b"\nthreads = 2\n'
        '[window]\ncontact = "IT, Durchwahl 7"'
    )
    code, out, err = call(option, value, "search", QUESTION)
    assert code == cli.FORBIDDEN == 3
    assert out == ""
    sentence = texts.LOCKED_OPTION.format(option=option, value=shown)
    assert err == texts.with_contact(sentence, "IT, Durchwahl 7") + "\n"
    assert call(option, shown, "search", QUESTION)[0] == cli.DONE, "what is decided may be said"


def test_what_may_be_changed_may_be_given(decide, call) -> None:
    decide('[answers]\nwording = "never"\n[settings]\nchangeable = ["wording"]')
    assert call("--wording", "tested", "search", QUESTION)[0] == cli.DONE


def test_evidence_only_holds_for_the_command_line(decide, call, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where settings, environment and a stored verdict of the user say otherwise."""
    decide('[answers]\nwording = "never"')
    for name in (
        "LEITSTERN_POLICY",
        "LEITSTERN_WORDING",
        "LEITSTERN_MODEL",
        "XDG_CONFIG_HOME",
        "XDG_CONFIG_DIRS",
    ):
        monkeypatch.setenv(name, "/nonexistent")
    code, out, _ = call("ask", "--json", QUESTION)
    assert code == cli.DONE
    answer = json.loads(out)
    assert answer["model"] is None
    assert answer["evidence"]


def test_a_model_that_is_named_and_not_allowed_is_refused(put_model, decide, call, tmp_path: Path) -> None:
    file, _ = put_model(tmp_path, "mine.gguf")
    decide(f'[models]\nallowed."good.gguf" = "{"ab" * 32}"')
    code, out, err = call("--model", file, "--wording", "always", "ask", QUESTION)
    assert (code, out, err) == (cli.FORBIDDEN, "", texts.NO_MODEL + "\n")
    code, out, err = call("models", "check", file)
    assert (code, out) == (cli.FORBIDDEN, "")
    assert len(err.splitlines()) == 1


def test_import_that_is_not_allowed_is_refused_in_one_sentence(decide, call, tmp_path: Path) -> None:
    file = tmp_path / "hund.md"
    file.write_text("# Hunde\nDie Leinenpflicht gilt immer.", encoding="utf-8")
    decide('[import]\nallowed = false\n[window]\ncontact = "IT, Durchwahl 7"')
    code, out, err = call("import", file, "--collection", "Eigene")
    assert (code, out) == (cli.FORBIDDEN, "")
    assert err == texts.with_contact(PROBLEMS["import_forbidden"].sentence, "IT, Durchwahl 7") + "\n"


def test_only_shown_collections_can_be_asked(decide, call) -> None:
    decide('[collections]\nshown = ["recht"]')
    code, out, _ = call("search", "--json", "Wann ist ein Rat befangen?")
    assert code == cli.DONE
    assert {hit["collection"] for hit in json.loads(out)["results"]} == {"recht"}
    code, _, err = call("search", "Wann?", "--collection", "gemo-bw")
    assert code == cli.FAILED
    assert "recht" in err


def test_doctor_names_policy_and_mistakes(call, policy_file: Path) -> None:
    _, out, _ = call("doctor", "--json")
    findings = {finding["name"]: finding for finding in json.loads(out)["findings"]}
    assert findings[texts.NAME]["value"] == texts.NONE.format(file=policy_file)
    policy_file.parent.mkdir()
    policy_file.write_text('[answers]\n\nwording = "maybe"\n[history]\ndays = 30\n', encoding="utf-8")
    code, out, _ = call("doctor", "--json")
    assert code == cli.DONE
    record = json.loads(out)
    assert record["ok"] is False
    bad = [finding["value"] for finding in record["findings"] if finding["state"] == "bad"]
    assert bad[-1].startswith("Zeile 3, answers.wording:")
    shown = {finding["name"]: finding["value"] for finding in record["findings"]}
    assert shown[f"{texts.NAME}: {texts.WORDING}"] == texts.WORDINGS["never"]
    assert shown[f"{texts.NAME}: {texts.HISTORY}"] == texts.HISTORY_DAYS.format(count=30)
