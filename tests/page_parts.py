"""A small assistant for the tests of the page: it really looks up words in the real documents."""

import re
import socket
import threading
import time
from contextlib import contextmanager
from pathlib import Path

from assistant.errors import QuestionError
from assistant.export import escape_markdown
from assistant.page.feedback import FeedbackFile
from assistant.page.session import PageParts
from assistant.register import Register
from assistant.wording import line_of, page_of
from ingest.documents import (
    Answer,
    Citation,
    Coverage,
    Document,
    Hit,
    IndexedDocument,
    Page,
    Passage,
    PassageKind,
    QuestionKind,
    Refusal,
    Section,
)
from ingest.topics import Topics

CORPUS = Path(__file__).parent.parent / "corpus"
STOP = {"wat", "wie", "welke", "zijn", "gaan", "over", "staat", "deed", "worden", "met", "waar"}


def indexed(document, text, pages=(), unread=()):
    """Cut a text into passages at blank lines; every 20 passages share a section."""
    spans = [(m.start(), m.end()) for m in re.finditer(r"\S[^\n]*(?:\n[ \t]*\S[^\n]*)*", text)]
    passages, sections = [], []
    for first in range(0, len(spans), 20):
        group = spans[first : first + 20]
        path = (f"Deel {first // 20 + 1}",)
        sections.append(Section("", path[0], path, group[0][0], group[-1][1]))
        for start, end in group:
            page = page_of(pages, start)
            number = page.number if page else None
            passages.append(
                Passage(
                    f"{document.id}:{start}-{end}",
                    document.id,
                    path,
                    start,
                    end,
                    number,
                    number,
                    text[start:end],
                    PassageKind.PARAGRAPH,
                )
            )
    return IndexedDocument(document, text, tuple(pages), unread, tuple(sections), tuple(passages))


def corpus_documents():
    found = {}
    for path in sorted(CORPUS.glob("*.txt")):
        place, year, subject = path.stem.split("_")
        document = Document(
            path.stem,
            path.name,
            subject.replace("-", " ").capitalize(),
            municipality=place.replace("-", " ").title(),
            date=year,
            kind="agenda",
            guessed=("title", "date"),
        )
        found[path.stem] = indexed(document, path.read_text(encoding="utf-8"))
    return found


class LookupAssistant:
    """Cites each passage that holds the longest word of the question, three at most a document."""

    def __init__(self, documents, patience=0.0):
        self.documents = documents
        self.patience = patience
        self.asked = []
        self.renewed = None
        self._lock = threading.Lock()

    @property
    def register(self):
        terms = lambda text: frozenset(re.findall(r"\w+", text.casefold()))  # noqa: E731
        return Register(self.documents, {}, terms, Topics({}, None))

    def refresh(self):
        if self.renewed is not None:
            self.documents = self.renewed

    def ask(self, question, history=(), documents=None):
        with self._lock:
            self.asked.append((question, tuple(history), documents))
        if "traag" in question:
            time.sleep(self.patience)
        if "stuk" in question:
            raise QuestionError("Deze vraag kan niet worden gelezen.")
        if "kapot" in question:
            raise RuntimeError("fault")
        words = [w for w in re.findall(r"\w+", question.casefold()) if w not in STOP]
        word = max(words, key=len, default="")
        searched = tuple(name for name in self.documents if documents is None or name in documents)
        citations = self.find(word, searched) if word else []
        if not citations:
            return self.refusal(question, searched)
        lines = [f"- {escape_markdown(' '.join(c.quote.split()))} [{c.number}]" for c in citations]
        understood = f"{history[-1].question} {question}" if history else question
        text = "**Gevonden**:\n\n" + "\n".join(lines)
        found = tuple(dict.fromkeys(c.document_id for c in citations))
        coverage = Coverage(len(citations), found, searched)
        kind = QuestionKind.FACT
        return Answer(question, understood, text, tuple(citations), False, None, kind, (), coverage)

    def find(self, word, searched):
        citations = []
        for name in searched:
            home = self.documents[name]
            holding = [p for p in home.passages if word in p.text.casefold()][:3]
            for passage in holding:
                citations.append(self.cite(len(citations) + 1, home, passage, word))
        return citations

    def cite(self, number, home, passage, word):
        at = passage.text.casefold().index(word)
        first = passage.text.rfind(". ", 0, at) + 2 if ". " in passage.text[:at] else 0
        last = passage.text.find(". ", at)
        start = passage.start + first
        end = passage.end if last < 0 else passage.start + last + 1
        page = page_of(home.pages, start)
        return Citation(
            number,
            home.document.id,
            home.document.title,
            home.document.municipality,
            passage.section,
            page.number if page else None,
            page.label if page else "",
            None if home.pages else line_of(home.text, start),
            start,
            end,
            home.text[start:end],
        )

    def refusal(self, question, searched):
        home = self.documents[searched[0]]
        near = tuple(Hit(p, 1.0) for p in home.passages[10:13]) if "nabij" in question else ()
        reason = Refusal.ONLY_NEAR if near else Refusal.NOT_FOUND
        return Answer(
            question,
            question,
            "Dit staat niet in de documenten die ik heb doorzocht.",
            (),
            True,
            reason,
            QuestionKind.NONE,
            near,
            Coverage(0, (), searched),
        )


def page_parts(tmp_path, documents=None, patience=0.0, **options):
    documents = corpus_documents() if documents is None else documents
    assistant = LookupAssistant(documents, patience)
    return PageParts(assistant, FeedbackFile(tmp_path / "feedback"), **options)


@contextmanager
def served(app):
    """Run an application on a free port in this process; give its address."""
    import uvicorn

    with socket.socket() as address:
        address.bind(("127.0.0.1", 0))
        config = uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=1)
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [address]}, daemon=True)
        thread.start()
        while not server.started:
            assert thread.is_alive()
            time.sleep(0.02)
        yield f"http://127.0.0.1:{address.getsockname()[1]}"
        server.should_exit = True
        thread.join(timeout=10)


__all__ = ["Page", "corpus_documents", "indexed", "page_parts", "served"]
