"""llama-cpp-python as it comes, as a child process: the measure for ``bench.llm``.

One JSON object a line in, ``{"prompt", "max_tokens"}``, one out, ``{"first_ms", "total_ms", "prompt_tokens",
"completion_tokens"}``. Arguments: model file, context, threads, niceness.
"""

import json
import os
import sys
import time


def main() -> None:
    """Answer until the input ends."""
    file, context, threads, niceness = sys.argv[1], *map(int, sys.argv[2:5])
    os.nice(niceness)
    import llama_cpp

    from models.engine.backends import load_backends

    load_backends()

    model = llama_cpp.Llama(file, n_ctx=context, n_threads=threads, n_threads_batch=threads, verbose=False)
    print(json.dumps({"ready": True}), flush=True)
    for line in sys.stdin:
        wanted = json.loads(line)
        tokens = model.tokenize(wanted["prompt"].encode(), add_bos=False, special=True)
        began = time.perf_counter()
        first = 0.0
        written = 0
        for _ in model.create_completion(
            tokens, max_tokens=wanted["max_tokens"], temperature=0, stream=True, repeat_penalty=1.0
        ):
            first = first or time.perf_counter() - began
            written += 1
        total = time.perf_counter() - began
        print(
            json.dumps(
                {
                    "first_ms": first * 1000,
                    "total_ms": total * 1000,
                    "prompt_tokens": len(tokens),
                    "completion_tokens": written - 1,  # the last piece only says that it ended
                }
            ),
            flush=True,
        )


if __name__ == "__main__":
    main()
