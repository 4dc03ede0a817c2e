"""Reads the running program from outside through AT-SPI, as a screen reader does, and prints JSON.

Run by the system's Python, for which Debian ships the bindings: screen_reader.py QUESTION
"""

import json
import sys
import time

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402 - the version must be chosen first

PATIENCE_S = 120
PAGES = ("Bibliothek", "Vergleichen", "Verlauf", "Einstellungen", "Hilfe", "Fragen")
CONTROLS = {
    Atspi.Role.PUSH_BUTTON,
    Atspi.Role.CHECK_BOX,
    Atspi.Role.RADIO_BUTTON,
    Atspi.Role.COMBO_BOX,
    Atspi.Role.ENTRY,
    Atspi.Role.SLIDER,
    Atspi.Role.TABLE,
    Atspi.Role.TREE,
    Atspi.Role.LIST,
    Atspi.Role.TEXT,
}
MOST_CHILDREN = 60


def wait_for(find, what):
    """Let events happen until ``find`` returns something true, and return it."""
    end = time.monotonic() + PATIENCE_S
    while time.monotonic() < end:
        while GLib.MainContext.default().iteration(False):
            pass
        try:
            if found := find():
                return found
        except GLib.Error:  # what was asked for went away meanwhile
            pass
        time.sleep(0.05)
    sys.exit(f"never came: {what}")


def walk(one, depth=0):
    """Yield ``one`` and all below it that is shown."""
    if one is None or depth > 40:
        return
    yield one
    for index in range(min(one.get_child_count(), MOST_CHILDREN)):
        child = one.get_child_at_index(index)
        if child is not None and child.get_state_set().contains(Atspi.StateType.SHOWING):
            yield from walk(child, depth + 1)


def find_program():
    """Return the program on the desktop."""
    desktop = Atspi.get_desktop(0)
    apps = (desktop.get_child_at_index(index) for index in range(desktop.get_child_count()))
    return next((one for one in apps if one is not None and one.get_name() == "Leitstern"), None)


def named(program, name, role=None):
    """Return the part called ``name``."""
    return next(
        (one for one in walk(program) if one.get_name() == name and role in (None, one.get_role())), None
    )


def press(one):
    """Do what a click does."""
    Atspi.Action.do_action(one, 0)


def lines_of(one):
    """Return the text of ``one`` as a reader goes through it: line by line."""
    lines, place, end = [], 0, Atspi.Text.get_character_count(one)
    while place < end and len(lines) < 200:
        part = Atspi.Text.get_string_at_offset(one, place, Atspi.TextGranularity.LINE)
        lines.append(part.content.strip())
        place = max(part.end_offset, place + 1)
    return lines


def main():
    """Look at every page, ask a question, read the answer."""
    Atspi.init()
    Atspi.get_desktop(0).set_cache_mask(Atspi.Cache.NONE)  # the program changes while it is read
    said = []
    listener = Atspi.EventListener.new(lambda event: said.append(str(event.any_data)))
    listener.register("object:announcement")
    program = wait_for(find_program, "the program")
    wait_for(lambda: named(program, "Alle Sammlungen"), "the collections")
    unnamed, roles = [], {}
    for page in PAGES:
        press(wait_for(lambda page=page: named(program, page, Atspi.Role.CHECK_BOX), page))
        wait_for(lambda page=page: program.get_child_at_index(0).get_name().startswith(page), page)
        for one in walk(program):
            if one.get_role() in CONTROLS and not one.get_name():
                unnamed.append(f"{page}: {one.get_role_name()}")
            roles.setdefault(page, []).append(one.get_role_name())
    before = len(said)
    entry = wait_for(lambda: named(program, "Ihre Frage"), "the input")
    Atspi.EditableText.set_text_contents(entry, sys.argv[1])
    press(wait_for(lambda: named(program, "Frage stellen"), "the button"))
    evidence = wait_for(lambda: named(program, "Belege aus den Sammlungen"), "the evidence")
    wait_for(lambda: any("Antwort" in one for one in said[before:]), "the announcement")
    states = evidence.get_state_set()
    print(
        json.dumps(
            {
                "unnamed": sorted(set(unnamed)),
                "parts": {page: len(found) for page, found in roles.items()},
                "lines": lines_of(evidence),
                "editable": states.contains(Atspi.StateType.EDITABLE),
                "said": said[before:],
            }
        )
    )


main()
