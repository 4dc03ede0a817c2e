"""Starts Leitstern: the model worker, the command line or the window."""

import gc
import sys
from collections.abc import Sequence

from desktop.confine import confine


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program with ``arguments`` (default: the process's own) and return its exit code."""
    confine()  # before anything else is loaded, for this process, its threads and its children
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given[:1] == ["--worker"]:
        from models.worker import main as worker_main

        return worker_main(given[1:])
    # Until the window stands or a command runs: nothing that is loaded on the way there becomes garbage.
    gc.disable()
    from desktop.cli import main as cli_main

    return cli_main(given)


if __name__ == "__main__":
    sys.exit(main())
