"""How a feed is declared: from known columns to known fields, with known codes, from a known source."""

from __future__ import annotations

import pytest
from tests.catalogue_folders import write_texts

from goodstanding.catalogue import load_catalogue, load_files
from goodstanding.errors import CatalogueError, UnknownKey

FILE = "feeds/visits.yaml"


@pytest.mark.parametrize(
    ("old", "new", "place", "remedy"),
    [
        ("  clean: clean", "  clan: clean", "line 14 (fields.clan)", "clean"),
        ("record: visit", "record: visits", "line 3 (record)", "visit"),
        ("text: office-1", "text: office-2", "line 4 (source)", "office-1"),
        ("Exempt: exempt", "Exempt: exempted", "line 13 (fields.status)", "exempt"),
        ("only: [A, B, C]", "only: [A, B, D]", "line 15 (published)", "A, B, C"),
    ],
)
def test_a_feed_that_leads_nowhere_is_refused(refuse_change, old, new, place, remedy):
    """A field, record type, source, code or outcome that the catalogue lacks is refused at its line."""
    error = refuse_change(FILE, old, new)
    assert isinstance(error, UnknownKey)
    assert error.where == f"{FILE}, {place}"
    assert error.remedy == remedy


def test_a_required_field_must_be_fed(refuse_change):
    """A feed that never fills a required field could only be quarantined, so it is refused."""
    error = refuse_change(FILE, "  status: {column: state, map: {Done: done, Exempt: exempt}}\n", "")
    assert error.message == "The field 'status' is required."


@pytest.mark.parametrize("value", ["{column: day, text: x}", "{prefix: x}"])
def test_a_value_has_one_origin(refuse_change, value):
    """A value comes from a column, from columns or from a text: not from two of them, and not from none."""
    error = refuse_change(FILE, "occurred: day", f"occurred: {value}")
    assert "one of: column, columns, text" in error.message


def test_a_feed_stands_in_a_file_of_its_name(texts):
    """The file of a feed bears the feed's name, so that an error can point at it and no feed is there twice."""
    with pytest.raises(CatalogueError) as caught:
        load_files({**texts, "feeds/second.yaml": texts[FILE]})
    assert (caught.value.where, caught.value.remedy) == ("feeds/second.yaml", FILE)


def test_a_feed_knows_its_columns(small_catalogue):
    """The columns a file must have are those the feed reads, each once, in the order it names them."""
    assert small_catalogue.feeds["visits"].columns() == ("number", "name", "state", "clean", "day", "grade")


OPEN_FEEDS = {
    "a map that takes anything": (
        "map: {Done: done, Exempt: exempt}", 'map: {Exempt: exempt, "*": done}', "(fields.status)", "others",
    ),
    "a day for anything": (
        "occurred: day", "occurred: {column: day, otherwise: stated}", "(occurred)", "otherwise_when",
    ),
    "any row of a group": (
        "occurred: day", "occurred: day\ngroup_by: [number, day, state]", "(subject.name)", "gather",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("old", "new", "place", "remedy"), list(OPEN_FEEDS.values()), ids=list(OPEN_FEEDS))
def test_a_feed_that_takes_anything_does_not_come_in(texts, tmp_path, old, new, place, remedy):
    """A catch-all without its values, a day of the file for any row, and a value of a group that does not say which row
    counts are refused in a folder that is brought in.
    """
    files = {**texts, FILE: texts[FILE].replace(old, new)}
    write_texts(tmp_path, files)
    with pytest.raises(CatalogueError) as caught:
        load_catalogue(tmp_path)
    assert caught.value.where == f"{FILE} {place}"
    assert remedy in caught.value.remedy


@pytest.mark.parametrize(("old", "new", "_place", "_remedy"), list(OPEN_FEEDS.values()), ids=list(OPEN_FEEDS))
def test_a_feed_that_was_enacted_open_is_still_read(texts, old, new, _place, _remedy):
    """Catalogues in force from before stay as they are: their files load from the ledger."""
    assert load_files({**texts, FILE: texts[FILE].replace(old, new)}).feeds["visits"]
