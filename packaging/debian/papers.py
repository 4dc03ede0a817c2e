"""Examines the packages without installing them: Debian's own checks, menu entry, AppStream data, contents."""

import subprocess
from collections.abc import Sequence
from pathlib import Path

from common.content_list import deviations, read_list
from common.places import BUNDLE
from steps import say

from models.build.place import BuildError

_QUICK = "malformed-deb-archive"
"""Debian's archive takes no package compressed with zstd; dpkg does, and only releases are compressed well."""


def examine(program: Path, model: Path, tree: Path) -> None:
    """Examine both packages and the unpacked ``tree`` of the first; raise BuildError with what is wrong."""
    lintian = ["lintian", "--allow-root", "--fail-on", "error,warning", "--tag-display-limit", "0"]
    _expect("lintian", [*lintian, "--suppress-tags", _QUICK, str(program), str(model)])
    share = tree / "usr/share"
    _expect(
        "AppStream data",
        ["appstreamcli", "validate", "--no-net", "--pedantic", *_found(share, "metainfo/*.xml")],
    )
    _expect("menu entry", ["desktop-file-validate", *_found(share, "applications/*.desktop")])
    if said := deviations(BUNDLE, read_list()):
        wrong = "\n".join(said)
        raise BuildError(f"the bundle is not what packaging/common/contents.txt lists:\n{wrong}")
    say("   contents are as listed: yes")


def _expect(what: str, command: Sequence[str]) -> None:
    done = subprocess.run(command, check=False, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    if done.returncode:
        raise BuildError(f"{what}:\n{done.stdout}{done.stderr}")
    say(f"   {what} without a complaint: yes")


def _found(folder: Path, pattern: str) -> list[str]:
    return [str(file) for file in sorted(folder.glob(pattern))]
