import os
import subprocess
import sys

import pytest
from conftest import PlainWords, WordCounts
from typer.testing import CliRunner

from ingest import __main__ as command
from ingest import lock, pipeline
from ingest.__main__ import app
from ingest.settings import PROJECT


@pytest.fixture(autouse=True)
def _small_models(monkeypatch):
    for module in (pipeline, command):
        monkeypatch.setattr(module, "load_embedder", lambda settings: WordCounts())
    monkeypatch.setattr(pipeline.Analyzer, "load", lambda lexicon: PlainWords())


@pytest.fixture
def call(settings):
    """Run the command on the small corpus; messages come apart from data."""

    def run(*arguments):
        places = ["--corpus", str(settings.corpus), "--index", str(settings.index)]
        result = CliRunner().invoke(app, [*map(str, arguments), *places])
        assert result.exception is None or isinstance(result.exception, SystemExit)
        return result

    return run


def test_help_is_dutch_with_examples_and_exit_codes():
    result = CliRunner().invoke(app, ["--help"])
    assert result.exit_code == 0
    assert "Neem documenten op" in result.stdout
    assert "python -m ingest --list" in result.stdout
    assert "--remove" in result.stdout
    assert "Uitkomst: 0" in result.stdout
    assert "Toon deze uitleg." in result.stdout


def test_a_run_names_each_document_and_sums_up_on_stderr(call):
    result = call()
    assert result.exit_code == 0
    assert result.stdout == ""
    assert "nieuw        brief.txt" in result.stderr
    assert "nieuw        plan.txt" in result.stderr
    assert "2 nieuw, 0 vervangen, 0 ongewijzigd, 0 verwijderd, 0 mislukt" in result.stderr
    assert "ongewijzigd  plan.txt" in call().stderr


def test_quiet_says_nothing_when_all_is_well(call):
    result = call("--quiet")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "")


def test_what_fails_is_named_also_when_quiet_and_the_exit_code_is_1(call, settings):
    (settings.corpus / "leeg.txt").write_bytes(b"")
    result = call("-q")
    assert result.exit_code == 1
    assert "Mislukt: leeg.txt is leeg" in result.stderr
    assert "1 mislukt" in call().stderr


def test_a_name_with_brackets_is_printed_as_it_is(call, settings):
    (settings.corpus / "nota [red]x[bold].txt").write_bytes(b"")
    assert "Mislukt: nota [red]x[bold].txt is leeg" in call().stderr


def test_list_writes_data_to_stdout_only(call):
    call()
    result = call("--list")
    rows = [line.split("\t") for line in result.stdout.splitlines()]
    assert [row[0] for row in rows] == ["brief", "plan"]
    assert rows[1][1] == "plan.txt"
    assert rows[1][5] == "Beleidsplan Voorbeeldstad 2024-2027"
    assert int(rows[1][3]) > 0
    assert rows[1][6:] == ["platte tekst (UTF-8)", ""]
    assert result.stderr == ""


def test_check_says_whether_the_index_is_right(call, settings):
    call()
    result = call("--check")
    assert (result.exit_code, "De index klopt." in result.stderr) == (0, True)
    next(settings.index.glob("documents/plan-????????.json")).write_text("{")
    result = call("--check")
    assert "beschadigd" in result.stderr
    assert "De index is hersteld." in result.stderr
    assert result.exit_code == 0
    assert "De index klopt." in call("--check").stderr


def test_what_cannot_be_repaired_gives_exit_code_1(call, settings):
    call()
    next(settings.index.glob("documents/plan-????????.json")).write_text("{")
    (settings.corpus / "plan.txt").write_bytes(b"")
    result = call("--check")
    assert result.exit_code == 1
    assert "Mislukt: plan.txt is leeg" in result.stderr


def test_remove_takes_a_document_out_and_warns_that_its_file_is_still_there(call):
    call()
    result = call("--remove", "plan")
    assert result.exit_code == 0
    assert "1 verwijderd" in result.stderr
    assert "plan.txt staat nog in" in result.stderr
    assert [line.split("\t")[0] for line in call("--list").stdout.splitlines()] == ["brief"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--list"], "nog geen index"),
        (["--check"], "nog geen index"),
        (["--remove", "x"], "nog geen index"),
    ],
)
def test_without_an_index_the_message_says_what_to_do(call, arguments, message):
    result = call(*arguments)
    assert result.exit_code == 1
    assert message in result.stderr
    assert "python -m ingest" in result.stderr


def test_two_orders_at_once_are_a_wrong_use(call):
    result = call("--list", "--check")
    assert result.exit_code == 2
    assert "Kies een van" in result.stderr


def test_a_run_that_is_broken_off_says_that_the_former_index_holds(call, monkeypatch):
    def break_off(*_):
        raise KeyboardInterrupt

    call()
    monkeypatch.setattr(pipeline, "find_sources", break_off)
    result = call()
    assert result.exit_code == 130
    assert "De vorige index blijft bruikbaar" in result.stderr


def test_an_unknown_setting_is_an_error_and_not_a_traceback(call, monkeypatch):
    monkeypatch.setenv("BELEIDSWIJZER_INDX", "x")
    result = call()
    assert result.exit_code == 1
    assert "Fout: De omgevingsvariabele BELEIDSWIJZER_INDX" in result.stderr


def test_a_second_writer_gets_exit_code_1(call, settings):
    call()
    with lock.write_lock(settings.index):
        result = call()
    assert result.exit_code == 1
    assert f"proces {os.getpid()}" in result.stderr


def test_the_command_runs_from_a_shell_in_any_folder(settings, tmp_path):
    places = ["--corpus", settings.corpus, "--index", settings.index]
    environment = {**os.environ, "PYTHONPATH": str(PROJECT), "PYTHONWARNINGS": "error"}
    result = subprocess.run(
        [sys.executable, "-m", "ingest", "--list", *places],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert result.returncode == 1
    assert result.stderr.startswith("Fout: Er is nog geen index in ")
    assert result.stdout == ""


@pytest.mark.parametrize("content", ["{", '{"format": "beleidswijzer-index-0"}'])
def test_check_repairs_an_index_whose_overview_is_lost(call, settings, content):
    call()
    (settings.index / "manifest.json").write_text(content)
    result = call("--check")
    assert result.exit_code == 0
    assert "De index is hersteld." in result.stderr
    assert "brief" in call("--list").stdout
