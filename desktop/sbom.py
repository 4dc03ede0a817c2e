"""The list of parts as CycloneDX 1.6 in JSON (ECMA-424), written by hand: the library for it brings an XML parser.

Only what the report needs is written: parts with version, licence, package URL and checksum, and the program's files
with theirs. https://cyclonedx.org/docs/1.6/json/
"""

import re
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

SPEC_VERSION = "1.6"
_SPDX = re.compile(r"[A-Za-z0-9.+-]+(?: (?:AND|OR|WITH) [A-Za-z0-9.+-]+)*")
_FILE_LIST = "leitstern:sha256-of"


@dataclass(frozen=True)
class Component:
    """One part. ``sha256`` is that of its file, or of the list of its files where ``listed``; "" if unknown."""

    kind: str  # a component type of CycloneDX: application, library, machine-learning-model, data, file
    name: str
    version: str = ""
    licence: str = ""
    sha256: str = ""
    purl: str = ""
    listed: bool = False


def make_sbom(
    program: Component, parts: Sequence[Component], files: Mapping[str, str], made_at: str
) -> dict[str, Any]:
    """Return the document. ``files`` maps the program's files to SHA-256; ``made_at`` is ISO 8601 with offset.

    The serial number is derived from the content, so that the same parts have the same one.
    """
    root = _component(program, "program")
    components = [_component(part, f"part-{number}") for number, part in enumerate(parts, 1)]
    components += [
        _component(Component("file", name, sha256=sum_), f"file-{number}")
        for number, (name, sum_) in enumerate(sorted(files.items()), 1)
    ]
    references = [str(component["bom-ref"]) for component in components]
    return {
        "$schema": f"http://cyclonedx.org/schema/bom-{SPEC_VERSION}.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": SPEC_VERSION,
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_OID, repr((root, components)))}",
        "version": 1,
        "metadata": {
            "timestamp": made_at,
            "tools": {
                "components": [{"type": "application", "name": program.name, "version": program.version}]
            },
            "component": root,
        },
        "components": components,
        "dependencies": [
            {"ref": root["bom-ref"], "dependsOn": references},
            *({"ref": ref} for ref in references),
        ],
    }


def python_purl(name: str, version: str) -> str:
    """Return the package URL of a Python package."""
    return f"pkg:pypi/{re.sub(r'[-_.]+', '-', name).lower()}@{version}"


def _component(part: Component, reference: str) -> dict[str, Any]:
    found: dict[str, Any] = {"type": part.kind, "bom-ref": reference, "name": part.name}
    if part.version:
        found["version"] = part.version
    if part.sha256:
        found["hashes"] = [{"alg": "SHA-256", "content": part.sha256}]
    if part.licence:
        found["licenses"] = list(_licences(part.licence))
    if part.purl:
        found["purl"] = part.purl
    if part.listed and part.sha256:
        found["properties"] = [
            {"name": _FILE_LIST, "value": "sorted lines 'sha256  path' of the files delivered"}
        ]
    return found


def _licences(words: str) -> Iterable[dict[str, Any]]:
    """One SPDX expression where the words are one, else a licence by its name."""
    yield {"expression": words} if _SPDX.fullmatch(words) else {"license": {"name": words}}
