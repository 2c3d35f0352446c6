"""The process that serves a GGUF file: ``python -m assistant.model.child_server FILE CONTEXT``.

It prints its address as one line of JSON, and ends when its standard input does.
"""

from __future__ import annotations

import json
import os
import sys

LARGEST_CONTEXT = 8192
"""Tokens, unless the settings ask for more: a model that was made for more takes more memory."""


def main(file: str, context: int) -> None:
    """Serve a file on a loopback port of the system's choice, until standard input ends."""
    import xllamacpp

    parameters = xllamacpp.CommonParams()
    parameters.model.path = file
    parameters.n_ctx = context or LARGEST_CONTEXT
    parameters.hostnames = ["127.0.0.1"]
    parameters.port = 0
    parameters.n_parallel = 1
    parameters.ui = False
    parameters.endpoint_slots = False
    parameters.warmup = False
    threads = max(1, os.cpu_count() or 1)
    parameters.cpuparams.n_threads = parameters.cpuparams_batch.n_threads = threads
    server = xllamacpp.Server(parameters)
    print(json.dumps({"url": server.listening_address}), flush=True)  # noqa: T201 - its one output
    sys.stdin.read()
    # The native threads of the server need not be waited for.
    os._exit(0)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
