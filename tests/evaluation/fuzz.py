"""Read damaged files by the hundred thousand, and keep each one that harms its reader.

    python tests/evaluation/fuzz.py [--seeds FOLDER] [--count 100000] [--out build/fuzz]

Sound files of every format are damaged at random, but the same way for the same number. They are
read in a process that has the limits of the reading process; it is replaced when it dies or says
nothing for too long. A file harms its reader when that happens, or when what is read is no sound
reading. An error that no reader names is counted too: `ReaderProcess` makes it a message, but a
reader that knew of it would say more. Breaking off is no loss: the next run goes on.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import queue
import random
import re
import subprocess
import sys
import threading
import time
import zipfile
from collections import Counter
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))
sys.path.insert(0, str(HERE.parents[1]))

OUT = HERE.parents[1] / "build" / "fuzz"
SILENCE = 60.0  # seconds
SLOWEST_SEED = 0.25  # seconds; larger files take too long to be read so often
TOKENS = (
    b"\0", b"\xff\xfe", b"-1", b"999999999999", b"<!DOCTYPE a [<!ENTITY b 'c'>]>", b"<", b"&#0;",
    b"((((", b"[[[[", b"{\\rtf", b"obj", b"/Kids", b"/Length 99999999", b"endstream", b"\\u-1?",
    b"=?utf-8?q?=", b"\r\n\r\n", b"--", b"\"", b";;;;", b"| | |", b"#### ", b"%PDF-1.7",
)  # fmt: skip


# Damage


def damaged(data: bytes, chance: random.Random) -> bytes:
    """A file with something wrong in it; one that is packed is wrong inside, too."""
    if data[:4] == b"PK\x03\x04" and chance.random() < 0.8:
        return _inside(data, chance)
    return _bytes(data, chance)


def _inside(data: bytes, chance: random.Random) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        parts = [(name, packed.read(name)) for name in packed.namelist()]
    chosen = chance.randrange(len(parts))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as packed:
        for number, (name, content) in enumerate(parts):
            if number == chosen and chance.random() < 0.05:
                continue
            packed.writestr(name, _bytes(content, chance) if number == chosen else content)
    return out.getvalue()


def _bytes(data: bytes, chance: random.Random) -> bytes:
    content = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 3, 8))):
        chance.choice(WAYS)(content, chance)
    return bytes(content)


def _place(content: bytearray, chance: random.Random) -> int:
    return chance.randrange(len(content) + 1)


def _flip(content: bytearray, chance: random.Random) -> None:
    for _ in range(chance.choice((1, 4, 30))):
        if content:
            content[chance.randrange(len(content))] = chance.randrange(256)


def _cut(content: bytearray, chance: random.Random) -> None:
    at = _place(content, chance)
    del content[at : at + chance.choice((1, 10, 100, 2000))]


def _truncate(content: bytearray, chance: random.Random) -> None:
    del content[_place(content, chance) :]


def _repeat(content: bytearray, chance: random.Random) -> None:
    at = _place(content, chance)
    content[at:at] = content[at : at + chance.choice((5, 50, 500))] * chance.choice((1, 3, 40))


def _move(content: bytearray, chance: random.Random) -> None:
    start, to = _place(content, chance), _place(content, chance)
    content[to:to] = content[start : start + chance.choice((10, 100, 1000))]


def _token(content: bytearray, chance: random.Random) -> None:
    at = _place(content, chance)
    content[at:at] = chance.choice(TOKENS)


def _number(content: bytearray, chance: random.Random) -> None:
    numbers = list(re.finditer(rb"\d+", content))
    if numbers:
        found = chance.choice(numbers)
        new = chance.choice((b"0", b"1", b"-1", b"65536", b"4294967295", b"1e9", b"7"))
        content[found.start() : found.end()] = new


WAYS = (_flip, _cut, _truncate, _repeat, _move, _token, _number, _number)


# Sound files to damage


def make_seeds(folder: Path) -> None:
    """Write small sound files of every format."""
    import openpyxl
    from reader_parts import docx, make_pdf, p, zipped

    text = (
        "Beleidsplan water\n\n1. Doelen\n\nDe gemeente wil drie dingen:\n- schoon water\n"
        "- een droge kelder\n\n2. Kosten\n\nHet plan kost € 25.000 per jaar.\n"
    )
    table = "Doel;Indicator;2024\nSchoon water;Metingen;12\nDroge kelder;Klachten;3\n"
    web = (
        "<!doctype html><html><head><title>Plan</title></head><body><h1>Plan</h1><p>Tekst.</p>"
        "<ul><li>een<ul><li>twee</li></ul></li></ul><table><tr><th>Doel</th><th>2024</th></tr>"
        "<tr><td rowspan=2>Water</td><td>3</td></tr><tr><td>4</td></tr></table></body></html>"
    )
    rich = (
        r"{\rtf1\ansi{\fonttbl{\f0 Arial;}}{\stylesheet{\s1 heading 1;}}\pard\s1 Plan\par"
        r"\pard Tekst met \b vet\b0  en \u8364? 3.\par\trowd\cellx100\cellx200\intbl Doel\cell 1"
        r"\cell\row\pard{\footnote Een noot.}Einde.\par}"
    )
    mail = (
        "From: a@example.nl\r\nTo: b@example.nl\r\nSubject: =?utf-8?q?Pl=C3=A4n?=\r\n"
        "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n"
        "Content-Type: text/html\r\n\r\n<p>Hallo</p>\r\n--x\r\nContent-Type: text/csv; name=a.csv"
        f"\r\nContent-Disposition: attachment; filename=a.csv\r\n\r\n{table}\r\n--x--\r\n"
    )
    word = docx(p("Plan", "Heading1") + p("De tekst van het plan.") * 3)
    book = openpyxl.Workbook()
    for row in csv_rows(table):
        book.active.append(row)
    book.save(folder / "seed.xlsx")
    make_pdf(folder / "seed.pdf", [text.splitlines(), ["Tweede pagina", "- punt", "1"]], "Plan")
    (folder / "seed.docx").write_bytes(word)
    (folder / "seed.zip").write_bytes(zipped({"a/plan.docx": word, "b.txt": text}))
    for name, content in (
        ("seed.txt", text), ("seed.md", f"# {text}\n| a | b |\n|---|---|\n| 1 | 2 |\n[^1]: noot\n"),
        ("seed.csv", table), ("seed.html", web), ("seed.rtf", rich), ("seed.eml", mail),
    ):  # fmt: skip
        (folder / name).write_text(content, encoding="utf-8")
    (folder / "wide.txt").write_bytes(text.encode("utf-16"))
    (folder / "old.txt").write_bytes(text.encode("cp1252"))
    if office := _office():
        source = folder / "seed.html"
        for form in ("odt", "docx", "ods"):
            given = source if form != "ods" else folder / "seed.csv"
            subprocess.run(
                [office, "--headless", "--convert-to", form, "--outdir", folder / "office", given],
                check=False,
                capture_output=True,
            )


def csv_rows(table: str) -> list[list[str]]:
    return [line.split(";") for line in table.splitlines()]


def _office() -> str | None:
    import shutil

    return shutil.which("soffice")


def unpacked_pdf(data: bytes) -> bytes | None:
    """A PDF with its streams unpacked, so that damage reaches what they hold; None without one."""
    import pypdf
    from pypdf.generic import StreamObject

    try:
        writer = pypdf.PdfWriter(clone_from=io.BytesIO(data))
        for found in writer._objects:
            if isinstance(found, StreamObject) and found.get("/Filter") == "/FlateDecode":
                content = found.get_data()
                for name in ("/Filter", "/DecodeParms"):
                    found.pop(name, None)
                found._data = content
        out = io.BytesIO()
        writer.write(out)
    except Exception:  # noqa: BLE001 - a file that is damaged to begin with
        return None
    return out.getvalue()


def load_seeds(folders: list[Path]) -> list[tuple[str, bytes]]:
    """Name and content of the files to damage, those that are read quickly enough."""
    seeds = []
    for path in sorted(file for folder in folders for file in folder.rglob("*")):
        if not path.is_file() or not 0 < path.stat().st_size < 400_000:
            continue
        data = path.read_bytes()
        unpacked = unpacked_pdf(data) if path.suffix == ".pdf" else None
        for content in filter(None, (data, unpacked)):
            read_one(path.name, content)  # loads what its reader needs
            began = time.process_time()
            if read_one(path.name, content) != "no reader" and (
                time.process_time() - began < SLOWEST_SEED
            ):
                seeds.append((path.name, content))
    return seeds


# Reading


def read_one(name: str, data: bytes) -> str:
    """Read one file as the reading process does; what came of it: "", "refused" or an error."""
    from ingest.errors import ReadingError
    from ingest.readers import messages, worker
    from ingest.readers.formats import format_of
    from ingest.readers.job import Job
    from ingest.readers.limits import Limits

    form = format_of(name)
    if form is None:
        return "no reader"
    job = Job(name, io.BytesIO(data), Limits())
    try:
        if form.holds:
            for member in worker.look_into(job).members:
                job.stream.seek(0)
                reading = worker.read(job, member.inside)
        job.stream.seek(0)
        if form.has_text:
            reading = worker.read(job)
            if not messages._is_sound(reading):
                return "UNSOUND"
    except ReadingError:
        return "refused"
    except MemoryError:
        return "memory"
    except Exception as error:  # noqa: BLE001 - what no reader names is what is looked for
        at = error.__traceback__
        while at and at.tb_next:
            at = at.tb_next
        where = Path(at.tb_frame.f_code.co_filename).name if at else ""
        return f"error: {type(error).__name__} in {where}:{at.tb_lineno if at else 0}"
    return "read"


def work(seeds: list[tuple[str, bytes]], first: int, last: int) -> None:
    """Damage and read; tell on stdout the number before each and the outcome after it."""
    import gc
    import logging

    from ingest.readers.limits import Limits, limit_process

    out = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1, 2):  # what a library prints goes nowhere
        os.dup2(nowhere, number)
    logging.disable()
    limit_process(Limits())
    gc.set_threshold(200_000, 20, 100)
    for name, data in {Path(name).suffix: (name, data) for name, data in seeds}.values():
        read_one(name, data)  # loads what its reader needs
    for number in range(first, last):
        name, data = mutation(seeds, number)
        out.write(f"{number}\n".encode())
        out.flush()
        began = time.process_time()  # other programs may keep this one waiting
        outcome = read_one(name, data)
        took = time.process_time() - began
        out.write(f"= {name} {took:.3f} {outcome}\n".encode())
        out.flush()


def mutation(seeds: list[tuple[str, bytes]], number: int) -> tuple[str, bytes]:
    """The file with this number."""
    chance = random.Random(number)
    name, data = seeds[number % len(seeds)]
    return name, damaged(data, chance)


# The run


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seeds", type=Path, action="append", default=[])
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--out", type=Path, default=OUT)
    parser.add_argument("--work", type=int, nargs=2, help=argparse.SUPPRESS)
    given = parser.parse_args()
    own = given.out / "seeds"
    if not own.exists():
        own.mkdir(parents=True)
        make_seeds(own)
    seeds = load_seeds([own, *given.seeds]) if not given.work else _kept_seeds(given.out)
    if given.work:
        work(seeds, *given.work)
        return
    _keep_seeds(given.out, seeds)
    run(given.out, seeds, given.count)


def _keep_seeds(out: Path, seeds: list[tuple[str, bytes]]) -> None:
    """Keep them as they are, so that a number names the same file in the next run too."""
    if not (out / "seeds.zip").exists():
        with zipfile.ZipFile(out / "seeds.zip", "w") as packed:
            for number, (name, data) in enumerate(seeds):
                packed.writestr(f"{number}/{name}", data)


def _kept_seeds(out: Path) -> list[tuple[str, bytes]]:
    with zipfile.ZipFile(out / "seeds.zip") as packed:
        return [(name.partition("/")[2], packed.read(name)) for name in packed.namelist()]


def run(out: Path, seeds: list[tuple[str, bytes]], count: int) -> None:
    state_file = out / "state.json"
    seeds = _kept_seeds(out)
    state = {"next": 0, "outcomes": {}, "harm": {}, "slowest": {}}
    if state_file.exists():
        state = json.loads(state_file.read_text())
    outcomes = Counter(state["outcomes"])
    began = time.monotonic()
    while state["next"] < count:
        _batch(out, seeds, state, outcomes, count)
        state["outcomes"] = dict(outcomes)
        state_file.write_text(json.dumps(state, indent=1))
        print(f"{state['next']} of {count}, {time.monotonic() - began:.0f} s", file=sys.stderr)
    print(report(state))


def _batch(
    out: Path, seeds: list[tuple[str, bytes]], state: dict, outcomes: Counter, count: int
) -> None:
    """Read until the process dies, hangs, or has done its share."""
    first = state["next"]
    last = min(count, first + 2000)
    child = subprocess.Popen(
        [sys.executable, __file__, "--out", out, "--work", str(first), str(last)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    lines: queue.Queue[bytes] = queue.Queue()

    def listen() -> None:
        for line in child.stdout:
            lines.put(line)
        lines.put(b"")

    threading.Thread(target=listen, daemon=True).start()
    reading, why = None, ""
    while True:
        try:
            line = lines.get(timeout=SILENCE).decode()
        except queue.Empty:
            why = "hangs"
            break
        if not line:
            why = "crashes" if reading is not None else ""
            break
        if not line.startswith("="):
            reading = int(line)
            continue
        _, name, took, outcome = line.rstrip("\n").split(" ", 3)
        suffix = Path(name).suffix
        outcomes[f"{suffix} {outcome}"] += 1
        state["slowest"][suffix] = max(state["slowest"].get(suffix, 0), float(took))
        if outcome.startswith(("UNSOUND", "error", "memory")) or float(took) > SILENCE / 4:
            kept = f"{suffix} {outcome if float(took) <= SILENCE / 4 else 'slow'}"
            if kept not in state["harm"]:
                _keep(out, seeds, reading, state, kept)
        state["next"], reading = reading + 1, None
    child.kill()
    child.wait()
    if why:
        number = state["next"] if reading is None else reading
        suffix = Path(seeds[number % len(seeds)][0]).suffix
        outcomes[f"{suffix} {why}"] += 1
        _keep(out, seeds, number, state, f"{suffix} {why} {number}")
        state["next"] = number + 1


def _keep(out: Path, seeds: list[tuple[str, bytes]], number: int, state: dict, why: str) -> None:
    name, data = mutation(seeds, number)
    (out / "harm").mkdir(exist_ok=True)
    kept = out / "harm" / f"{number}-{name}"
    kept.write_bytes(data)
    state["harm"][why] = kept.name


def report(state: dict) -> str:
    lines = [f"{state['next']} damaged files were read.", ""]
    lines += [f"{number:8}  {name}" for name, number in sorted(state["outcomes"].items())]
    lines += ["", "Slowest, in seconds: " + json.dumps(state["slowest"]), "", "To look at:"]
    lines += [f"  {why}: {name}" for why, name in sorted(state["harm"].items())] or ["  nothing"]
    return "\n".join(lines)


if __name__ == "__main__":
    main()
