"""Measures the program beside what it stands on; never part of the installed program."""
