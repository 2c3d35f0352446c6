import pytest

from assistant.errors import PhrasesError
from assistant.phrases import DEFAULT_FILE, Phrases, load_phrases, variables_in


@pytest.fixture
def file(tmp_path):
    def write(text):
        path = tmp_path / "zinnen.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_the_file_in_prompts_loads_and_every_sentence_can_be_said():
    phrases = load_phrases()
    assert DEFAULT_FILE.parent.name == "prompts"
    assert phrases.version
    assert "niet_gevonden" in phrases.sentences
    for name, text in phrases.sentences.items():
        said = phrases.say(name, **{variable: "Zandstad" for variable in variables_in(text)})
        assert said
        assert "{" not in said


def test_a_sentence_is_filled_in(file):
    path = file('version = "7"\n[groet]\nvariables = ["naam", "plaats"]\n'
                'text = "Dag {naam} uit {plaats}."\n')  # fmt: skip
    phrases = load_phrases(path)
    assert phrases.version == "7"
    assert phrases.say("groet", naam="Ali", plaats="Grafveen") == "Dag Ali uit Grafveen."


def test_a_value_with_braces_is_not_filled_in_again(file):
    phrases = Phrases("1", {"groet": "Dag {naam}."})
    assert phrases.say("groet", naam="{naam} {0} {") == "Dag {naam} {0} {."


@pytest.mark.parametrize(
    ("declared", "text"),
    [
        ('["naam"]', "Dag."),
        ("[]", "Dag {naam}."),
        ('["naam"]', "Dag {name}."),
        ('["naam", "plaats"]', "Dag {naam}."),
    ],
)
def test_a_variable_that_is_missing_or_undeclared_stops_the_loading(file, declared, text):
    path = file(f'[groet]\nvariables = {declared}\ntext = "{text}"\n')
    with pytest.raises(PhrasesError, match=r"zinnen\.toml.*'groet'"):
        load_phrases(path)


@pytest.mark.parametrize("values", [{}, {"noam": "Ali"}, {"naam": "Ali", "plaats": "Grafveen"}])
def test_a_missing_or_unknown_value_is_an_error_at_use(values):
    phrases = Phrases("1", {"groet": "Dag {naam}."})
    with pytest.raises(PhrasesError, match=r"'groet' vraagt \['naam'\]"):
        phrases.say("groet", **values)


@pytest.mark.parametrize("variable", ["name", "self"])
def test_any_declared_variable_can_be_said(file, variable):
    path = file(f'[groet]\nvariables = ["{variable}"]\ntext = "Dag {{{variable}}}."\n')
    assert load_phrases(path).say("groet", **{variable: "Ali"}) == "Dag Ali."


def test_an_unknown_sentence_is_an_error_that_names_it():
    with pytest.raises(PhrasesError, match="'afscheid' ontbreekt"):
        Phrases("1", {}).say("afscheid")


def test_a_missing_file_and_one_that_is_no_toml_are_errors_that_name_it(file, tmp_path):
    with pytest.raises(PhrasesError, match=r"weg\.toml"):
        load_phrases(tmp_path / "weg.toml")
    with pytest.raises(PhrasesError, match=r"zinnen\.toml"):
        load_phrases(file("[groet\n"))


def test_a_file_in_another_encoding_is_an_error_that_names_it(tmp_path):
    path = tmp_path / "latijn.toml"
    path.write_bytes('[groet]\nvariables = []\ntext = "Coördinatie"\n'.encode("latin-1"))
    with pytest.raises(PhrasesError, match=r"latijn\.toml"):
        load_phrases(path)


@pytest.mark.parametrize(
    "text",
    [
        "[groet]\nvariables = []\n",
        "[groet]\nvariables = []\ntext = 3\n",
        'groet = "Dag."\n',
        '[groet]\nvariables = []\ntext = "Dag {"\n',
        '[groet]\nvariables = []\ntext = "Dag }"\n',
        '[groet]\nvariables = [""]\ntext = "Dag {}"\n',
        '[groet]\nvariables = ["naam"]\ntext = "Dag {naam:{breedte}}"\n',
        '[groet]\nvariables = ["naam.a"]\ntext = "Dag {naam.a}"\n',
        '[groet]\nvariables = [["naam"]]\ntext = "Dag {naam}"\n',
        '[groet]\nvariables = "a"\ntext = "Dag {a}"\n',
    ],
)
def test_an_entry_that_is_no_sentence_is_an_error_that_names_the_file(file, text):
    with pytest.raises(PhrasesError, match=r"zinnen\.toml.*'groet'"):
        load_phrases(file(text))
