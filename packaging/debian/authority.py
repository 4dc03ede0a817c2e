"""What the administration and the data-protection officer do with the installed program, tried in the clean system."""

import json
import os
from pathlib import Path
from typing import Any

from debian.packages import APPARMOR
from debian.profile import Profile, seen_in
from debian.root import CLERK
from debian.trials import OWN_TEXT, QUESTION, SEEN, SMALL_MODEL, Trials
from desktop.cli import FORBIDDEN

_POLICY = """[models]
allowed."another.gguf" = "{sum}"
[answers]
wording = "never"
[import]
allowed = false
[collections]
shown = ["recht"]
[window]
contact = "IT, Durchwahl 7"
"""
_HOME = "/home/clerk"


def report(trials: Trials) -> None:
    """The report finds what is installed as it was delivered, and names a file that somebody changed."""
    made = _made_report(trials)
    trials.expect(made["unchanged"], "every installed file is as it was delivered", made)
    home = trials.root.folder / "home/clerk"
    text = (home / "bericht.md").read_text("utf-8")
    (SEEN / "bericht.md").write_text(text, "utf-8")
    parts = json.loads((home / "bericht.cdx.json").read_text("utf-8"))["components"]
    summed = sum("hashes" in part for part in parts)
    trials.expect(summed > 300, f"the list of parts has sums ({summed} of {len(parts)})", parts[:3])
    unnamed = [part["name"] for part in parts if part["type"] == "library" and "licenses" not in part]
    trials.expect(not unnamed, "every library has a licence", unnamed)
    refused = text.count("abgelehnt (")
    trials.expect(refused == 5, "the system refuses five of five kinds of network sockets", text)
    profile = trials.root.folder / "etc/apparmor.d" / APPARMOR
    trials.expect(profile.is_file(), "an AppArmor profile is there")
    changed = trials.root.folder / "usr/lib/leitstern/share/collections.db.sha256"
    before = changed.read_bytes()
    changed.write_bytes(before + b"\n")
    made = _made_report(trials)
    changed.write_bytes(before)
    named = "share/collections.db.sha256" in (home / "bericht.md").read_text("utf-8")
    trials.expect(not made["unchanged"] and named, "a file that was changed is named", made)


def apparmor(trials: Trials) -> None:
    """The AppArmor profile allows every file that the program opens; this kernel itself need not have AppArmor."""
    profile = Profile(trials.root.folder / "etc/apparmor.d" / APPARMOR)
    own = Path("home/clerk/profil.md")
    (trials.root.folder / own).write_text(OWN_TEXT, "utf-8")
    os.chown(trials.root.folder / own, CLERK, CLERK)
    data = ("--data-dir", f"{_HOME}/.local/share/leitstern")
    calls = (
        ("import", f"/{own}", "--collection", "profil"),
        ("--wording", "always", "--model", SMALL_MODEL, "ask", QUESTION),
        ("doctor", "--report", f"{_HOME}/bericht.pdf"),
        ("--quit-when-ready",),
    )
    for number, call in enumerate(calls):
        trace = SEEN / f"files-{number}.txt"
        around = ["strace", "-f", "-qq", "-e", "trace=%file", "-o", str(trace)]
        done = trials.root.run("leitstern", *data, *call, before=around)
        trials.expect(done.returncode == 0, f"leitstern {call[0]} works under strace", done.stderr)
        lines = trace.read_text("utf-8", errors="replace").splitlines()
        start = next(place for place, line in enumerate(lines) if 'execve("/usr/bin/leitstern"' in line)
        wishes = set(seen_in(lines[start:]))
        missed = sorted(wish.path for wish in wishes if not profile.allows(wish))
        trials.expect(not missed, f"the profile allows all {len(wishes)} files that it opens", missed)


def policy(trials: Trials) -> None:
    """A policy in /etc holds for the clerk, whatever the call says; a mistake in it is named with its line."""
    place = trials.root.folder / "etc/leitstern/policy.toml"
    place.parent.mkdir(exist_ok=True)
    try:
        place.write_text(_POLICY.format(sum="ab" * 32), "utf-8")
        _refused(trials, "worded answers", "--wording", "always", "ask", QUESTION)
        _refused(trials, "a model that is not allowed", "--model", SMALL_MODEL, "ask", QUESTION)
        own = Path("home/clerk/verboten.md")
        (trials.root.folder / own).write_text(OWN_TEXT, "utf-8")
        os.chown(trials.root.folder / own, CLERK, CLERK)
        _refused(trials, "an import", "import", f"/{own}", "--collection", "haus")
        found = json.loads(trials.program("search", "--json", QUESTION))["results"]
        shown = {hit["collection"] for hit in found}
        trials.expect(shown == {"recht"}, "only the collections that are shown are searched", shown)
        place.write_text("[answers]\n\nwording = 1\n", "utf-8")
        said = trials.program("doctor")
        trials.expect("Zeile 3, answers.wording" in said, "doctor names a mistake in the policy", said)
    finally:
        place.unlink(missing_ok=True)
        place.parent.rmdir()


def _made_report(trials: Trials) -> dict[str, Any]:
    made: dict[str, Any] = json.loads(trials.program("doctor", "--json", "--report", f"{_HOME}/bericht.md"))
    return made


def _refused(trials: Trials, what: str, *call: str) -> None:
    done = trials.root.run("leitstern", *call)
    one = len(done.stderr.splitlines()) == 1 and "IT, Durchwahl 7" in done.stderr
    said = (done.returncode, done.stdout, done.stderr)
    trials.expect(done.returncode == FORBIDDEN and one, f"the policy refuses {what} in one sentence", said)
