"""Lets the engine write a few words and prints, as JSON, what it wrote and with which variant: for processors.py.

    python write_once.py MODEL TOKENS

Straight through ``models.engine``, without a worker: an emulated processor knows no seccomp.
"""

import json
import re
import sys
from pathlib import Path

from models.engine import load_engine
from models.engine_api import StopFlag, TextEngine
from models.protocol import Generate, Load

PROMPT = "Sehr geehrte Damen und"  # few tokens: each takes seconds on an emulated processor


def main(model: str, tokens: int) -> int:
    """Load, read, write; return 0 if there is a text."""
    engine = load_engine(Load(1, model, "llm", 256, threads=2), StopFlag(), lambda *_: None)
    if not isinstance(engine, TextEngine):
        raise TypeError(engine)
    request = Generate(2, prompt=PROMPT, max_tokens=tokens)
    *_, (_, read) = engine.read(request)
    text = "".join(engine.write(request))
    loaded = sorted(set(re.findall(r"libggml-cpu-(\w+)\.so", Path("/proc/self/maps").read_text("utf-8"))))
    written = engine.completion_tokens
    print(json.dumps({"read": read, "written": written, "text": text, "variants": loaded}))
    return 0 if text.strip() and written == tokens else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], int(sys.argv[2])))
