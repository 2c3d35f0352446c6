"""A GGUF file served by a process of its own, which ends when we do.

The model runs in llama.cpp's server, from the package ``xllamacpp``. In a process of its own a
model that crashes or eats the memory costs an answer, never the page.
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from importlib.util import find_spec
from pathlib import Path
from queue import Empty, Queue

from assistant.errors import ModelError

START_SECONDS = 180.0
"""Longest that loading a file may take: large ones come from a slow disk."""
MODULE = "assistant.model.child_server"


class ChildServer:
    """A running server for one file; ``close`` ends it."""

    def __init__(self, process: subprocess.Popen[str], url: str) -> None:
        """Take over a process that listens at an address."""
        self._process = process
        self.url = url

    @classmethod
    def start(cls, file: Path, context: int, seconds: float = START_SECONDS) -> ChildServer:
        """Load a file and wait until it can be asked.

        Args:
            file: A GGUF file.
            context: Most tokens; 0 for what the model was made for, with a bound.
            seconds: Longest to wait.

        Raises:
            ModelError: If the package is missing, or the file is not a model that can be loaded.
        """
        if find_spec("xllamacpp") is None:
            raise ModelError(
                "Voor een taalmodel uit een bestand is het pakket xllamacpp nodig. "
                'Installeer het met: pip install "beleidswijzer[local]"'
            )
        if not file.is_file():
            raise ModelError(f"Het taalmodel {file} bestaat niet. Controleer llm_file.")
        process = subprocess.Popen(
            [sys.executable, "-m", MODULE, str(file), str(context)],
            stdin=subprocess.PIPE,  # closed when we end, however that happens
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            cwd=Path(__file__).resolve().parents[2],
        )
        lines: Queue[str] = Queue()
        threading.Thread(target=_first_line, args=(process, lines), daemon=True).start()
        try:
            said = lines.get(timeout=seconds)
            return cls(process, json.loads(said)["url"])
        except (Empty, ValueError, KeyError, TypeError) as error:
            cls(process, "").close()
            raise ModelError(
                f"Het taalmodel {file} is niet te laden. Is het een GGUF-bestand, en is er genoeg "
                "geheugen voor?"
            ) from error

    @property
    def runs(self) -> bool:
        """Whether the process is still there."""
        return self._process.poll() is None

    def close(self) -> None:
        """End the process and wait for it."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()


def _first_line(process: subprocess.Popen[str], lines: Queue[str]) -> None:
    if process.stdout is not None:
        lines.put(process.stdout.readline())
