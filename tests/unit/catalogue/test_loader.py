"""What a catalogue's folder must be: strict, complete, each rule on an article in force, each error with its line."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
from tests.catalogue_folders import write_texts

from goodstanding.catalogue import Catalogue, Period, load_catalogue, load_files
from goodstanding.catalogue.loader import get_catalogue_folder
from goodstanding.errors import CatalogueError, MissingBasis, UnknownKey

YAML = "catalogue.yaml"


def test_a_whole_catalogue_loads(small_catalogue):
    """Every part of a catalogue's files arrives typed."""
    assert small_catalogue.in_force == date(2020, 1, 1)
    assert small_catalogue.schemes["grade"].lapses == Period(24)
    assert small_catalogue.lists["decisions"].while_ == ("listed",)
    assert small_catalogue.mandates == {"office-1": frozenset({"visit", "decision", "removal"})}
    assert [place for place, _ in small_catalogue.rules()][:2] == [("records", "visit"), ("records", "decision")]


def test_the_same_texts_are_the_same_catalogue(texts):
    """Equality and digest come from the exact text and nothing else."""
    again = load_files(dict(reversed(texts.items())))
    assert again == load_files(texts)
    assert again != load_files({**texts, YAML: texts[YAML] + "\n"})


@pytest.mark.parametrize(
    ("file", "right", "wrong"),
    [
        (YAML, "lapses: P2Y", "lapse: P2Y"),
        (YAML, "title: Grade", "titel: Grade"),
        (YAML, "mode: live", "mood: live"),
        (YAML, "at_most: 5}", "atmost: 5}"),
        (YAML, "while: [listed]", "wile: [listed]"),
        (YAML, "by: class, terms", "bye: class, terms"),
        ("instruments.yaml", "jurisdiction: ", "juristiction: "),
        ("feeds/visits.yaml", "reference: ", "referense: "),
    ],
)
def test_an_unknown_key_names_its_line_and_the_nearest_right_key(change_files, get_line_number, file, right, wrong):
    """A key nobody knows is refused with file, line and the key that was probably meant."""
    texts = change_files(file, right, wrong)
    with pytest.raises(UnknownKey) as caught:
        load_files(texts)
    assert caught.value.where.startswith(f"{file}, line {get_line_number(texts[file], wrong)} ")
    assert caught.value.remedy == right.split(":")[0]


def test_a_rule_without_a_basis_is_refused(refuse_change):
    """A rule that names no basis is refused, with the form a basis has."""
    error = refuse_change(YAML, "    basis: act art. 3\n", "")
    assert isinstance(error, MissingBasis)
    assert error.where.endswith("(measures.barred.basis)")
    assert error.remedy == "basis: INSTRUMENT art. NUMBER"


def test_a_basis_without_an_article_is_refused(refuse_change):
    """A basis must name an article, not just a law."""
    error = refuse_change(YAML, "basis: act art. 3", "basis: the Act")
    assert isinstance(error, MissingBasis)
    assert "names no article" in error.message


@pytest.mark.parametrize(("basis", "remedy"), [("acts art. 3", "act"), ("act art. 33", "3"), ("charter art. 24", "4")])
def test_a_basis_that_does_not_exist_is_refused(refuse_change, basis, remedy):
    """An unknown instrument, an unknown article of it, or of the charter, is refused with the nearest there is."""
    error = refuse_change(YAML, "basis: act art. 3", f"basis: {basis}")
    assert isinstance(error, UnknownKey)
    assert error.remedy == remedy


def test_the_charter_is_an_instrument_everywhere(change_files):
    """A rule that the charter makes may rest on an article of the charter, declared nowhere."""
    assert load_files(change_files(YAML, "basis: act art. 3", "basis: charter art. 11"))


def test_an_instrument_not_yet_in_force_is_refused(refuse_change):
    """A rule cannot begin before the law it rests on."""
    error = refuse_change("instruments.yaml", "in_force: 2019-07-01", "in_force: 2020-01-02")
    assert isinstance(error, MissingBasis)
    assert error.remedy == "in_force: 2020-01-02 or later"


def test_an_instrument_of_the_same_day_is_in_force(change_files):
    """A law that takes effect on the rules' first day carries them."""
    assert load_files(change_files("instruments.yaml", "in_force: 2019-07-01", "in_force: 2020-01-01"))


def test_a_repealed_instrument_is_refused(refuse_change):
    """A rule cannot begin after the law it rests on has ended."""
    error = refuse_change("instruments.yaml", "in_force: 2019-07-01", "in_force: 2019-07-01\n  until: 2020-01-01")
    assert isinstance(error, MissingBasis)
    assert "no longer in force" in error.message


@pytest.mark.parametrize(
    ("old", "new", "remedy"),
    [
        ("published: grade", "published: grades", "grade"),
        ("by: [office]", "by: [offices]", "office"),
        ("about: decision", "about: decisions", "decision"),
        ("case: listing", "case: listings", "listing"),
        ("while: [listed]", "while: [listing]", "listed"),
        ("list: decisions", "list: decision", "decisions"),
        ("public_on: served_on", "public_on: served", "served_on"),
        ("public_on: served_on", "public_on: amount", "served_on, occurred"),
        ("after: [listed]", "after: [lists]", "listed"),
        ("starts_with: visit", "starts_with: visits", "visit"),
        ("grade: C, when: told", "grade: D, when: told", "A, B, C"),
        ("stays: {by: class", "stays: {by: clas", "class"),
    ],
)
def test_a_name_that_nothing_bears_is_refused(refuse_change, old, new, remedy):
    """Every name that points elsewhere must point at something, and the nearest is offered."""
    error = refuse_change(YAML, old, new)
    assert isinstance(error, UnknownKey)
    assert error.remedy == remedy


def test_terms_must_cover_every_code(refuse_change):
    """Where a length of time depends on a code, no code may be without one."""
    error = refuse_change(YAML, "terms: {minor: P1Y, serious: P3Y}", "terms: {minor: P1Y}")
    assert error.message == "There is no term for class = 'serious'."


def test_terms_for_codes_that_do_not_exist_are_refused(refuse_change):
    """A term for a code that the field cannot have is a mistake."""
    error = refuse_change(YAML, "serious: P3Y}", "serious: P3Y, grave: P5Y}")
    assert error.remedy == "minor, serious"


def test_a_step_needs_a_record_about_the_opening_one(refuse_change):
    """A later step's record must be about the record that opened the case, or the step could never happen."""
    error = refuse_change(YAML, "    about: decision\n", "")
    assert error.remedy == "about: decision in the record type removal"


@pytest.mark.parametrize("length", ["2 years", "P1Y2W", "2", "P", "PT5H"])
def test_a_length_of_time_has_one_form(refuse_change, length):
    """Lengths of time are written as ISO 8601 does, in years, months and days."""
    error = refuse_change(YAML, "lapses: P2Y", f"lapses: {length}")
    assert error.remedy == "P3Y, P6M, P12W or P15D"
    assert error.where.endswith("(schemes.grade.lapses)")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("    score: clean + safe\n", "", "A scheme of kind latest needs 'score'."),
        ("    base: 9\n", "", "A scheme of kind points needs 'base'."),
        ("    base: 9\n", "    base: 11\n", "The base is not between floor and cap."),
        ("    kind: restriction\n", "", "The key 'kind' is missing."),
    ],
)
def test_a_part_that_its_kind_needs_is_missed(refuse_change, old, new, message):
    """A scheme or measure without what its kind needs is refused."""
    assert refuse_change(YAML, old, new).message == message


@pytest.mark.parametrize(
    ("content", "get_line_number"), [("", 1), ("- a list\n", 1), ("title: [\n", 2), ("a: 1\na: 2\n", 2)]
)
def test_a_file_that_is_no_catalogue_is_refused(texts, content, get_line_number):
    """An empty file, a list, broken YAML or a key given twice is refused with its line."""
    with pytest.raises(CatalogueError) as caught:
        load_files({**texts, YAML: content})
    assert caught.value.where == f"catalogue.yaml, line {get_line_number}"


def test_sources_are_read_strictly(refuse_change):
    """A source without its columns, or listed twice, is refused with its line."""
    assert refuse_change("sources.csv", "id,name,kind,region", "id,label,kind,region").where == "sources.csv, line 2"
    row = "office-1,The office,office,Nowhere\n"
    assert refuse_change("sources.csv", row, row + row).where == "sources.csv, line 3"


def test_examples_must_be_a_list(texts):
    """Worked examples are a list of mappings."""
    with pytest.raises(CatalogueError) as caught:
        load_files({**texts, "examples.yaml": "example: one\n"})
    assert caught.value.where == "examples.yaml, line 1"


def test_a_folder_loads_like_its_texts(texts, tmp_path: Path):
    """A folder and its texts give the same catalogue; other files in it do not matter."""
    write_texts(tmp_path, texts)
    (tmp_path / "notes.txt").write_text("not read")
    assert load_catalogue(tmp_path) == load_files(texts)


def test_what_a_laboratory_assumes_is_no_part_of_the_rules(texts, tmp_path: Path):
    """A file of behaviour beside them changes neither the files nor the digest, also of a catalogue that is used."""
    plain = load_catalogue(write_texts(tmp_path / "plain", texts))
    beside = load_catalogue(write_texts(tmp_path / "beside", {**texts, "behaviour.yaml": "behaviour: small"}))
    assert (beside.digest, beside.files) == (plain.digest, plain.files)


def test_a_folder_without_a_catalogue_is_refused(tmp_path: Path):
    """A folder that holds no catalogue.yaml is named in the error."""
    with pytest.raises(CatalogueError) as caught:
        load_catalogue(tmp_path)
    assert caught.value.where == str(tmp_path)


def test_a_file_in_another_encoding_is_refused(texts, tmp_path: Path):
    """A file that is not UTF-8 is refused before it is read as YAML."""
    (tmp_path / YAML).write_bytes(texts[YAML].replace("small", "señal").encode("latin-1"))
    with pytest.raises(CatalogueError, match="UTF-8"):
        load_catalogue(tmp_path)


def test_an_unknown_name_lists_the_catalogues_there_are():
    """Asking for a catalogue that does not exist names those that do."""
    with pytest.raises(CatalogueError) as caught:
        get_catalogue_folder("no-such-catalogue")
    assert "uk-food-hygiene" in str(caught.value.remedy)


def test_a_catalogue_is_at_work_from_its_first_day_until_its_end(change_files):
    """The first day counts, the day of `until` no longer does."""
    catalogue: Catalogue = load_files(
        change_files(YAML, "in_force: 2020-01-01", "in_force: 2020-01-01\nuntil: 2021-01-01")
    )
    days = (date(2019, 12, 31), date(2020, 1, 1), date(2020, 12, 31), date(2021, 1, 1))
    assert [catalogue.at_work(day) for day in days] == [False, True, True, False]


ENDLESS = {
    "aliases": "a0: &a0 [1, 1, 1, 1, 1, 1, 1, 1, 1]\n"
    + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 9)),
    "itself": "a: &a {b: *a}\n",
    "deep": f"a: {'[' * 5_000}{']' * 5_000}\n",
}


@pytest.mark.parametrize("text", ENDLESS.values(), ids=list(ENDLESS))
def test_a_file_without_end_is_refused(text: str) -> None:
    """Aliases that make a small text endless, and nesting that no reader survives, are told with their line."""
    with pytest.raises(CatalogueError, match="without end") as caught:
        load_files({"catalogue.yaml": text})
    assert "line" in str(caught.value.where)


def test_no_file_is_looked_for_outside_the_folders_of_catalogues(tmp_path: Path) -> None:
    """A name that is no name leads nowhere, even where a folder stands there."""
    shutil.copytree(get_catalogue_folder("mx-tax-69b"), tmp_path / "elsewhere")
    own = shutil.copytree(get_catalogue_folder("uk-food-hygiene"), tmp_path / "rules" / "own")
    file = own / "catalogue.yaml"
    file.write_text(f"use: {{../elsewhere: [lists]}}\n{file.read_text(encoding='utf-8')}", encoding="utf-8")
    with pytest.raises(CatalogueError, match="no catalogue"):
        load_catalogue(own)


def test_a_term_that_leaves_the_calendar_is_refused_by_its_key(tmp_path: Path) -> None:
    """Nine thousand years are a wrong value at the list that says them, and no fault of the program."""
    shutil.copytree(get_catalogue_folder("mx-tax-69b"), tmp_path / "mx-tax-69b")
    file = tmp_path / "mx-tax-69b" / "catalogue.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("stays: P5Y", "stays: P9000Y"), encoding="utf-8")
    with pytest.raises(CatalogueError, match="stays: 'P9000Y' is longer") as caught:
        load_catalogue(tmp_path / "mx-tax-69b")
    assert caught.value.where.endswith("(lists.simulated-invoicing.stays)")
    assert caught.value.others == ()  # no word of the other forms that a term can have, which it never meant


@pytest.mark.parametrize(
    ("wrong", "near"), [("ZZ", "ZW"), ("GB-EN", "GB-ENG"), ("GB-LND", "GB-ENG"), ("US-NX", "US-NY")]
)
def test_a_calendar_that_there_is_not_is_refused_with_what_is_near(texts, tmp_path, wrong, near):
    """A folder is checked against the calendars that the library has; the codes nearest to the wrong one are named."""
    write_texts(tmp_path, texts)
    rules = tmp_path / YAML
    rules.write_text(f"{texts[YAML].rstrip()}\ncalendar: {wrong}\n")
    with pytest.raises(UnknownKey) as caught:
        load_catalogue(tmp_path)
    assert near in caught.value.remedy.split(", ")
    assert caught.value.where == f"{YAML}, line {len(rules.read_text().splitlines())} (calendar)"


@pytest.mark.parametrize(
    ("place", "code", "line", "near"),
    [
        ("time_zone: America/Mexico_Citi", "time-zone-unknown", "(time_zone)", "America/Mexico_City"),
        ("time_zone: ../etc/passwd", "time-zone-unknown", "(time_zone)", "IANA"),
        ("time_zone: localtime", "time-zone-unknown", "(time_zone)", "IANA"),
        ("time_zone: america/new_york", "time-zone-unknown", "(time_zone)", "America/New_York"),
        ("time_zone: America", "time-zone-unknown", "(time_zone)", "America"),
        ("calendar: MX", "time-zone-open", "(calendar)", "America/Mexico_City"),
        ("calendar: UK", "time-zone-open", "(calendar)", "IANA"),
        ("calendar: US-NY", "time-zone-open", "(calendar)", "America/New_York"),
    ],
)
def test_a_place_that_is_unclear_is_refused_with_what_may_be_meant(texts, tmp_path, place, code, line, near):
    """A time zone that there is not, or a country of several without one, is refused where a folder is checked."""
    write_texts(tmp_path, texts)
    (tmp_path / YAML).write_text(f"{texts[YAML].rstrip()}\n{place}\n")
    with pytest.raises(CatalogueError) as caught:
        load_catalogue(tmp_path)
    assert (caught.value.coded.code, near in caught.value.remedy) == (code, True)
    assert caught.value.where.endswith(line)


def test_a_country_of_one_time_zone_needs_to_name_none(texts, tmp_path):
    """Its calendar says where its days begin and end."""
    write_texts(tmp_path, texts)
    (tmp_path / YAML).write_text(f"{texts[YAML].rstrip()}\ncalendar: GB-ENG\n")
    assert load_catalogue(tmp_path).calendar == "GB-ENG"


@pytest.mark.parametrize("mark", ["\u202e", "\u0007", "\ufeff", "\U000e0041", "x" * 5_001])
def test_a_source_whose_name_cannot_be_shown_is_refused(refuse_change, mark):
    """No turned letters, controls, marks or tags that nobody sees, and no name longer than any."""
    assert refuse_change("sources.csv", "The office", f"The{mark} office").where == "sources.csv, line 2"
