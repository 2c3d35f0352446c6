"""Forms in a PDF: what was filled in is no part of the page's own text."""

from __future__ import annotations

from collections.abc import Iterator

from pypdf import PageObject
from pypdf.generic import DictionaryObject

from ingest.readers.blocks import clean

_TEXT, _CHOICE = "/Tx", "/Ch"
_DEEPEST = 20  # fields inside each other


def filled_in(page: PageObject) -> list[str]:
    """What the text fields and choices of a page say, each as "name: value".

    Raises:
        PyPdfError: If the page is damaged; other errors too, as everywhere in pypdf.
    """
    return list(_fields(page))


def _fields(page: PageObject) -> Iterator[str]:
    for annotation in page.get("/Annots") or ():
        field = annotation.get_object()
        if not isinstance(field, DictionaryObject) or field.get("/Subtype") != "/Widget":
            continue
        value = _inherited(field, "/V")
        if _inherited(field, "/FT") in (_TEXT, _CHOICE) and isinstance(value, str):
            name = _inherited(field, "/TU") or _inherited(field, "/T") or ""
            said = " ".join(clean(value).split())
            if said:
                yield f"{' '.join(clean(str(name)).split())}: {said}".lstrip(": ")


def _inherited(field: DictionaryObject, key: str) -> object:
    """A property of a field, or of the field that it is a part of."""
    for _ in range(_DEEPEST):
        if key in field:
            return field[key]
        parent = field.get("/Parent")
        parent = parent.get_object() if parent is not None else None
        if not isinstance(parent, DictionaryObject):
            return None
        field = parent
    return None
