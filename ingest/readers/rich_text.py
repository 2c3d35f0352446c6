"""RTF: text with the headings, lists, tables and notes that the file states.

Deleted text of tracked changes, comments, hidden text, pictures, embedded objects and running
headers and footers are left out. The format: Rich Text Format Specification 1.9.1.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from ingest.documents import MarkKind, Reading
from ingest.readers.blocks import Block, Table, TableCell, clean, note, paragraph, stated_title
from ingest.readers.job import Job
from ingest.readers.writing import marked_text

_TOKEN = re.compile(
    r"\\(?P<word>[a-zA-Z]{1,32})(?P<value>-?\d{1,10})? ?|\\'(?P<byte>[0-9a-fA-F]{2})"
    r"|\\(?P<symbol>[^a-zA-Z])|(?P<brace>[{}])|[\r\n]+|(?P<text>[^\\{}\r\n]+)",
    re.DOTALL,
)
# Groups that hold no text of the document; so is every group that a newer program may skip ("\*"),
# but for those that hold text after all.
_LEFT_OUT = frozenset(
    "fonttbl colortbl filetbl listtable listoverridetable rsidtbl generator pict objdata object "
    "header headerl headerr headerf footer footerl footerr footerf fldinst annotation atnid "
    "atnauthor atntime atnicn atnref xe tc themedata datastore nonshppict pn pnseclvl sp bkmkstart "
    "bkmkend revtbl author operator company doccomm keywords subject category manager creatim "
    "revtim printim buptim shprslt ftnsep ftnsepc aftnsep aftnsepc".split()
)
_TEXT_AFTER_ALL = frozenset("shpinst shptxt".split())
_CHARACTERS = {
    "tab": " ", "line": "\n", "emdash": "—", "endash": "–", "bullet": "•", "lquote": "‘",
    "rquote": "’", "ldblquote": "“", "rdblquote": "”", "emspace": " ", "enspace": " ",
    "nestcell": " ", "nestrow": "\n",
}  # fmt: skip
_SYMBOLS = {"~": " ", "_": "-", "\\": "\\", "{": "{", "}": "}", "\n": "", "\r": ""}
_HEADING = re.compile(r"(?:heading|kop) (?P<level>[1-9])", re.IGNORECASE)
_CONTENTS = re.compile(r"(?:toc|inhopg) \d", re.IGNORECASE)
_ASIDES = {"footnote": "note", "shptxt": "box"}
_ASIDE = frozenset(_ASIDES.values())
_FLOWING = frozenset({"text", *_ASIDE})
_FOR_ALL = frozenset("ansicpg u uc s b v deleted plain".split())
_DEEPEST = 5000  # groups inside each other


def read(job: Job) -> Reading:
    """Read an RTF file.

    Args:
        job: The file.

    Returns:
        Its text without pages.

    Raises:
        ReadingError: If it is no RTF, or holds no text.
    """
    # One character a byte: what lies outside ASCII is written as a code.
    source = job.stream.read().decode("latin-1")
    if not source.lstrip().startswith("{\\rtf"):
        raise job.refuse("is geen RTF-bestand, al heet het zo. Sla het op als .rtf of .docx.")
    body = _Body()
    if not body.take_all(source):
        raise job.refuse("is beschadigd: de groepen erin kloppen niet. Sla het opnieuw op.")
    text, marks = marked_text(body.blocks())
    if not text:
        raise job.refuse("bevat geen tekst. Kijk of het de goede versie is.")
    return Reading(text, title=stated_title(body.title), marks=marks)


@dataclass(frozen=True, slots=True)
class _Group:
    """What holds inside a pair of braces.

    Attributes:
        target: What its text goes to: "text", "label", "title", "style", "note", "box" (a text
            box), or "" for nothing.
        fallback: Characters after a Unicode character that stand in for it.
    """

    target: str = "text"
    bold: bool = False
    hidden: bool = False
    deleted: bool = False
    fallback: int = 1


@dataclass(slots=True)
class _Paragraph:
    """A paragraph as it is put together."""

    pieces: list[str] = field(default_factory=list)
    label: list[str] = field(default_factory=list)
    plain: bool = False
    style: int = 0
    outline: int = 9
    level: int = 0


class _Body:
    """Goes through the file once."""

    def __init__(self) -> None:
        self.title = ""
        self._group = _Group()
        self._stack: list[_Group] = []
        self._optional = False  # whether "\\*" came right before
        self._skip = 0  # characters that stand in for a Unicode character
        self._codepage = "cp1252"
        self._styles: dict[int, str] = {}
        self._style: tuple[int, list[str]] = (0, [])
        self._open: list[_Paragraph] = [_Paragraph()]  # the paragraph, and those around it
        self._done: list[Block | Table] = []
        self._notes: list[Block] = []  # of this paragraph
        self._waiting: list[Block] = []  # of the list before it
        self._count = 0
        self._boxes: list[Block] = []
        self._inside = False  # whether the paragraph stands in a table
        self._cell: list[Block] = []
        self._row: list[TableCell] = []
        self._merges: list[tuple[bool, bool]] = []  # of each cell: across, from above
        self._merge = (False, False)
        self._header = False
        self._table: Table | None = None
        self._words: dict[str, Callable[[int | None], None]] = {
            "par": lambda _: self._end_paragraph(),
            "sect": lambda _: self._end_paragraph(),
            "pard": lambda _: self._plain_paragraph(),
            "cell": lambda _: self._end_cell(),
            "row": lambda _: self._end_row(),
            "trowd": lambda _: self._define_row(),
            "trhdr": lambda _: setattr(self, "_header", True),
            "clmrg": lambda _: setattr(self, "_merge", (True, self._merge[1])),
            "clvmrg": lambda _: setattr(self, "_merge", (self._merge[0], True)),
            "cellx": lambda _: self._define_cell(),
            "intbl": lambda _: setattr(self, "_inside", True),
            "ansicpg": self._set_codepage,
            "u": self._unicode,
            "s": self._set_style,
            "outlinelevel": lambda value: setattr(self._open[-1], "outline", value or 0),
            "ilvl": lambda value: setattr(self._open[-1], "level", value or 0),
            "uc": lambda value: self._set(fallback=1 if value is None else max(0, value)),
            "b": lambda value: self._set(bold=value != 0),
            "v": lambda value: self._set(hidden=value != 0),
            "deleted": lambda value: self._set(deleted=value != 0),
            "plain": lambda _: self._set(bold=False, hidden=False, deleted=False),
        }

    def take_all(self, source: str) -> bool:
        """Take the whole file; whether its groups are sound."""
        at = 0
        while at < len(source):
            match = _TOKEN.match(source, at)
            if match is None:
                at += 1
                continue
            at = match.end()
            if match["word"] == "bin":
                at += max(0, int(match["value"] or 0))
            elif not self._take(match):
                return False
        self._end_paragraph()
        self._end_table()
        return True

    def blocks(self) -> Iterator[Block | Table]:
        """What was read; notes stand where the running text goes on."""
        yield from (*self._done, *self._waiting, *self._notes)

    def _take(self, match: re.Match[str]) -> bool:
        if match["brace"] == "{":
            self._stack.append(self._group)
            self._skip = 0
            return len(self._stack) < _DEEPEST
        if match["brace"]:
            return self._close()
        if match["text"] is not None:
            self._write(match["text"])
        elif match["byte"] is not None:
            self._write(self._decode(match["byte"]))
        elif match["symbol"] is not None:
            self._optional = match["symbol"] == "*"
            self._write(_SYMBOLS.get(match["symbol"], ""))
        elif match["word"] is not None:
            self._word(match["word"], int(match["value"]) if match["value"] else None)
        return True

    # Groups.

    def _close(self) -> bool:
        if not self._stack:
            return False
        closed, self._group = self._group, self._stack.pop()
        if closed.target in _ASIDE and self._group.target != closed.target:
            self._end_aside(closed.target)
        elif closed.target == "style" == self._group.target:
            number, pieces = self._style
            self._styles.setdefault(number, "".join(pieces).strip(" ;"))
            self._style = (0, [])
        self._skip = 0
        return True

    def _begin(self, word: str) -> bool:
        """Whether a word says what its group holds."""
        optional, self._optional = self._optional, False
        if word in _LEFT_OUT or (optional and word not in _TEXT_AFTER_ALL):
            self._set(target="")
        elif word == "stylesheet":
            self._set(target="style")
        elif word in ("listtext", "pntext"):
            self._set(target="label" if self._group.target else "")
        elif word == "title" and self._group.target == "info":
            self._set(target="title")
        elif word == "info":
            self._set(target="info")
        elif word in _ASIDES and self._group.target:
            self._open.append(_Paragraph())
            self._group = _Group(_ASIDES[word], fallback=self._group.fallback)
        else:
            return False
        return True

    def _set(self, **values: object) -> None:
        self._group = replace(self._group, **values)  # type: ignore[arg-type]

    def _end_aside(self, target: str) -> None:
        """A footnote or text box ends: it stands after what it is attached to."""
        text = clean(_joined(self._open.pop().pieces))
        if text and target == "note":
            self._count += 1
            self._notes.append(note(self._count, text))
        elif text:
            self._boxes.append(paragraph(text))

    # Text.

    def _word(self, word: str, value: int | None) -> None:
        if self._begin(word):
            return
        if not self._group.target and word not in ("uc", "u"):
            return
        if word in _CHARACTERS:
            self._write(_CHARACTERS[word])
        elif word in self._words and (self._group.target in _FLOWING or word in _FOR_ALL):
            self._words[word](value)

    def _write(self, text: str) -> None:
        if self._skip:
            skipped = min(self._skip, len(text))
            self._skip, text = self._skip - skipped, text[skipped:]
        group, open_ = self._group, self._open[-1]
        if not text or group.hidden or group.deleted:
            return
        match group.target:
            case "text" | "note" | "box":
                open_.pieces.append(text)
                open_.plain = open_.plain or (not group.bold and bool(text.strip()))
            case "label":
                open_.label.append(text)
            case "title":
                self.title += text
            case "style":
                self._style[1].append(text)

    def _decode(self, byte: str) -> str:
        return bytes([int(byte, 16)]).decode(self._codepage, errors="replace")

    def _unicode(self, value: int | None) -> None:
        self._skip = 0
        code = (value or 0) % 0x10000
        # Half of a character above the first plane; its other half follows.
        self._write(chr(code))
        self._skip = self._group.fallback

    def _set_codepage(self, value: int | None) -> None:
        name = f"cp{value}"
        try:
            codecs.lookup(name)
        except LookupError:
            return
        self._codepage = name

    def _set_style(self, value: int | None) -> None:
        if self._group.target == "style":
            self._style = (value or 0, [])
        else:
            self._open[-1].style = value or 0

    # Paragraphs and tables.

    def _plain_paragraph(self) -> None:
        open_ = self._open[-1]
        open_.style, open_.outline, open_.level = 0, 9, 0
        self._inside = False

    def _end_paragraph(self) -> None:
        if len(self._open) > 1:
            self._open[-1].pieces.append(" ")
            return
        found = self._open[-1]
        block = self._block(found)
        self._open[-1] = _Paragraph(style=found.style, outline=found.outline, level=found.level)
        boxes, self._boxes = self._boxes, []
        for made in ([] if block is None else [block]) + boxes:
            if self._row or self._cell or self._inside:
                self._cell.append(made)
            else:
                self._emit(made)

    def _block(self, found: _Paragraph) -> Block | None:
        text = _joined(found.pieces)
        style = self._styles.get(found.style, "")
        if not text.strip() or _CONTENTS.match(style):
            return None
        label = clean("".join(found.label))
        label = label if any(map(str.isalnum, label)) else "•" if label else ""
        text = f"{label} {text}" if label else text
        heading = _HEADING.match(style)
        level = int(heading["level"]) if heading else found.outline + 1
        if heading or found.outline < 9:
            return Block(MarkKind.HEADING, text, level)
        if label:
            return Block(MarkKind.ITEM, text, found.level + 1, not found.plain)
        return paragraph(text, strong=not found.plain)

    def _emit(self, block: Block) -> None:
        self._end_table()
        if block.kind is not MarkKind.ITEM:
            self._done += self._waiting
            self._waiting = []
        self._done.append(block)
        self._waiting += self._notes
        self._notes = []

    def _define_row(self) -> None:
        self._merges, self._merge, self._header = [], (False, False), False

    def _define_cell(self) -> None:
        self._merges.append(self._merge)
        self._merge = (False, False)

    def _end_cell(self) -> None:
        self._end_paragraph()
        blocks, self._cell = tuple(self._cell), []
        self._row.append(TableCell(blocks))

    def _end_row(self) -> None:
        cells: list[TableCell] = []
        for n, cell in enumerate(self._row):
            across, above = self._merges[n] if n < len(self._merges) else (False, False)
            if across and cells:
                cells[-1] = replace(
                    cells[-1], width=cells[-1].width + 1, blocks=cells[-1].blocks + cell.blocks
                )
            else:
                cells.append(TableCell(below=True) if above else cell)
        self._table = self._table or Table()
        if self._header and self._table.headers == len(self._table.rows):
            self._table.headers += 1
        self._table.rows.append(cells)
        self._row, self._merges = [], []

    def _end_table(self) -> None:
        if self._table is not None:
            self._done.append(self._table)
            self._table = None


def _joined(pieces: Sequence[str]) -> str:
    """The text of pieces; a character that RTF writes in two halves becomes one."""
    return "".join(pieces).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
