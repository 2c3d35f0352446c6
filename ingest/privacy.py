"""Personal data in a text: numbers of citizens and accounts, phone numbers, e-mail addresses.

Only the places are kept, and what kind of data stands there; never the data a second time.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from ingest.documents import Personal, PersonalKind

_BSN = re.compile(r"(?<![\w.,/-])\d(?:[ .]?\d){7,8}(?![\w/-]|[.,]\d)")
_BSN_NAMED = re.compile(r"\b(?:bsn|burgerservicenummer|sofi-?nummer)\b", re.IGNORECASE)
_NAMED_WITHIN = 40  # characters between the word and the number
_IBAN = re.compile(r"(?<!\w)[A-Z]{2}\d{2}(?: ?[A-Z0-9]){11,30}(?!\w)")
_MAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.)+[A-Za-z]{2,24}(?!\w)")
_PHONE = re.compile(
    r"(?<![\w.,/-])(?:(?:\+|00)31[ -]?(?:\(0\)[ -]?)?|\(?0)[1-9](?:[ -]?\)?[ -]?\d){8}(?!\w|[.,]\d)"
)
_BSN_WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2, -1)


def personal_data(text: str) -> tuple[Personal, ...]:
    """Find where personal data stand.

    Args:
        text: The canonical text of a document.

    Returns:
        The places, in order; they do not overlap.
    """
    found: list[Personal] = []
    for kind, pattern, holds in _KINDS:
        for match in pattern.finditer(text):
            if holds(match, text):
                found.append(Personal(kind, match.start(), match.end()))
    return tuple(_apart(sorted(found, key=lambda p: (p.start, -p.end))))


def _apart(found: list[Personal]) -> Iterator[Personal]:
    end = 0
    for one in found:
        if one.start >= end:
            yield one
            end = one.end


def is_bsn(digits: str) -> bool:
    """Whether eight or nine digits pass the eleven-test of the burgerservicenummer.

    Of the nine digits (a leading zero may be left out) 9a + 8b + 7c + 6d + 5e + 4f + 3g + 2h - i
    must be a multiple of 11 ("elfproef": Besluit burgerservicenummer, annex to article 2).
    """
    nine = digits.zfill(9)
    total = sum(w * int(d) for w, d in zip(_BSN_WEIGHTS, nine, strict=True))
    return total % 11 == 0 and int(digits) > 0 and len(set(nine)) > 1


def is_iban(account: str) -> bool:
    """Whether an account number passes the check of ISO 13616: modulo 97 of its digits is 1.

    The first four characters go to the end, and each letter becomes a number, A = 10 to Z = 35.
    """
    moved = account[4:] + account[:4]
    dutch = not account.startswith("NL") or len(account) == 18
    return dutch and int("".join(str(int(c, 36)) for c in moved)) % 97 == 1


def _holds_bsn(match: re.Match[str], text: str) -> bool:
    """Nine digits that pass the test; one of nine passes by chance, so groups need a name too."""
    digits = re.sub(r"\D", "", match.group())
    if not is_bsn(digits):
        return False
    before = text[max(0, match.start() - _NAMED_WITHIN) : match.start()]
    named = _BSN_NAMED.search(before) is not None
    return named or (match.group().isdigit() and len(digits) == 9 and not _is_counted(before))


def _is_counted(before: str) -> bool:
    """Whether what stands before a number says that it is an amount or another kind of number."""
    return bool(re.search(r"(?:€|EUR|nr\.?|nummer|kvk|isbn|dossier|zaak)\W*$", before, re.I))


def _holds_iban(match: re.Match[str], text: str) -> bool:
    return is_iban(match.group().replace(" ", ""))


def _always(match: re.Match[str], text: str) -> bool:
    return True


_Test = Callable[[re.Match[str], str], bool]
_KINDS: tuple[tuple[PersonalKind, re.Pattern[str], _Test], ...] = (
    (PersonalKind.CITIZEN, _BSN, _holds_bsn),
    (PersonalKind.ACCOUNT, _IBAN, _holds_iban),
    (PersonalKind.MAIL, _MAIL, _always),
    (PersonalKind.PHONE, _PHONE, _always),
)
