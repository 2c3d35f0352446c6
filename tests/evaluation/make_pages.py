"""Make the PDFs of tests/data/pages again, of different making, and the quotes to find in them.

    python tests/evaluation/make_pages.py [--out tests/data/pages]

Needs LibreOffice (soffice), Chromium and LaTeX (pdflatex, Dutch babel). On which page a quote
stands is told by pdfium's text of each page, which has no part in how pages are counted here; scans
are made of pages whose text is known. What comes out was looked through by hand once; make it again
only to add to it.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from html import escape
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

import docx
import pypdf
import pypdfium2
from docx.enum.section import WD_SECTION
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Frame,
    PageBreak,
    PageTemplate,
    Paragraph,
    Table,
)

OUT = Path(__file__).parents[1] / "data" / "pages"
SUBJECTS = (
    "het grondwater", "de wijkbus", "de schuldhulp", "het jongerenwerk", "de bibliotheek",
    "de mantelzorg", "het buitenzwembad", "de sportvelden", "de huurwoningen", "het groenbeheer",
    "de laadpalen", "het wegverkeer", "de basisscholen", "het museum", "de dorpshuizen",
    "de afvalinzameling", "het vrijwilligerswerk", "de fietspaden", "het erfgoed", "de markt",
)  # fmt: skip
VERBS = ("versterkt", "onderzoekt", "verbetert", "betaalt", "bewaakt", "vernieuwt", "ondersteunt")
FORMS = (
    "De gemeente {verb} {subject} en maakt daarvoor {number} euro vrij.",
    "Inwoners die iets over {subject} willen weten, kunnen terecht bij loket {number}.",
    "Voor {subject} geldt vanaf {year} een nieuwe afspraak met {number} deelnemers.",
    "In {year} stelde de raad {number} vragen over {subject} en {other}.",
    "Het college vindt dat {other} meer aandacht verdient dan {subject}, zoals punt {number} zegt.",
    "Uit de {number} reacties blijkt dat men tevreden is met {subject}.",
    "Samen met {other} hoort {subject} bij de {number} onderwerpen waarover wij berichten.",
    "Na {number} dagen overleg ligt er een plan: wie {subject} gebruikt, betaalt mee aan {other}.",
    "Zonder {subject} zou {other} in {year} niet zijn begonnen, blijkt uit nota {number}.",
)
QUOTES = 7
"""Quotes of each file."""
NUMBERED = ("office", "reportlab_labels")
"""Files whose pages end with the number that is printed on them."""


def sentences(seed: int) -> Iterator[str]:
    """Sentences of which no two are the same."""
    number = seed * 1000
    while True:
        number += 1
        form = FORMS[number * 5 % len(FORMS)]
        yield form.format(
            subject=SUBJECTS[number * 3 % 20], verb=VERBS[number % 7], number=number,
            year=2020 + number % 9, other=SUBJECTS[(number * 7 + 4) % 20],
        )  # fmt: skip


def paragraphs(seed: int, count: int, size: int = 4) -> list[str]:
    """Paragraphs of so many sentences."""
    source = sentences(seed)
    return [" ".join(next(source) for _ in range(size)) for _ in range(count)]


# Chromium


def _printed(html: str, path: Path) -> None:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or "chromium"
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "page.html"
        page.write_text(html, encoding="utf-8")
        command = [
            chromium, "--headless", "--no-sandbox", "--disable-gpu", f"--print-to-pdf={path}",
            "--no-pdf-header-footer", page.as_uri(),
        ]  # fmt: skip
        subprocess.run(command, check=True, capture_output=True, timeout=120)


def _web(body: str, style: str = "") -> str:
    return (
        '<!doctype html><html lang="nl"><head><meta charset="utf-8"><title>Nota</title><style>'
        "@page{size:A4;margin:25mm}body{font:12pt serif}p{text-align:justify;hyphens:auto}"
        f"{style}</style></head><body>{body}</body></html>"
    )


def chromium_flow(path: Path) -> None:
    parts = paragraphs(1, 40)
    body = "".join(
        (f"<h2>{n // 8 + 1}. Hoofdstuk {n // 8 + 1}</h2>" if n % 8 == 0 else "")
        + f"<p>{escape(p)}</p>"
        for n, p in enumerate(parts)
    )
    _printed(_web(f"<h1>Nota lopende tekst</h1>{body}"), path)


def chromium_columns(path: Path) -> None:
    body = "".join(f"<p>{escape(p)}</p>" for p in paragraphs(2, 40))
    _printed(
        _web(f"<main>{body}</main>", "main{columns:2;column-gap:10mm}body{font-size:10pt}"), path
    )


def chromium_table(path: Path) -> None:
    source = sentences(3)
    rows = "".join(
        f"<tr><td>Thema {n}</td><td>{next(source)}</td><td>{n * 13}</td></tr>" for n in range(60)
    )
    head = "<thead><tr><th>Thema</th><th>Doel</th><th>Bedrag</th></tr></thead>"
    style = (
        "td,th{border:1px solid #000;padding:2mm;vertical-align:top}table{border-collapse:collapse}"
    )
    _printed(
        _web(f"<h1>Doelen in een tabel</h1><table>{head}<tbody>{rows}</tbody></table>", style), path
    )


# LibreOffice


def _office(source: Path, path: Path) -> None:
    command = ["soffice", "--headless", "--convert-to", "pdf", "--outdir", path.parent, source]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    (path.parent / f"{source.stem}.pdf").replace(path)


def _numbered(section, form: str = "", start: int = 0) -> None:
    """A footer with the page's number, counted in this form from this start."""
    section.footer.is_linked_to_previous = False
    run = section.footer.paragraphs[0].add_run()
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = text
        run._r.append(part)
    numbers = OxmlElement("w:pgNumType")
    if form:
        numbers.set(qn("w:fmt"), form)
    if start:
        numbers.set(qn("w:start"), str(start))
    section._sectPr.append(numbers)


def office_nota(path: Path) -> None:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "Gemeente Voorbeeldstad - nota"
    _numbered(document.sections[0])
    document.add_heading("Nota met kopregels", 0)
    for n, text in enumerate(paragraphs(4, 36)):
        if n % 6 == 0:
            document.add_heading(f"{n // 6 + 1} Onderdeel {n // 6 + 1}", 1)
        document.add_paragraph(text)
    _saved(document, path)


def office_roman(path: Path) -> None:
    document = docx.Document()
    document.add_heading("Beleidsplan met voorwerk", 0)
    _numbered(document.sections[0], "lowerRoman", 1)
    for text in paragraphs(5, 22):
        document.add_paragraph(text)
    _numbered(document.add_section(WD_SECTION.NEW_PAGE), "decimal", 1)
    document.add_heading("1 Inleiding", 1)
    for text in paragraphs(6, 22):
        document.add_paragraph(text)
    _saved(document, path)


def _saved(document, path: Path) -> None:
    source = path.with_suffix(".docx")
    document.save(source)
    _office(source, path)
    source.unlink()


def office_table(path: Path) -> None:
    """A table over several pages whose first row comes back, in a section on its side."""
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = section.page_height, section.page_width
    _numbered(section)
    document.add_heading("Begroting", 0)
    table = document.add_table(rows=1, cols=3, style="Table Grid")
    for cell, text in zip(table.rows[0].cells, ("Programma", "Toelichting", "2025"), strict=True):
        cell.text = text
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    source = sentences(7)
    for n in range(60):
        cells = table.add_row().cells
        cells[0].text, cells[1].text, cells[2].text = f"Programma {n}", next(source), str(n * 19)
    _saved(document, path)


# LaTeX


_LATEX = r"""
\documentclass[11pt,a4paper,twoside]{report}
\usepackage[dutch]{babel}
\usepackage{multicol,longtable}
\pagestyle{headings}
\begin{document}
\pagenumbering{roman}
\chapter*{Voorwoord}
%(front)s
\clearpage
\pagenumbering{arabic}
\chapter{Doelen}
\section{Onze doelen}
%(goals)s
\begin{multicols}{2}
%(columns)s
\end{multicols}
\chapter{Begroting}
\begin{longtable}{|l|p{9cm}|r|}
\hline Programma & Toelichting & Euro \\ \hline \endhead
%(rows)s
\end{longtable}
\end{document}
"""


def latex_nota(path: Path) -> None:
    """Roman front matter, notes, two columns with broken words, and a table over pages."""
    notes = sentences(41)
    row = r"Programma %d & %s & %d \\ \hline"
    told = zip(range(40), sentences(42), strict=False)
    content = {
        "front": "\n\n".join(paragraphs(40, 16)),
        "goals": "\n\n".join(
            f"{text}\\footnote{{{next(notes)}}}" if n % 4 == 0 else text
            for n, text in enumerate(paragraphs(43, 16))
        ),
        "columns": "\n\n".join(paragraphs(44, 20)),
        "rows": "\n".join(row % (n, text, n * 17) for n, text in told),
    }
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "nota.tex"
        source.write_text(_LATEX % content, encoding="utf-8")
        command = ["pdflatex", "-interaction=batchmode", "-output-directory", folder, str(source)]
        for _ in range(2):  # the second time with the widths of the table's columns
            subprocess.run(command, check=True, capture_output=True, timeout=120)
        shutil.copy(source.with_suffix(".pdf"), path)


# ReportLab


def reportlab_labels(path: Path) -> None:
    """Roman front matter, numbered chapters and an annex, as page labels say it."""
    canvas = Canvas(str(path))
    source = sentences(8)
    labels = ["i", "ii", "iii", "1", "2", "3", "4", "A-1", "A-2"]
    for label in labels:
        for line in range(24):
            canvas.drawString(60, 780 - 28 * line, next(source)[:95])
        canvas.drawCentredString(A4[0] / 2, 40, label)
        canvas.showPage()
    canvas.save()
    writer = pypdf.PdfWriter(clone_from=path)
    writer.set_page_label(0, 2, style=pypdf.constants.PageLabelStyle.LOWERCASE_ROMAN)
    writer.set_page_label(3, 6, style=pypdf.constants.PageLabelStyle.DECIMAL)
    writer.set_page_label(7, 8, style=pypdf.constants.PageLabelStyle.DECIMAL, prefix="A-")
    writer.write(path)


def reportlab_columns(path: Path) -> None:
    style = getSampleStyleSheet()["BodyText"]

    def around(canvas, document):
        canvas.drawString(60, 810, "Jaarverslag rekenkamercommissie")
        canvas.drawRightString(A4[0] - 60, 30, f"Pagina {document.page}")

    frames = [Frame(50, 60, 240, 730), Frame(305, 60, 240, 730)]
    document = BaseDocTemplate(str(path), pagesize=A4)
    document.addPageTemplates(PageTemplate("two", frames, onPage=around))
    document.build([Paragraph(text, style) for text in paragraphs(9, 44)])


def reportlab_turned(path: Path) -> None:
    """Upright pages, and pages on their side with a table."""
    style = getSampleStyleSheet()["BodyText"]
    document = BaseDocTemplate(str(path), pagesize=A4)
    document.addPageTemplates(PageTemplate("one", [Frame(60, 60, 470, 720)]))
    source = sentences(10)
    story: list = []
    for page in range(6):
        if page % 2:
            rows = [["Nummer", "Maatregel"]]
            rows += [[str(n), Paragraph(next(source), style)] for n in range(9)]
            story.append(
                Table(rows, colWidths=[60, 380], style=[("GRID", (0, 0), (-1, -1), 1, "black")])
            )
        else:
            story += [Paragraph(text, style) for text in paragraphs(20 + page, 7)]
        story.append(PageBreak())
    document.build(story)
    writer = pypdf.PdfWriter(clone_from=path)
    for number in (1, 3, 5):
        writer.pages[number].rotate(90)
    writer.write(path)


def scan(path: Path) -> None:
    """Pictures of pages of text, one bit a dot, with a page of text between them."""
    plain = path.with_name("plain.pdf")
    style = getSampleStyleSheet()["BodyText"]
    style.fontSize, style.leading = 13, 19
    document = BaseDocTemplate(str(plain), pagesize=A4)
    document.addPageTemplates(PageTemplate("one", [Frame(60, 60, 470, 720)]))
    story: list = []
    for page in range(4):
        story += [Paragraph(text, style) for text in paragraphs(30 + page, 4)]
        story.append(PageBreak())
    document.build(story)
    canvas = Canvas(str(path))
    with pypdfium2.PdfDocument(plain) as made:
        for number in range(4):
            picture = made[number].render(scale=200 / 72, grayscale=True).to_pil()
            bits = picture.point(lambda value: 255 if value > 140 else 0).convert("1")
            canvas.drawImage(ImageReader(bits), 0, 0, *A4)
            canvas.showPage()
    canvas.save()


def _plain_of(path: Path) -> Path:
    return path.with_name("plain.pdf") if path.stem == "scan" else path


MAKERS: tuple[Callable[[Path], None], ...] = (
    chromium_flow, chromium_columns, chromium_table, office_nota, office_roman, office_table,
    reportlab_labels, reportlab_columns, reportlab_turned, scan, latex_nota,
)  # fmt: skip


def truths(path: Path) -> Iterator[dict[str, object]]:
    """Quotes spread over a file, each with its page as pdfium tells it."""
    with pypdfium2.PdfDocument(_plain_of(path)) as document:
        texts = [page.get_textpage().get_text_range() for page in document]
    pages = [_bare(text) for text in texts]
    known = [s for seed in _seeds(path.stem) for s in _some(seed)]
    found = []
    for sentence in known:
        at = [n for n, page in enumerate(pages, start=1) if _bare(sentence) in page]
        if len(at) == 1:
            found.append((sentence, at[0]))
    step = max(1, len(found) // QUOTES)
    for sentence, page in found[::step][:QUOTES]:
        printed = texts[page - 1].split()[-1]
        numbered = path.stem.startswith(NUMBERED)
        label = printed if numbered and re.fullmatch(r"[ivx]+|\d|A-\d", printed) else ""
        if path.stem == "latex_nota":  # it stands on top or at the bottom, beside words or not
            label = ("i", "ii", "iii")[page - 1] if page <= 3 else str(page - 3)
            assert label in texts[page - 1].split()
        yield {"file": path.name, "quote": sentence, "page": page, "label": label}


def _bare(text: str) -> str:
    return "".join(c for c in text if c.isalnum())


def _some(seed: int) -> list[str]:
    source = sentences(seed)
    return [next(source) for _ in range(400)]


def _seeds(name: str) -> tuple[int, ...]:
    return {
        "chromium_flow": (1,), "chromium_columns": (2,), "chromium_table": (3,),
        "office_nota": (4,), "office_roman": (5, 6), "office_table": (7,),
        "reportlab_labels": (8,), "reportlab_columns": (9,),
        "reportlab_turned": (10, 20, 22, 24), "scan": (30, 31, 32, 33),
        "latex_nota": (40, 41, 42, 43, 44),
    }[name]  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, default=OUT)
    out = parser.parse_args().out
    out.mkdir(parents=True, exist_ok=True)
    lines = []
    for make in MAKERS:
        path = out / f"{make.__name__}.pdf"
        make(path)
        lines += [json.dumps(truth, ensure_ascii=False) for truth in truths(path)]
        print(path.name, path.stat().st_size, file=sys.stderr)
    (out / "plain.pdf").unlink()
    (out / "quotes.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
