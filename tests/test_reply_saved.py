import json

import pytest
from assistant_parts import prepared
from letter_parts import LETTER

from assistant.errors import LetterError
from assistant.reply.findings import answerer, find_answers
from assistant.reply.records import Stance
from assistant.reply.saved import open_work, save_work
from assistant.reply.work import begin, change, drop, move


@pytest.fixture(scope="module")
def assistant(tmp_path_factory):
    return prepared(tmp_path_factory)[0]


@pytest.fixture(scope="module")
def work(assistant, tmp_path_factory):
    path = tmp_path_factory.mktemp("letters") / "brief.txt"
    path.write_text(LETTER, encoding="utf-8")
    made = begin(find_answers(assistant, path))
    made = change(made, 1, text="Onze tekst [1].", stance=Stance.TAKEN_OVER, heading="Zaterdag")
    return move(change(made, 0, ticked=(0,)), 0, 1)


def opened(assistant, content, municipality="Elst-Veenoord"):
    parts = assistant.opened
    known = parts.register.municipalities
    return open_work(content, known, parts.scorer.terms, answerer(assistant, municipality))


def test_work_comes_back_as_it_was_saved(assistant, work):
    again = opened(assistant, save_work(work))
    assert again.municipality == work.municipality
    assert again.letter.text == work.letter.text
    assert [i.point.quote for i in again.items] == [i.point.quote for i in work.items]
    fields = ("heading", "stance", "ticked", "text")
    for name in fields:
        assert [getattr(i, name) for i in again.items] == [getattr(i, name) for i in work.items]
    assert again.items[0].heading == "Zaterdag"


def test_what_was_dropped_stays_dropped_and_is_not_lost(assistant, work):
    again = opened(assistant, save_work(drop(work, 0)))
    assert len(again.items) == len(work.items) - 1
    gone = work.items[0].point.quote.split()
    assert " ".join(gone) in " ".join(" ".join(r.text for r in again.letter.rest).split())


def test_quotes_are_never_taken_from_the_file(assistant, work):
    saved = json.loads(save_work(work))
    saved["items"][0]["evidence"] = [["elst-brief", 0, 5], ["verzonnen", 0, 9]]
    saved["items"][0]["text"] = "Bewezen [1] en [2]."
    again = opened(assistant, json.dumps(saved).encode())
    assert again.items[0].text == (
        "Bewezen [bron niet meer gevonden] en [bron niet meer gevonden]."
    )
    assert again.items[0].ticked == ()
    texts = {home.document.id: home.text for home in assistant.documents.values()}
    for item in again.items:
        for one in item.evidence:
            assert one.text in texts[one.document.id]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"geen json",
        b"[1, 2]",
        b"[" * 100_000,
        b'{"beleidswijzer": "brief", "version": 1}',
        b'{"beleidswijzer": "iets", "version": 1, "name": "", "text": "", "items": []}',
        b"\xff\xfe\x00",
    ],
)
def test_another_file_is_refused(assistant, content):
    with pytest.raises(LetterError, match="geen bewaard werk"):
        opened(assistant, content)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("start", -1),
        ("end", 10_000_000),
        ("end", 0),
        ("core", [[0, 99_999_999]]),
        ("core", [[0, 3]]),
        ("type", "bevel"),
        ("stance", "ja hoor"),
        ("extra", 1),
        ("heading", "x" * 301),
    ],
)
def test_offsets_and_choices_that_cannot_be_are_refused(assistant, work, field, value):
    saved = json.loads(save_work(work))
    saved["items"][0][field] = value
    with pytest.raises(LetterError, match="geen bewaard werk"):
        opened(assistant, json.dumps(saved).encode())


def test_an_unknown_municipality_in_the_file_is_dropped(assistant, work):
    saved = json.loads(save_work(work)) | {"municipality": "<b>Nergens</b>"}
    assert opened(assistant, json.dumps(saved).encode(), "").municipality == ""
