import json
import subprocess
import sys
from pathlib import Path

import pytest
from assistant_parts import prepared
from typer.testing import CliRunner

from assistant.__main__ import app

PROJECT = Path(__file__).parent.parent
ASKED = "Wat kost een rit met de deeltaxi?"
BATCH = [
    json.dumps({"id": "a", "question": ASKED}),
    "",
    "{dit is geen json",
    "   ",
    json.dumps({"id": "b", "question": "En in Duinbroek en Waal?", "history": [
        {"question": "Wat kost een rit met de deeltaxi in Elst-Veenoord?", "answer": "€ 3,10 [1]"}
    ]}),
    json.dumps(["geen object"]),
    json.dumps({"id": "c"}),
    json.dumps({"id": "d", "question": "  "}),
    json.dumps({"id": "e", "question": ASKED, "history": "vroeger"}),
    json.dumps({"id": "f", "question": ASKED, "history": [{"question": 1, "answer": "x"}]}),
    json.dumps({"id": "g", "question": "x" * 20_000}),
    json.dumps({"id": 7, "question": "Wat staat er over windmolens?", "history": None}),
]  # fmt: skip


@pytest.fixture(scope="session")
def options(tmp_path_factory):
    settings = prepared(tmp_path_factory)[1]
    return ["--corpus", str(settings.corpus), "--index", str(settings.index)]


@pytest.fixture
def run(options):
    def call(*arguments):
        return CliRunner().invoke(app, ["ask", *arguments, *options])

    return call


def test_json_goes_to_stdout_and_nothing_else_does(run):
    result = run(ASKED, "--json")
    record = json.loads(result.stdout)
    assert (result.exit_code, result.stderr) == (0, "")
    assert record["question"] == ASKED
    assert "€ 3,10" in record["answer"]
    assert record["citations"][0]["document"] == "elst-agenda"


def test_an_answer_comes_in_plain_dutch_when_that_is_asked(run, batch):
    result = run(ASKED, "--eenvoudig")
    assert "€ 3,10" in result.stdout
    assert "Bronnen" in result.stdout
    assert "Leesbaarheid, van 0 tot 100: eerst" in " ".join(result.stderr.split())
    _, records = batch(json.dumps({"id": "a", "question": ASKED}), "--eenvoudig", "--quiet")
    assert records[0]["plain"]["sentences"]


def test_the_command_answers_every_line_of_a_batch_in_order(options, tmp_path):
    asked = tmp_path / "vragen.jsonl"
    asked.write_text("\n".join(BATCH) + "\n", encoding="utf-8")
    command = [sys.executable, "-m", "assistant", "ask", "--batch", str(asked), *options]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, encoding="utf-8", timeout=120)
    out, messages = done.stdout, done.stderr
    assert done.returncode == 0
    records = [json.loads(line) for line in out.splitlines()]
    assert [record["id"] for record in records] == [
        "a", None, "b", None, "c", "d", "e", "f", "g", 7,
    ]  # fmt: skip
    assert ["error" in record for record in records] == [
        False, True, False, True, True, True, True, True, True, False,
    ]  # fmt: skip
    assert all(
        record["error"] and "Traceback" not in record["error"]
        for record in records
        if "error" in record
    )
    first, follow_up, last = records[0], records[2], records[-1]
    assert "€ 3,10" in first["answer"]
    assert follow_up["understood"] == "Wat kost een rit met de deeltaxi in Duinbroek en Waal?"
    assert last["abstained"] is True
    assert "20.000 tekens" in records[8]["error"]
    assert "Vragen" in messages
    assert "Traceback" not in messages
    assert "Warning" not in messages


def test_a_missing_index_says_what_to_do(options, tmp_path):
    result = CliRunner().invoke(app, ["ask", ASKED, *options[:2], "--index", str(tmp_path / "weg")])
    assert result.exit_code == 1
    assert result.stdout == ""
    assert "python -m ingest" in " ".join(result.stderr.split())


def test_an_answer_reads_with_its_sources(run):
    result = run(ASKED)
    assert result.exit_code == 0
    text, sources = result.stdout.split("\nBronnen\n")
    assert "**€ 3,10**" in text
    assert sources.startswith("[1] Sociale agenda Elst-Veenoord, 4. Vervoer, regel ")
    assert result.stderr == ""


def test_a_refusal_is_no_failure(run):
    result = run("Wat staat er over windmolens?")
    assert result.exit_code == 0
    assert "staat niet in de documenten" in result.stdout
    assert "Bronnen" not in result.stdout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "Stel een vraag, of geef met --batch"),
        (["vraag", "--batch", "x.jsonl"], "Stel een vraag, of geef met --batch"),
        (["?!"], "alleen leestekens"),
        (["x" * 2_001], "2.001 tekens"),
        (["--batch", "bestaat-niet.jsonl"], "bestaat-niet.jsonl"),
    ],
)
def test_a_wrong_call_fails_with_a_message_on_stderr(run, arguments, message):
    result = run(*arguments)
    assert result.exit_code == 1
    assert result.stdout == ""
    assert message in " ".join(result.stderr.split())


def test_an_unknown_option_is_refused(run):
    result = run("vraag", "--bestaat-niet")
    assert result.exit_code == 2
    assert result.stdout == ""


def test_help_shows_examples():
    result = CliRunner().invoke(app, ["ask", "--help"])
    assert result.exit_code == 0
    assert "--batch" in result.stdout
    assert "Voorbeelden" in result.stdout


@pytest.fixture
def batch(run, tmp_path):
    """Answers of the command to the lines of a file."""

    def call(content, *arguments):
        asked, out = tmp_path / "vragen.jsonl", tmp_path / "antwoorden.jsonl"
        data = content if isinstance(content, bytes) else content.encode("utf-8")
        asked.write_bytes(data)
        result = run("--batch", str(asked), "--out", str(out), *arguments)
        lines = out.read_text(encoding="utf-8").split("\n") if out.exists() else []
        return result, [json.loads(line) for line in lines if line]

    return call


def test_answers_go_to_the_file_and_progress_can_be_silenced(batch):
    line = json.dumps({"id": "a", "question": ASKED}) + "\n"
    result, records = batch(line, "--quiet")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "")
    assert [record["id"] for record in records] == ["a"]
    result, records = batch("\ufeff" + line.replace("\n", "\r\n") * 2)
    assert [record["id"] for record in records] == ["a", "a"]
    assert result.stdout == ""
    assert "Vragen" in result.stderr


def test_an_empty_batch_gives_no_answers(batch):
    result, records = batch("\n \n")
    assert (result.exit_code, records) == (0, [])


def test_a_batch_in_another_encoding_and_an_unwritable_file_are_named(batch, run, tmp_path):
    result, _ = batch('{"id": "a", "question": "coördinatie"}'.encode("latin-1"))
    assert result.exit_code == 1
    assert "vragen.jsonl" in "".join(result.stderr.split())
    (tmp_path / "vragen.jsonl").write_text("{}", encoding="utf-8")
    result = run("--batch", str(tmp_path / "vragen.jsonl"), "--out", str(tmp_path / "weg" / "a"))
    assert result.exit_code == 1
    assert "niet te schrijven" in " ".join(result.stderr.split())


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("[" * 100_000, id="deep nesting"),
        pytest.param(f'{{"id": {"9" * 5_000}, "question": "Wat is zorg?"}}', id="long number"),
        pytest.param('{"id": "x", "question": "Wat is zorg \\ud83d?"}', id="half a character"),
        pytest.param('{"id": "\\ud83d", "question": "Wat is zorg?"}', id="half a character in id"),
        pytest.param('{"id": ["\\ud83d"], "question": "Wat is zorg?"}', id="id that is a list"),
        pytest.param('{"id": NaN, "question": "Wat is zorg?"}', id="id that is no number"),
        pytest.param(
            '{"question": "En?", "history": [{"question": "Wat is zorg?", "answer": "\\udc00"}]}',
            id="half a character in history",
        ),
    ],
)
def test_no_line_stops_the_batch(batch, line):
    good = json.dumps({"id": "goed", "question": ASKED})
    result, records = batch(f"{line}\n{good}\n")
    assert result.exit_code == 0
    assert len(records) == 2
    assert records[0]["error"].endswith(".")
    assert records[1]["id"] == "goed"


@pytest.mark.parametrize("character", ["\u2028", "\u0085", "\u001e"])
def test_a_line_ends_only_at_a_line_end(batch, character):
    asked = f"Wat kost{character} een rit met de deeltaxi?"
    line = json.dumps({"id": "a", "question": asked}, ensure_ascii=False)
    line = line.replace("\\u001e", "\x1e")
    result, records = batch(line + "\n")
    assert len(records) == 1
    assert records[0]["id"] == "a"
    assert "€ 3,10" in records[0]["answer"]


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "utf-8"])
@pytest.mark.parametrize("arguments", [["--json"], []])
def test_an_answer_can_be_written_in_any_encoding(options, encoding, arguments):
    command = ["ask", ASKED, *arguments, *options]
    result = CliRunner(charset=encoding).invoke(app, command)
    assert result.exit_code == 0
    if arguments:
        assert "€ 3,10" in json.loads(result.stdout)["answer"]
    else:
        assert "3,10" in result.stdout
