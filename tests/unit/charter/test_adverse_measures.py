"""What counts as a disadvantage, whatever a catalogue calls it: the same articles hold for all of it."""

from __future__ import annotations

from typing import Any

import pytest
from tests.law.sound import load_sound_catalogue

from goodstanding import charter
from goodstanding.catalogue import Catalogue, load_library, overlay_catalogue
from goodstanding.charter import assess
from goodstanding.charter.burdens.adverse_measures import determine_weight, read_adverse_table
from goodstanding.charter.vocabulary import get_vocabulary

BASIS = {"basis": "act art. 1"}
LICENCE = {"field": "food-licensing", "purpose": "licensing", "audience": ["office"]}
CONTRACTS = {"field": "public-procurement", "purpose": "public-procurement", "audience": ["procuring-authority"]}
LOANS = {"field": "extending-credit", "purpose": "extending-credit", "audience": ["lender"]}
GRANTS = {"field": "public-funds", "purpose": "public-funds", "audience": ["funding-authority"]}
VISITS = {"field": "inspection", "purpose": "inspection", "audience": ["office"]}
SHOWN = {"field": "public-information", "purpose": "public-information", "audience": ["anybody"]}
OF_FOOD = {"title": "After a visit", "scheme": "food", "grades": ["B"], **BASIS}
BANDS = [{"grade": "A", "at_most": 2}, {"grade": "B", "at_most": 4}, {"grade": "C", "at_most": 6}, {"grade": "D"}]
OF_GRADES = {"title": "After a visit", "scheme": "food", **BASIS}
OF_DEBT = {"title": "After a debt", "list": "debtors", **BASIS}
OF_FRAUD = {"title": "After fraud", "list": "excluded", **BASIS}
SEEN = {"title": "Seen", "role": "decision", "audience": "anybody", **BASIS}
VISITED = {"title": "Visited", "record": "visit", "procedure": "hearing", "steps": {"seen": SEEN}, **BASIS}
VISITED_LIST = {"title": "Visited", "case": "visited", "while": ["seen"], "stays": "P1Y", **BASIS}
HONOURED = {"title": "Honoured", "record": "honour", "steps": {"seen": SEEN}, **BASIS}
HONOURS_LIST = {"title": "Honours", "case": "honoured", "while": ["seen"], "stays": "P3Y", **BASIS}
SCHEME = {"title": "Other", "kind": "latest", "record": "visit", "lapses": "P2Y", "procedure": "hearing", **BASIS}
BEST = {"measures__x": {**OF_GRADES, "kind": "benefit", "grades": ["A"], **LICENCE}}
OF_OTHER = {"measures__y": {**OF_GRADES, "scheme": "other", "kind": "benefit", "grades": ["E"], **LICENCE}}
LOW = [{"grade": "F", "at_most": 2}, {"grade": "E", "at_most": 4}, {"grade": "G", "at_most": 7}, {"grade": "H"}]
THIRD = {
    **SCHEME,
    "score": "score",
    "bands": [{"grade": "I", "at_most": 3}, {"grade": "J", "at_most": 7}, {"grade": "K"}],
}
POINTS = {
    "title": "Other", "kind": "points", "record": "visit", "procedure": "hearing", "starts_with": "visit", **BASIS,
    "base": 10, "floor": 0, "cap": 10,
    "items": {"dirt": {"title": "Dirt", "when": "score > 5", "points": -3, "counts_for": "P1Y", **BASIS}},
    "bands": [{"grade": "E", "at_least": 9}, {"grade": "G", "at_least": 5}, {"grade": "H"}],
}  # fmt: skip
# each benefits less than half of the grades of its scheme, and together half or more of whoever is visited
SPLIT: dict[str, dict[str, Any]] = {
    "two schemes": {**BEST, **OF_OTHER, "schemes__other": {**SCHEME, "score": "score", "bands": LOW}},
    "a mean beside": {**BEST, **OF_OTHER, "schemes__other": {**SCHEME, "score": "score", "over": "P1Y", "bands": LOW}},
    "grades by conditions": {
        **BEST,
        **OF_OTHER,
        "schemes__other": {
            **SCHEME,
            "bands": [
                {"grade": "E", "when": "score > 2 AND score <= 4"},
                {"grade": "G", "when": "score <= 2"},
                {"grade": "H", "when": "score > 4"},
            ],
        },
    },
    "running points": {**BEST, **OF_OTHER, "schemes__other": POINTS},
    "three schemes": {
        "measures__z": {**OF_GRADES, "scheme": "third", "kind": "benefit", "grades": ["I"], **LICENCE},
        **OF_OTHER,
        "schemes__other": {**SCHEME, "score": "score", "bands": LOW},
        "schemes__third": THIRD,
    },
    "a secret scheme": {
        **BEST, **OF_OTHER, "schemes__other": {**SCHEME, "score": "score", "bands": LOW, "audience": "parties"},
    },
}  # fmt: skip


def vary(**changes: Any) -> Catalogue:
    """The sound catalogue with measures, cases, lists and more laid over it; `__` stands for a dot."""
    return overlay_catalogue(load_sound_catalogue(), {key.replace("__", "."): value for key, value in changes.items()})


# what is done under another name, and the article that it breaches all the same
DISGUISES: dict[str, tuple[dict[str, Any], int]] = {
    "supervision that forbids, on a grade": ({"measures__x": {**OF_FOOD, "kind": "supervision", **LICENCE}}, 6),
    "publication to who decides, on a grade": ({"measures__x": {**OF_FOOD, "kind": "publication", **LICENCE}}, 6),
    "a benefit that most grades have": (
        {"measures__x": {**OF_FOOD, "kind": "benefit", "grades": ["A", "B"], **LICENCE}},
        6,
    ),
    "a benefit of all who pass": (
        {"measures__x": {**OF_GRADES, "kind": "benefit", "grades": ["A"], **LICENCE}},
        6,
    ),
    "one benefit in two measures": (
        {
            "measures__x": {**OF_GRADES, "kind": "benefit", "grades": ["A", "B"], **LICENCE},
            "measures__y": {**OF_GRADES, "kind": "benefit", "grades": ["C"], **LICENCE},
            "schemes__food__bands": BANDS,
            "measures__more-visits__grades": ["D"],
        },
        6,
    ),
    **{
        f"one benefit in {name}": (
            {**changes, "schemes__food__bands": BANDS, "measures__more-visits__grades": ["D"]},
            6,
        )
        for name, changes in SPLIT.items()
    },
    "a certificate that the subject has to show": (
        {"measures__x": {**OF_FOOD, "kind": "publication", **LICENCE, "audience": ["subject"]}},
        6,
    ),
    "public information for one authority": (
        {"measures__x": {**OF_FOOD, "kind": "publication", **SHOWN, "audience": ["procuring-authority"]}},
        6,
    ),
    "a public list of mere findings": ({"cases__visited": VISITED, "lists__visits": VISITED_LIST}, 6),
    "a public list made from one of mere findings": (
        {
            "cases__visited": VISITED,
            "lists__visits": {**VISITED_LIST, "audience": "parties"},
            "lists__both": {"title": "Both", "from": ["visits"], **BASIS},
        },
        6,
    ),
    "a restriction on a list made from lists": (
        {
            "lists__both": {"title": "Both", "from": ["excluded"], **BASIS},
            "measures__x": {"title": "After lists", "list": "both", "kind": "restriction", **GRANTS, **BASIS},
        },
        6,
    ),
    "a list for the parties of mere findings, told to who decides": (
        {
            "cases__visited": VISITED,
            "lists__visits": {**VISITED_LIST, "audience": "parties"},
            "measures__x": {"title": "Told", "list": "visits", "kind": "publication", **LICENCE, **BASIS},
        },
        6,
    ),
    "a second bar by publication": ({"measures__x": {**OF_FRAUD, "kind": "publication", **CONTRACTS}}, 7),
    "a second bar by supervision": ({"measures__x": {**OF_FRAUD, "kind": "supervision", **CONTRACTS}}, 7),
    "a second bar by a benefit lost": (
        {
            "measures__x": {**OF_FRAUD, "kind": "benefit", **GRANTS},
            "measures__y": {**OF_FRAUD, "kind": "benefit", **GRANTS},
        },
        7,
    ),
    "a harmless field for another purpose": (
        {"measures__x": {**OF_FRAUD, "kind": "restriction", **SHOWN, "purpose": "public-procurement"}},
        7,
    ),
    "a bar in inspection's clothes": (
        {"measures__x": {**OF_FRAUD, "kind": "supervision", **VISITS, "purpose": "licensing"}},
        7,
    ),
    "publication to lenders that spares nothing": (
        {"measures__x": {**OF_DEBT, "kind": "publication", **GRANTS}},
        8,
    ),
    "supervision of a person that spares half": (
        {"measures__x": {**OF_DEBT, "kind": "supervision", **GRANTS, "exempts": ["housing", "work"]}},
        8,
    ),
    "a restriction that exempts in free words": (
        {"measures__x": {**OF_DEBT, "kind": "restriction", **GRANTS, "exempts": ["everything that is kind"]}},
        8,
    ),
    "a grade that bars, without notice": (
        {
            "schemes__food__procedure": None,
            "measures__x": {**OF_FOOD, "kind": "supervision", "grades": ["B"], **LICENCE},
        },
        12,
    ),
    "a secret grade without appeal": ({"schemes__food__procedure": None, "schemes__food__audience": "parties"}, 14),
}


@pytest.mark.parametrize("name", DISGUISES)
def test_a_disadvantage_under_another_name_is_one(name: str) -> None:
    """The article asks of it what it asks of a restriction, and the refusal says what would be right."""
    changes, article = DISGUISES[name]
    catalogue = vary(**changes)
    breaches = [breach for breach in assess(catalogue).breaches if breach.article == article]
    assert breaches, assess(catalogue).breaches
    assert article > 11 or all(breach.reason.render_remedy() for breach in breaches)


LAWFUL: dict[str, dict[str, Any]] = {
    "more visits after a low grade": {"measures__x": {**OF_FOOD, "kind": "supervision", **VISITS}},
    "the grade is published": {"measures__x": {**OF_FOOD, "kind": "publication", **SHOWN}},
    "a score that somebody asked for, shown to a lender": {
        "measures__x": {"title": "Shown", "scheme": "loan", "grades": ["low"], "kind": "publication", **LOANS, **BASIS}
    },
    "a benefit of the best grade of several": {
        "measures__x": {**OF_GRADES, "kind": "benefit", "grades": ["A"], **VISITS, "field": "facilitation"},
        "schemes__food__bands": BANDS,
        "measures__more-visits__grades": ["D"],
    },
    "benefits in two fields, by two schemes": {
        **BEST,
        "measures__y": {**OF_GRADES, "scheme": "other", "kind": "benefit", "grades": ["E"], **VISITS,
                        "field": "facilitation"},
        "schemes__other": {**SCHEME, "score": "score", "bands": LOW},
        "schemes__food__bands": BANDS,
        "measures__more-visits__grades": ["D"],
    },
    "what the subject alone is told": {
        "measures__x": {
            **OF_DEBT, "kind": "publication", "field": "information-on-request", "purpose": "own-request",
            "audience": ["subject"],
        }
    },
    "a court that enforces is told": {
        "measures__x": {
            **OF_DEBT, "kind": "publication", "field": "enforcement", "purpose": "enforcement",
            "audience": ["enforcement-court"],
        }
    },
    "a second bar in another field": {"measures__x": {**OF_FRAUD, "kind": "restriction", **GRANTS}},
    "a restriction on a person that spares what is needed, and more": {
        "measures__x": {
            **OF_DEBT, "kind": "restriction", **GRANTS,
            "exempts": ["a payment account", "Housing", "work", "power and water", "running grants"],
        }
    },
    "a list of honours that anybody sees": {"cases__honoured": HONOURED, "lists__honours": HONOURS_LIST},
    "a public list made from public ones": {"lists__both": {"title": "Both", "from": ["excluded"], **BASIS}},
    "a list for the parties made from lists": {
        "lists__both": {"title": "Both", "from": ["excluded"], "audience": "parties", **BASIS}
    },
}  # fmt: skip


@pytest.mark.parametrize("name", LAWFUL)
def test_what_bars_nobody_stays_possible(name: str) -> None:
    """Beside each disguise stands what it was taken for, and that is enacted."""
    charter.refuse_if_breached(vary(**LAWFUL[name]))


def test_each_row_of_the_table_is_reached_and_gives_its_reason() -> None:
    """A row after a wider one of its kind would never count; a kind's last row fits everything."""
    rows = read_adverse_table()["measures"]
    assert all(row["why"] and row["weight"] in ("bar", "display", "none") for row in rows)
    for kind in ("restriction", "benefit", "supervision", "publication"):
        wide = [set(row) == {"kind", "weight", "why"} for row in rows if row["kind"] == kind]
        assert wide == [False] * (len(wide) - 1) + [True], kind


def test_the_table_names_only_words_of_the_charter() -> None:
    """Fields, purposes and kinds of field that do not exist would decide nothing."""
    table = read_adverse_table()
    fields = {field for row in table["measures"] for field in row.get("fields", ())}
    fields |= {field for named in table["purposes"].values() for field in named}
    assert fields == fields & set(get_vocabulary("fields"))
    purposes = {purpose for row in table["measures"] for purpose in row.get("purposes", ())} | set(table["purposes"])
    assert purposes == purposes & set(get_vocabulary("purposes"))
    kinds = {kind for rule in table["spares"].values() for kind in rule["kinds"]} | set(table["spared_if"])
    assert kinds == kinds & set(get_vocabulary("kinds"))


def test_the_shipped_live_catalogues_bar_by_decisions_alone() -> None:
    """Whatever weighs as a bar there rests on a list, never on a grade."""
    for catalogue in load_library().values():
        for measure in catalogue.measures.values() if catalogue.mode == "live" else ():
            assert determine_weight(catalogue, measure) != "bar" or measure.list
