"""Reads an AppArmor profile far enough to tell whether the files that a program was seen to open are allowed.

The kernel of a build machine need not have AppArmor, and a profile that is too narrow keeps the program from starting
where there is one. So the file rules, with those of all includes, are held against a trace of strace. What the
rules say beside files is left to apparmor_parser.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

_SYSTEM = Path("/etc/apparmor.d")
_INCLUDE = re.compile(r"#?include (?:if exists )?<([^>]+)>")
_RULE = re.compile(
    r'(?:audit )?(?P<deny>deny )?(?:owner )?"?(?P<path>[/@]\S*?)"?\s+(?P<rights>[a-zA-Z]+),(?:\s*#.*)?'
)
# What the variables stand for on an ordinary machine; see /etc/apparmor.d/tunables.
_VARIABLES = {
    "HOME": "/{home/*,root}",
    "PROC": "/proc",
    "pid": "[0-9]*",
    "pids": "[0-9]*",
    "tid": "[0-9]*",
    "uid": "[0-9]*",
    "sys": "/sys",
    "run": "/{run,var/run}",
    "multiarch": "*-linux-gnu*",
    "etc_ro": "/{usr/,}etc",
    "system_share_dirs": "/usr{/local,}/share",
    "user_share_dirs": "/{home/*,root}/.local/share",
}
_CALL = re.compile(r'(?P<call>openat|unlink|rename|mkdir)\S*\(.*?"(?P<path>/[^"]*)"(?P<rest>.*)')
_WRITES = re.compile(r"O_WRONLY|O_RDWR|O_CREAT")


@dataclass(frozen=True)
class Wish:
    """A file that a program opened, made or took away; folders end with a slash."""

    path: str
    writes: bool


class Profile:
    """The file rules of a profile."""

    def __init__(self, file: Path, system: Path = _SYSTEM) -> None:
        """Read ``file`` and what it includes from ``system``."""
        self._rules = [
            (bool(found["deny"]), _pattern(found["path"]), found["rights"])
            for line in _lines(file, system, set())
            if (found := _RULE.fullmatch(line))
        ]

    def allows(self, wish: Wish) -> bool:
        """Tell whether some rule allows ``wish`` and none denies it. A folder may be named without its slash."""
        right = "w" if wish.writes else "r"
        names = (wish.path, f"{wish.path.rstrip('/')}/")
        matching = [
            deny
            for deny, pattern, rights in self._rules
            if right in rights and any(pattern.fullmatch(name) for name in names)
        ]
        return bool(matching) and not any(matching)


def seen_in(trace: Iterable[str]) -> Iterator[Wish]:
    """Yield what the lines of strace (``-e trace=%file``) say was done; what failed is left out."""
    for line in trace:
        found = _CALL.search(line)
        if found is None or " = -1 " in line:
            continue
        path = re.sub(r"^/proc/self\b", "/proc/1", re.sub("//+", "/", found["path"]))
        path = {"/proc/mounts": "/proc/1/mounts"}.get(path, path)  # a link of the kernel's
        yield Wish(path, found["call"] != "openat" or bool(_WRITES.search(found["rest"])))


def _lines(file: Path, system: Path, seen: set[Path]) -> Iterator[str]:
    seen.add(file)
    for line in (one.strip() for one in file.read_text(encoding="utf-8").splitlines()):
        if found := _INCLUDE.fullmatch(line.rstrip(",")):
            place = system / found[1]
            for included in sorted(place.iterdir()) if place.is_dir() else [place]:
                if included.is_file() and included not in seen:
                    yield from _lines(included, system, seen)
        elif not line.startswith("#"):
            yield line


def _pattern(glob: str) -> re.Pattern[str]:
    for _ in range(3):  # variables may hold variables
        glob = re.sub(r"@\{(\w+)\}", lambda found: _VARIABLES.get(found[1], f"no-{found[1]}"), glob)
    parts = re.findall(r"\*\*|\[[^\]]*\]|\\.|.", re.sub("//+", "/", glob))
    meaning = {"?": "[^/]", "{": "(?:", "}": ")", ",": "|"}
    made = ""
    for part in parts:
        # Behind a slash a star stands for at least one character.
        least = "+" if made.endswith("/") else "*"
        if part == "**":
            made += f".{least}"
        elif part == "*":
            made += f"[^/]{least}"
        elif part.startswith("[") and len(part) > 1:
            made += part
        else:
            made += meaning.get(part) or re.escape(part[-1])
    return re.compile(made)
