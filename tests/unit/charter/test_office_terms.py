"""Article 9: what somebody did lasts as long whichever office states it."""

from __future__ import annotations

from typing import Any

import pytest
from tests.law.sound import FOLDER, load_sound_catalogue
from yaml import safe_load

from goodstanding.catalogue import Catalogue, load_files, overlay_catalogue
from goodstanding.charter import assess

BASIS = {"basis": "act art. 1"}
SOUND = safe_load((FOLDER / "catalogue.yaml").read_text(encoding="utf-8"))
FINDING = {**SOUND["records"]["finding"], "by": ["province"]}
FRAUD = SOUND["cases"]["fraud"]
STEPS = {"contested": "finding-appeal", "annulled": "finding-ruling", "repaired": "repair"}
OWN = {f"province-{record}": {**SOUND["records"][record], "about": "province-finding"} for record in STEPS.values()}
CASE = {
    **FRAUD,
    "record": "province-finding",
    "steps": {
        name: {**step, **({"record": f"province-{STEPS[name]}"} if name in STEPS else {})}
        for name, step in FRAUD["steps"].items()
    },
}
VISIT = {**SOUND["records"]["visit"], "by": ["province"]}
SHOWN = {"shown_for": "P1Y"}
LIST = {"title": "Excluded there", "case": "there-case", "while": ["excluded"], **BASIS}
LISTED_THERE = {
    "records.province-finding": FINDING,
    **{f"records.{name}": record for name, record in OWN.items()},
    "cases.there-case": CASE,
}
ORDERED = {"title": "Excluded there", "role": "decision", "record": "province-order", **BASIS}


def vary_sound(changes: dict[str, Any]) -> Catalogue:
    """The sound catalogue with changes by path."""
    return overlay_catalogue(load_sound_catalogue(), changes)


def list_codes(changes: dict[str, Any]) -> list[str]:
    """Why the varied catalogue breaches article 9; each says what would be right."""
    breaches = [breach for breach in assess(vary_sound(changes)).breaches if breach.article == 9]
    assert all(breach.reason.render_remedy() for breach in breaches)
    return [str(breach.reason.code) for breach in breaches]


UNEQUAL: dict[str, dict[str, Any]] = {
    "a record, a case and a list of its own": {**LISTED_THERE, "lists.there": {**LIST, "stays": "P1Y"}},
    "a term by a code": {
        **LISTED_THERE,
        "records.province-finding.fields.weight": {"type": "code", "title": "W", "kind": "class", "one_of": ["a", "b"]},
        "lists.there": {**LIST, "stays": {"by": "weight", "terms": {"a": "P3Y", "b": "P6M"}}},
    },
    "a most of its own": {**LISTED_THERE, "lists.there": {**LIST, "stays": {"until": "ends_on", "at_most": "P2Y"}}},
    "more conduct beside": {
        **LISTED_THERE,
        "records.province-finding.conduct": ["corruption", "procurement-fraud"],
        "lists.there": {**LIST, "stays": "P1Y"},
    },
    "one office of several": {
        **LISTED_THERE,
        "records.province-finding.by": ["office", "province"],
        "lists.there": {**LIST, "stays": "P1Y"},
    },
    "a step of its own in one case": {
        "records.province-order": {**SOUND["records"]["repair"], "by": ["province"], "states": "decision"},
        "cases.fraud.steps.there": ORDERED,
        "lists.there": {**LIST, "case": "fraud", "while": ["there"], "stays": "P1Y"},
    },
    "a grade that lapses sooner": {
        "records.province-visit": VISIT,
        "schemes.there": {**SOUND["schemes"]["food"], "record": "province-visit", "lapses": "P6M"},
    },
    "a mean over a shorter time": {
        "records.province-visit": VISIT,
        "schemes.there": {**SOUND["schemes"]["food"], "record": "province-visit", "lapses": None, "over": "P1Y"},
    },
    "a record on display": {"records.province-visit": {**VISIT, **SHOWN}},
}  # fmt: skip


@pytest.mark.parametrize("means", UNEQUAL)
def test_a_term_by_who_states_it_is_refused(means: str) -> None:
    """Each in a list, a grade or a display of its own: the rule reads the office after all."""
    assert set(list_codes(UNEQUAL[means])) == {"term-by-office"}


EQUAL: dict[str, dict[str, Any]] = {
    "the same term": {**LISTED_THERE, "lists.there": {**LIST, "stays": "P3Y"}},
    "other conduct": {
        **LISTED_THERE,
        "records.province-finding.conduct": ["corruption"],
        "lists.there": {**LIST, "stays": "P1Y"},
    },
    "a law of its own": {
        **LISTED_THERE,
        "lists.there": {**LIST, "stays": "P1Y", "basis": "province-act art. 1"},
        "records.province-finding.basis": "province-act art. 1",
    },
    "a court": {
        **LISTED_THERE,
        "records.province-finding.by": ["court"],
        "lists.there": {**LIST, "stays": "P1Y"},
    },
    "the same office": {
        **LISTED_THERE,
        "records.province-finding.by": ["office"],
        "lists.there": {**LIST, "stays": "P1Y"},
    },
    "one after the other": {
        "records.province-order": {**SOUND["records"]["repair"], "by": ["province"], "states": "decision"},
        "cases.fraud.steps.there": {**ORDERED, "after": ["excluded"]},
        "lists.there": {**LIST, "case": "fraud", "while": ["there"], "stays": "P1Y"},
    },
    "a grade that lapses on the same day": {
        "records.province-visit": VISIT,
        "schemes.there": {**SOUND["schemes"]["food"], "record": "province-visit"},
    },
}


@pytest.mark.parametrize("means", EQUAL)
def test_one_term_or_a_law_of_its_own_stays_possible(means: str) -> None:
    """Also a court's own term, and the next step of one case."""
    sound = load_sound_catalogue()
    act = sound.files["instruments.yaml"]
    texts = {**sound.files, "instruments.yaml": act + act.split("notes:")[0].replace("act:", "province-act:", 1)}
    varied = overlay_catalogue(load_files(texts), EQUAL[means])
    assert [str(breach.reason) for breach in assess(varied).breaches if breach.article == 9] == []
