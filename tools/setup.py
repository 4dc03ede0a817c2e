"""Sets up a checkout on a bare machine: system packages, .venv, models, index; then runs a command.

    python3 tools/setup.py environment   what checking the code needs
    python3 tools/setup.py everything    the same, the models and the index
    python3 tools/setup.py packaging     everything, and what makes and tries the packages
    python3 tools/setup.py run [ARG...]  everything, then the window (or `leitstern ARG...`)
    python3 tools/setup.py lock          requirements.lock made anew from pyproject.toml

Every step can be interrupted and repeated; what is done is not done again. Standard library only:
this runs before anything is installed.
"""

import fcntl
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from steps import SetupError, Stamps, Timed, digest_of, run_logged, run_shown, say
from system_packages import PACKAGING_NEEDS, Need, install, may_install, missing_packages

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
BIN = VENV / "bin"
LOCK = ROOT / "requirements.lock"
PYPROJECT = ROOT / "pyproject.toml"
LOGS = ROOT / "build/logs"
LLAMA = "llama-cpp-python"  # comes as source; built once, kept as a wheel outside the checkout
UV = "uv>=0.9,<1"
KEPT_INDEXES = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "leitstern/indexes"
INDEXES_KEPT = 3
ENCODER = "multilingual-e5-small"  # whose vectors the index holds
SUPPORTED = ((3, 11), (3, 13))

in_venv = Stamps(VENV / ".steps")  # goes with the environment
in_build = Stamps(ROOT / "build/.steps")  # goes with the index


def check_python() -> None:
    """Refuse a Python the program is not made for, naming those it is."""
    if not SUPPORTED[0] <= sys.version_info[:2] <= SUPPORTED[1]:
        raise SetupError(
            f"Leitstern needs Python 3.11 to 3.13, this is {sys.version.split()[0]}. "
            "Name another one: make PYTHON=python3.11 ..."
        )


def system_packages(more: Sequence[Need] = ()) -> None:
    """Install what Debian lacks, or say in one line which packages that are."""
    missing = missing_packages(more)
    if not missing:
        return
    names = " ".join(missing)
    if not may_install():
        raise SetupError(f"Please install as root, then repeat: apt-get install {names}")
    with Timed(f"Installing system packages: {names}"):
        install(missing, lambda command: run_logged(command, LOGS / "apt.log", ("Get:", "Setting")))
    if still := missing_packages(more):
        raise SetupError(f"Installed, but not found by the loader: {' '.join(still)}")


def virtual_environment() -> None:
    """Make ``.venv``, or make it anew when it does not run or belongs to another Python."""
    wanted = f"{sys.version_info[0]}.{sys.version_info[1]}"
    probe = "import pip, sys; print('%d.%d' % sys.version_info[:2])"
    python = BIN / "python"
    if python.exists():
        found = subprocess.run([python, "-c", probe], check=False, capture_output=True, text=True)
        if found.returncode == 0 and found.stdout.strip() == wanted:
            return
    with Timed(f"Creating .venv with Python {wanted}"):
        run_logged([sys.executable, "-m", "venv", "--clear", VENV], LOGS / "venv.log")


def locked_block(package: str) -> str:
    """Return the lock's lines (version, marker, hashes) for ``package``."""
    found = re.search(rf"^{re.escape(package)}==(?:.*\\\n)*.*\n", LOCK.read_text("utf-8"), re.MULTILINE)
    if not found:
        raise SetupError(f"requirements.lock does not hold {package}; make it anew: make lock")
    return found.group()


def pip_install(*arguments: str | Path, log: str) -> None:
    """Run pip in ``.venv``; it never resolves anything, the lock has done that."""
    command = [BIN / "python", "-m", "pip", "install", "--no-deps", *arguments]
    run_logged(command, LOGS / log, watch=("Collecting", "Installing"))


def dependencies() -> None:
    """Install the locked dependencies, each checked against its hash; llama-cpp-python follows apart."""
    key = digest_of([LOCK])
    if in_venv.is_done("dependencies", key):
        return
    wheels_only = LOGS.parent / "requirements-wheels.txt"
    wheels_only.parent.mkdir(exist_ok=True)
    wheels_only.write_text(LOCK.read_text("utf-8").replace(locked_block(LLAMA), ""), "utf-8")
    with Timed("Installing the locked dependencies into .venv"):
        pip_install("--require-hashes", "-r", wheels_only, log="pip.log")
    in_venv.set_done("dependencies", key)


def project() -> None:
    """Install the project itself, editable, and with it the command ``leitstern``."""
    key = digest_of([PYPROJECT])
    if in_venv.is_done("project", key) and (BIN / "leitstern").exists():
        return
    with Timed("Installing Leitstern itself"):
        pip_install("--no-build-isolation", "-e", ROOT, log="project.log")
    in_venv.set_done("project", key)


def language_model_runtime() -> None:
    """Install llama-cpp-python from its wheel, which is compiled once."""
    command: list[str | Path] = [BIN / "python", "-m", "models.build", "wheel"]
    kept = subprocess.run([*command, "--check"], check=False, capture_output=True, text=True)
    if in_venv.is_done("runtime", kept.stdout.strip() or "none"):
        return
    with Timed(f"Providing {LLAMA} (the first time it is compiled, about ten minutes)"):
        wheel = run_shown(command, results_shown=False)
        pip_install("--force-reinstall", "--no-index", wheel, log="runtime.log")
    in_venv.set_done("runtime", wheel)


def environment() -> None:
    """Do all that linting and the tests' imports need."""
    check_python()
    system_packages()
    virtual_environment()
    dependencies()
    project()
    language_model_runtime()


def models() -> None:
    """Fetch and verify the model files; they lie in the user's cache, outside the checkout."""
    with Timed("Checking the models (the first time 1.6 GB are downloaded)"):
        run_shown([BIN / "python", "-m", "models.build", "fetch"], results_shown=False)


def index() -> None:
    """Build the index of the shipped collections; made anew when texts, analysis or encoder changed."""
    import tomllib  # not before the version of Python is known

    built = ROOT / "build/share/collections.db"
    encoder = tomllib.loads((ROOT / "models/catalogue.toml").read_text("utf-8"))[ENCODER]
    key = digest_of([ROOT / "guidelines_db", ROOT / "desktop/build_index.py"], str(encoder))
    if in_build.is_done("index", key) and built.exists():
        return
    built.unlink(missing_ok=True)  # the builder would keep one that fits the texts alone
    kept = KEPT_INDEXES / key
    if kept.is_dir():
        shutil.copytree(kept, built.parent, dirs_exist_ok=True)
    else:
        with Timed("Building the index of the shipped collections"):
            run_shown([BIN / "python", "-m", "desktop.build_index"])
        if not kept.exists():  # another checkout may have been quicker
            keep_index(built.parent, kept)
    in_build.set_done("index", key)


def keep_index(made: Path, kept: Path) -> None:
    """Copy the index in ``made`` to ``kept`` for other checkouts, in place of the oldest of those kept."""
    unfinished = kept.with_name(f"{kept.name}.new")
    shutil.rmtree(unfinished, ignore_errors=True)
    shutil.copytree(made, unfinished)
    unfinished.touch()  # the time of the copy, not of what was copied
    unfinished.replace(kept)
    by_age = sorted(KEPT_INDEXES.iterdir(), key=lambda folder: folder.stat().st_mtime)
    for old in by_age[:-INDEXES_KEPT]:
        shutil.rmtree(old)


def everything() -> None:
    """Do all that the running program needs."""
    environment()
    models()
    index()


def packaging() -> None:
    """Do all that making and trying the packages needs."""
    system_packages(PACKAGING_NEEDS)
    everything()


def open_window(arguments: list[str]) -> None:
    """Replace this process by the program; without a display, by the program on a virtual one."""
    command = [str(BIN / "leitstern"), *arguments]
    if not arguments or arguments[0].startswith("--quit"):
        say("== Opening the window")
        if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
            say("   No display here: the window opens on a virtual one, unseen. Ctrl+C ends it.")
            command = ["xvfb-run", "-a", *command]
    os.execvp(command[0], command)  # noqa: S606 - no shell is wanted


def relock() -> None:
    """Resolve pyproject.toml for every supported Python and system into requirements.lock."""
    check_python()
    tool = ROOT / "build/lock-tool"
    if not (tool / "bin/uv").exists():
        with Timed("Installing the tool that locks"):
            run_logged([sys.executable, "-m", "venv", "--clear", tool], LOGS / "lock.log")
            run_logged([tool / "bin/python", "-m", "pip", "install", UV], LOGS / "lock.log")
    command = [tool / "bin/uv", "pip", "compile", PYPROJECT.name]
    command += ["--extra", "dev", "--extra", "build", "--extra", "package"]
    command += ["--universal", "--python-version", "3.11", "--generate-hashes", "--no-annotate", "--upgrade"]
    command += ["--custom-compile-command", "make lock", "--output-file", LOCK.name, "--quiet"]
    with Timed("Resolving the dependencies"):
        subprocess.run([str(part) for part in command], check=True, cwd=ROOT)


def only_one_at_a_time() -> None:
    """Wait while another set-up of this checkout runs; the lock goes with the process."""
    (ROOT / "build").mkdir(exist_ok=True)
    handle = os.open(ROOT / "build/setup.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        say("== Another set-up of this checkout is running; waiting for it")
        fcntl.flock(handle, fcntl.LOCK_EX)


def main(arguments: list[str]) -> int:
    """Run the command in ``arguments``; return the exit code."""
    steps = {"environment": environment, "everything": everything, "packaging": packaging}
    steps |= {"run": everything, "lock": relock}
    name, *rest = arguments or [""]
    if name not in steps or (rest and name != "run"):
        say(str(__doc__).strip())
        return 2
    os.chdir(ROOT)
    try:
        only_one_at_a_time()
        steps[name]()
    except KeyboardInterrupt:
        say("\nInterrupted. The same command goes on from here.")
        return 130
    except (SetupError, subprocess.CalledProcessError, OSError) as error:
        say(f"\nSet-up stopped: {error}")
        return 1
    if name == "run":
        open_window(rest)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
