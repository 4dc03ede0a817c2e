"""Lets the packaged engine write on processors that this machine does not have: `make package-qemu`.

    python packaging/processors.py [--quick]      --quick takes the first layers of the model only, and
                                                  leaves out what the emulator takes for another Haswell and
                                                  what was tried before with this very engine

A whole generation each time: loading alone would not reach the code that differs. With Python and the engine from
its wheel, not with the bundle: the bundle's starter starts itself anew, and that would run outside the emulator.
"""

import json
import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "tools")]

from common.bundle import unpack_engine  # noqa: E402 - the line above makes them known
from common.places import ROOT, WORK  # noqa: E402
from common.short_model import write_short_model  # noqa: E402
from steps import SetupError, Stamps, digest_of, say  # noqa: E402

from models.build.fetch import fetch  # noqa: E402
from models.build.place import BuildError, cache_folder  # noqa: E402
from models.catalogue import load_catalogue  # noqa: E402

MODEL = "qwen2.5-coder-0.5b"
_ENGINE = WORK / "engine-tried"
_LAYERS = 2
_TOKENS = 2
_PATIENCE_S = 900
_WHAT_IT_RUNS = (
    "packaging/processors.py",
    "packaging/common/short_model.py",
    "packaging/common/write_once.py",
    "models/engine",
    "models/engine_api.py",
    "models/protocol.py",
    "models/catalogue.toml",
)


@dataclass(frozen=True)
class Processor:
    """A processor to try. ``variants`` are those of llama.cpp that may be chosen on it, None: any."""

    name: str
    emulated: str  # the emulator's name for it, "" for the one in this machine
    variants: frozenset[str] | None


PROCESSORS = (
    Processor("old, 2008: SSE4.2, no AVX", "Nehalem", frozenset({"sse42"})),
    Processor("Haswell, 2013: AVX2", "Haswell-noTSX", frozenset({"haswell"})),
    Processor("current, as far as the emulator goes", "max", frozenset({"haswell", "alderlake", "icelake"})),
    Processor("this machine's own", "", None),
)


def main(arguments: list[str]) -> int:
    """Try every processor; return 0, or 1 if one of them fails."""
    quick = "--quick" in arguments
    emulator = shutil.which("qemu-x86_64")
    if emulator is None:
        say("qemu-x86_64 is missing: apt-get install qemu-user")
        return 1
    try:
        unpack_engine(_ENGINE)
        whole = fetch(load_catalogue()[MODEL], cache_folder())
        short = WORK / "short.gguf"
        write_short_model(whole, _LAYERS, short)
    except (BuildError, SetupError) as error:
        say(f"The processors cannot be tried: {error}")
        return 1
    wanted = [processor for processor in PROCESSORS if not (quick and processor.emulated == "max")]
    model = short if quick else whole
    tried = Stamps(cache_folder() / "stamps")
    parts = [_ENGINE, Path(emulator), *(ROOT / name for name in _WHAT_IT_RUNS)]
    key = digest_of(parts, sys.version, *arguments)
    failed = False
    for processor in wanted:
        step = f"processor-{processor.emulated}"
        if quick and processor.emulated and tried.is_done(step, key):
            say(f"   {processor.name} ({processor.emulated}): as tried before with this very engine")
        elif _try(processor, emulator, model):
            tried.set_done(step, key)
        else:
            failed = True
    return 1 if failed else 0


def _try(processor: Processor, emulator: str, model: Path) -> bool:
    command = [os.path.realpath(sys.executable), str(HERE / "common/write_once.py"), str(model), str(_TOKENS)]
    if processor.emulated:
        command = [emulator, "-cpu", processor.emulated, *command]
    began = time.monotonic()
    done = subprocess.run(
        command,
        check=False,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        timeout=_PATIENCE_S,
        env=_environment(),
    )
    took = time.monotonic() - began
    if done.returncode:
        say(f"   {processor.name}: FAILED with {done.returncode}\n{done.stdout}{done.stderr[-2000:]}")
        return False
    result = json.loads(done.stdout.splitlines()[-1])
    variants = set(result["variants"])
    fits = bool(variants) and (processor.variants is None or variants <= processor.variants)
    say(
        f"   {processor.name} ({processor.emulated or 'not emulated'}): {result['written']} tokens with "
        f"{', '.join(variants) or 'no variant'} in {took:.0f} s: {result['text']!r}"
        f"{'' if fits else ' - NOT the variant it should be'}"
    )
    return fits


def _environment() -> dict[str, str]:
    """The unpacked engine comes before that of the environment, whose other libraries are used."""
    site = next(path for path in sys.path if path.endswith("site-packages"))
    return {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": f"{_ENGINE}:{ROOT}:{site}",
        "LC_ALL": "C.UTF-8",
        "PYTHONDONTWRITEBYTECODE": "1",
    }


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
