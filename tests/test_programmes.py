import pytest

from ingest.dutch.abbreviations import learn
from ingest.programmes import find_programmes

NAMED = "De Welzijnsagenda Lokaal (WAL) geldt nog. "


def programmes(text):
    return find_programmes(text, learn(text))


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("De WAL (2014) en de WAL 2.0 (2019).", {"WAL": 2014, "WAL 2.0": 2019}),
        ("In 2014 in de WAL ‘Samen’, in 2016 in de WAL 3D.", {"WAL": 2014, "WAL 3D": 2016}),
        ("De WAL is van 2014; de WAL 2.0 uit 2019 volgde.", {"WAL": 2014, "WAL 2.0": 2019}),
        ("Terugblik op de WAL 2018 – 2022.", {"WAL": 2018}),
        # The year most often given; a year elsewhere in the sentence dates nothing.
        ("WAL 2.0 (2019), WAL 2.0 (2019), WAL 2.0 2020.", {"WAL 2.0": 2019}),
        ("In 2021 sprak de raad met bewoners over de WAL.", {}),
    ],
)
def test_the_text_dates_its_programmes(text, years):
    assert programmes(NAMED + text).years == years


def test_what_a_programme_passes_on_is_as_old_as_the_programme():
    found = programmes(NAMED + "WAL 2.0 (2019)")
    assert found.year_of("WAL 2.0 Opdracht preventie") == 2019
    assert found.year_of("WAL 3D") is None


def test_a_text_that_explains_no_short_name_has_no_programmes():
    found = programmes("De WAL 2.0 (2019) loopt tot 2023.")
    assert (found.pattern, found.years) == (None, {})
