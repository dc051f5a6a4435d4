"""One catalogue using parts of another."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.rules import build_catalogue_texts

from goodstanding.catalogue import Period, load_catalogue, load_files
from goodstanding.errors import CatalogueError, UnknownKey

SHARED = """
repair_classes:
  minor: {title: Minor, ON, least: P1M, most: P3M}
  grave: {title: Grave, ON, least: P1Y, most: P3Y}
procedures:
  fair: {title: Fair, ON, reply: {held_by: subject, days: 10, ON}}
records: {}
"""
OWN = """
use: {shared: [repair_classes, procedures.fair]}
repair_classes: {minor: {most: P2M}}
records:
  act: {title: Act, ON, by: [office], fields: {class: {type: code, title: Class, one_of: [minor, grave]}}}
cases: {case: {title: Case, ON, record: act, procedure: fair, steps: {found: {title: Found, ON}}}}
lists:
  acts: {title: Acts, ON, case: case, while: [found], stays: {by: class, terms: most}}
"""


def files(own: str = OWN, **others: str) -> dict[str, str]:
    """A catalogue's files with those of the others that it uses."""
    all_files = build_catalogue_texts(own)
    for name, rules in others.items():
        all_files |= {f"use/{name}/{file}": text for file, text in build_catalogue_texts(rules).items()}
    return all_files


def test_what_is_used_stands_as_if_it_were_declared():
    """Classes and procedures are taken, the catalogue's own word comes first, and lengths come from the classes."""
    catalogue = load_files(files(shared=SHARED))
    assert catalogue.repair_classes["minor"].least == Period(1)
    assert catalogue.repair_classes["minor"].most == Period(2)
    assert catalogue.cases["case"].procedure in catalogue.procedures
    assert catalogue.lists["acts"].stays.terms == {"minor": Period(2), "grave": Period(36)}


def test_a_folder_finds_what_it_uses_beside_it(tmp_path: Path):
    """The files of a used catalogue are read from the folder beside, and travel with the one that uses it."""
    for name, rules in (("own", OWN), ("shared", SHARED)):
        (tmp_path / name).mkdir()
        for file, text in build_catalogue_texts(rules).items():
            (tmp_path / name / file).write_text(text, encoding="utf-8")
    assert load_catalogue(tmp_path / "own") == load_files(files(shared=SHARED))


def test_catalogues_that_use_each_other_are_refused():
    """A circle of use is refused, with its way round and the place of its last part."""
    circle = "use: {third: [procedures]}" + SHARED
    with pytest.raises(CatalogueError) as caught:
        load_files(files(shared=circle, third="use: {shared: [procedures]}" + SHARED))
    way = "catalogue.yaml -> use/shared/catalogue.yaml -> use/third/catalogue.yaml -> use/shared/catalogue.yaml"
    assert caught.value.message == f"Catalogues use each other in a circle: {way}."
    assert str(caught.value.where).startswith("use/third/catalogue.yaml, line ")
    assert caught.value.remedy


def test_a_catalogue_that_uses_itself_is_refused(tmp_path: Path):
    """The shortest circle is one."""
    (tmp_path / "tiny").mkdir()
    for file, text in build_catalogue_texts("use: {tiny: [procedures]}" + SHARED).items():
        (tmp_path / "tiny" / file).write_text(text, encoding="utf-8")
    with pytest.raises(CatalogueError, match="circle"):
        load_catalogue(tmp_path / "tiny")


@pytest.mark.parametrize(("wrong", "remedy"), [("procedures.fare", "fair"), ("procedure", "procedures")])
def test_a_part_that_the_other_does_not_have_is_refused(wrong, remedy):
    """A path that leads nowhere in the used catalogue is refused with the nearest there is."""
    with pytest.raises(UnknownKey) as caught:
        load_files(files(OWN.replace("procedures.fair", wrong), shared=SHARED))
    assert caught.value.remedy == remedy


def test_a_catalogue_that_is_not_there_is_refused():
    """A used catalogue must be at hand."""
    with pytest.raises(UnknownKey, match="no catalogue 'shared'"):
        load_files(files())


GRADES = """
records:
  act: {title: Act, ON, by: [office], fields: {n: {type: integer, title: N, at_least: 0, at_most: 9}}}
schemes:
  grade:
    {title: Grade, ON, kind: latest, record: act, score: n, bands: [{grade: A, at_least: 5}, {grade: B}]}
"""
CHANGED = """
use: {shared: [records.act, schemes.grade]}
records: {}
schemes: {grade: {bands: {LIST}}}
"""


def test_a_list_is_changed_by_number_and_added_to_at_its_end():
    """So that no rule of the other one has to be written down again."""
    changed = CHANGED.replace("{LIST}", '{0: {at_least: 7}, 1: {at_least: 3}, "+": [{grade: C}]}')
    bands = load_files(files(changed, shared=GRADES)).schemes["grade"].bands
    assert [(band.grade, band.at_least) for band in bands] == [("A", 7), ("B", 3), ("C", None)]


@pytest.mark.parametrize("key", ["2", "-1", "first"])
def test_a_number_that_the_list_does_not_have_is_refused(key):
    """The numbers that there are stand in the remedy."""
    with pytest.raises(UnknownKey) as caught:
        load_files(files(CHANGED.replace("{LIST}", f"{{{key}: {{at_least: 7}}}}"), shared=GRADES))
    assert caught.value.remedy.startswith("0 to 1")
