"""The reading process of the tests: a file tells it what to do wrong, page by page.

Each line of the file is a page: "hang", "crash", "memory", "abort", "error", "write", "key", or
text to read. "!crash" goes wrong only as long as the page is not passed over.
"""

import os
import signal
import sys
import time
from pathlib import Path

from ingest.documents import Page, Reading
from ingest.readers import worker


def read(job, inside=()):
    lines = job.stream.read().decode().splitlines()
    pages, texts = [], []
    for number, line in enumerate(lines, start=1):
        problem = job.problem_with(number) if line.startswith(("!", "?")) else ""
        text = problem or do(line.lstrip("!?"))
        pages.append(Page(number, str(number), 0, 0, problem=problem))
        texts.append(text)
    unread = tuple(page.number for page in pages if page.problem)
    return Reading("\n".join(texts), tuple(pages), unread)


def do(order):
    return ORDERS.get(order, lambda: order)()


def spin():
    while True:
        pass


def fail():
    raise RuntimeError("a bug of a library")


def say_nonsense():
    output[0].write(b"no json\n")
    output[0].flush()
    time.sleep(60)


def print_text():
    print("text of the document")
    print("text of the document", file=sys.stderr)
    os.write(1, b"text of the document")
    return "print"


def write_file():
    try:
        Path("/tmp/written-by-a-reader").write_text("x")
    except OSError as error:
        return type(error).__name__


ORDERS = {
    "hang": lambda: time.sleep(60),
    "spin": spin,
    "crash": lambda: os.kill(os.getpid(), signal.SIGKILL),
    "memory": lambda: str(len(bytearray(3 * 1024**3))),
    "error": fail,
    "nonsense": say_nonsense,
    "print": print_text,
    "write": write_file,
    "environment": lambda: " ".join(n for n in os.environ if n.startswith("BELEIDSWIJZER")),
    "modules": lambda: " ".join(m for m in ("torch", "chromadb", "numpy") if m in sys.modules),
    "pid": lambda: str(os.getpid()),
}
output = []


def channels():
    questions, answers = real_channels()
    output.append(answers)
    return questions, answers


real_channels = worker._channels

if __name__ == "__main__":
    worker.read = read
    worker._channels = channels
    worker.main()
