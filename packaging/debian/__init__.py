"""Packages for Debian and Ubuntu, and the check that installs them in a clean system."""
