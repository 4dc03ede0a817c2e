"""YAML front matter of Markdown files."""

import datetime as dt
from dataclasses import dataclass

import yaml

FENCE = "---"


@dataclass(frozen=True)
class FrontMatter:
    """The parsed header, and where the body begins (0-based line index)."""

    values: dict[str, object]
    body_start: int
    error: str = ""
    error_line: int = 1


def split_front_matter(lines: list[str]) -> FrontMatter:
    """Parse the header of ``lines``; a file without one has empty values and starts at line 0.

    A header that is not YAML is reported in ``error`` and never raised: own documents may begin with a ruler.
    """
    if not lines or lines[0].strip() != FENCE:
        return FrontMatter({}, 0)
    end = next((i for i, line in enumerate(lines[1:], 1) if line.strip() == FENCE), None)
    if end is None:
        return FrontMatter({}, 0, "front matter has no closing ---", 1)
    text = "\n".join(lines[1:end])
    try:
        if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(text, yaml.SafeLoader)):
            # A few lines of references to references unfold to gigabytes of text.
            return FrontMatter({}, end + 1, "bad YAML: references are not allowed", 2)
        values = yaml.safe_load(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 2 if mark is not None else 2
        problem = getattr(error, "problem", None) or "cannot be parsed"
        return FrontMatter({}, end + 1, f"bad YAML: {problem}", line)
    if values is None:
        return FrontMatter({}, end + 1)
    if not isinstance(values, dict):
        return FrontMatter({}, end + 1, "front matter is not a list of keys and values", 2)
    return FrontMatter({str(key): _plain(value) for key, value in values.items()}, end + 1)


def _plain(value: object) -> object:
    """YAML reads unquoted dates as date objects; documents want them as written."""
    if isinstance(value, dt.date | dt.datetime):
        return value.isoformat()
    return value


def text_value(values: dict[str, object], key: str) -> str:
    """Return ``values[key]`` as text, "" if absent."""
    value = values.get(key)
    return "" if value is None else str(value).strip()
