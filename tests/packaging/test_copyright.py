"""The copyright file of the package: each part's own terms, and the system's copy only of what is the same text."""

from debian.copyright import program_copyright

INNER = "usr/lib/leitstern/_internal"


def test_a_part_under_several_licences_keeps_the_text_that_debian_has_not() -> None:
    stanza = _stanza("pyphen-")
    assert "MOZILLA PUBLIC LICENSE" in stanza
    assert "/usr/share/common-licenses/GPL-2, /usr/share/common-licenses/LGPL-2.1." in stanza
    assert "GNU GENERAL PUBLIC LICENSE" not in stanza


def test_the_german_patterns_have_terms_of_their_own() -> None:
    stanza = _stanza("pyphen/dictionaries/*\n")
    assert "\nLicense: LGPL-2.0-or-later-" in stanza
    assert "/usr/share/common-licenses/LGPL-3, /usr/share/common-licenses/GPL-3." in stanza


def _stanza(files: str) -> str:
    stanzas = program_copyright(INNER, "6.11", ["libxcb.so"]).split("\n\nFiles: ")
    return next(stanza for stanza in stanzas if stanza.startswith(f"{INNER}/{files}"))
