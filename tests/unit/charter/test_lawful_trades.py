"""Edits that ministries may want, all lawful: each is assessed and run dry, as a draft and an enactment are."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.law import test_lawful_edits
from tests.unit.charter import test_lawful_catalogues
from tests.unit.charter.edited_catalogues import assert_enactable

from goodstanding.catalogue import Catalogue, load_files, overlay_catalogue
from goodstanding.catalogue.compiler.source_positions import SourcePositions
from goodstanding.charter.vocabulary import get_vocabulary

FOLDER = Path(__file__).parent / "lawful_trades"
NAMES = "catalogue.yaml", "instruments.yaml", "sources.csv"
FILES = {name: (FOLDER / name).read_text(encoding="utf-8") for name in NAMES}
EDITS: dict[str, dict[str, Any]] = {
    edit["edit"]: edit
    for edit in SourcePositions().read("edits.yaml", (FOLDER / "edits.yaml").read_text(encoding="utf-8"))
}


def load_edited_trade(name: str) -> Catalogue:
    """The trade catalogue with one edit laid over it."""
    feeds = {"feeds/inspections.yaml": EDITS[name]["feed"]} if "feed" in EDITS[name] else {}
    return overlay_catalogue(load_files({**FILES, **feeds}), EDITS[name].get("changes", {}))


@pytest.mark.parametrize("name", EDITS)
def test_what_a_ministry_may_want_can_be_enacted(name: str) -> None:
    """The rules hold together, no article is breached, and a run over records at the edges works."""
    assert_enactable(load_edited_trade(name))


def test_there_are_enough_lawful_edits() -> None:
    """At least 120 different ones in all, of them ten sectors of their own and ten shorter procedures."""
    others = (*test_lawful_edits.EDITS, *test_lawful_catalogues.EDITS, *test_lawful_catalogues.SHORTER)
    sectors = test_lawful_catalogues.SECTORS.values()
    assert len({repr(edit) for edit in (*EDITS.values(), *others, *sectors)}) >= 120
    assert len(test_lawful_catalogues.SHORTER) >= 10
    new_sectors = [edit["changes"] for edit in EDITS.values() if edit["kind"] == "sector"]
    assert len({tuple(changes.get("records.order.conduct", ())) for changes in new_sectors}) >= 10


@pytest.mark.parametrize("conduct", [word for word, entry in get_vocabulary("conduct").items() if "law" in entry])
def test_each_sector_of_the_charter_can_be_graded(conduct: str) -> None:
    """A word of conduct that names its law is enough for inspections with a grade that everybody sees."""
    only_graded = dict.fromkeys(("measures", "lists", "cases", "records.order", "records.appeal", "records.end"))
    display = {
        "title": "Disputes",
        "basis": "charter art. 18",
        "appeal": {
            "held_by": "register", "body": "register", "suspends": True, "silence": "subject", "decided_in": 30,
            "basis": "charter art. 18",
        },
    }  # fmt: skip
    changes = {**only_graded, "records.inspection.conduct": [conduct], "procedures.hearing": display}
    assert_enactable(overlay_catalogue(load_files(FILES), changes))
