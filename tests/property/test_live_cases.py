"""What the charter promises of effects holds of every live catalogue, whatever it declares, and of every history.

Catalogues of a small shape are drawn from the model, also ones that the articles refuse, and records of three sources.
What must hold is worked out from the records alone.
"""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import pyarrow as pa
from hypothesis import event, given, settings
from hypothesis import strategies as st
from tests.profiles import share_of_examples
from tests.rules import INSTRUMENTS

from goodstanding.catalogue import Catalogue, load_files
from goodstanding.effects import RECORDS, compute_intervals

OFFICE, COURT, STRANGER = "office", "court", "other-office"
SOURCES = "id,name,kind,region\noffice,Office,office,\nother-office,Other office,office,\ncourt,Court,court,\n"
START = date(2024, 1, 1)
ON = {"basis": "act art. 1"}
ENDING, DECIDING = ("performance", "annulment", "settlement", "withdrawal"), ("decision", "confirmation")
STAGES = ("told", "decided", "contested", "confirmation", *ENDING)
EARLY = st.integers(0, 20).map(lambda number: START + timedelta(days=number))
LATE = st.integers(30, 200).map(lambda number: START + timedelta(days=number))
WAITS = st.sampled_from([None, None, "P20D", "P1Y"])
FIELD = {"type": "date", "kind": "day"}


def _optional(draw: st.DrawFn, **values: Any) -> dict[str, Any]:
    """Each value, or nothing."""
    return {name: value for name, value in values.items() if draw(st.booleans())}


@st.composite
def catalogues(draw: st.DrawFn) -> Catalogue:
    """A live catalogue with a case of notice, decision, appeal and ends, in any order, with any words about itself."""
    named = [name for name in draw(st.permutations(STAGES)) if name != "told" or draw(st.booleans())]
    steps = {name: _draw_step(draw, name, "told" in named) for name in named}
    listed = ["decided", *draw(st.lists(st.sampled_from(named), max_size=3))]
    case = ON | {"title": "Exclusion", "record": "finding", "steps": steps}
    procedure = {} if draw(st.integers(0, 9)) == 0 else {"procedure": "hearing"}
    rules = {
        "catalogue": "tiny",
        "version": 1,
        "mode": "live",
        "title": "Tiny",
        "summary": "Rules.",
        "in_force": "2020-01-01",
        "subjects": ["organisation"],
        "records": _build_record_types(),
        "procedures": {"hearing": _draw_procedure(draw)},
        "cases": {"exclusion": case | procedure},
        "lists": {"excluded": ON | {"title": "Excluded", "case": "exclusion", "while": listed}},
    }
    return load_files({"catalogue.yaml": json.dumps(rules), "instruments.yaml": INSTRUMENTS, "sources.csv": SOURCES})


def _build_record_types() -> dict[str, Any]:
    fields = {"told_on": FIELD | {"title": "Told"}, "decided_on": FIELD | {"title": "Decided"}}
    fields["decided_by"] = {"type": "text", "title": "Who decided", "kind": "official", "public": False}
    finding = ON | {"title": "Finding", "by": ["office"], "states": "decision", "fields": fields}
    statement = ON | {"title": "Statement", "by": ["office", "court"], "states": "step", "about": "finding"}
    return {"finding": finding} | dict.fromkeys(("contest", "ruling", *ENDING), statement)


def _draw_step(draw: st.DrawFn, name: str, has_notice: bool) -> dict[str, Any]:
    before = ["told"] if has_notice and draw(st.integers(0, 9)) else []
    own = {
        "told": {"role": "notice", "on": draw(st.sampled_from(["told_on", "occurred"]))},
        "decided": {"role": "decision", "on": "decided_on", "after": before},
        "contested": {"role": "appeal", "record": "contest", "after": ["decided"]},
        "confirmation": {"role": "decision", "record": "ruling", "after": ["contested"]},
    }
    ending = {"role": name, "record": name, "after": draw(st.sampled_from([["decided"], ["contested"]]))}
    step: dict[str, Any] = own.get(name, ending)
    wait = {"not_before": term} if step.get("after") and (term := draw(WAITS)) else {}  # an opening step has no wait
    return ON | {"title": name.title()} | step | wait


def _draw_procedure(draw: st.DrawFn) -> dict[str, Any]:
    reply = ON | {"held_by": "subject", "days": draw(st.integers(0, 12)), "working": draw(st.booleans())}
    decision = ON | {"held_by": "office", "proof": "decided_on", "named": "decided_by"}
    decision |= _optional(draw, days=draw(st.integers(0, 40)))
    notice = ON | {"held_by": "office", "proof": "told_on"}
    return ON | {"title": "Hearing"} | _optional(draw, reply=reply) | {"notice": notice, "decision": decision}


@st.composite
def histories(draw: st.DrawFn) -> list[dict[str, Any]]:
    """A finding by the office, and what all three sources state about it."""
    notice_day = draw(EARLY)
    decided = notice_day + timedelta(days=draw(st.integers(-2, 60)))
    fields = {"told_on": notice_day, "decided_on": decided, "decided_by": "R. Example"}
    if draw(st.integers(0, 9)) == 0:
        fields.pop(draw(st.sampled_from([*fields])))
    finding = {"record": "finding", "source": OFFICE, "reference": "a", "occurred": draw(EARLY), "fields": fields}
    names = st.sampled_from(["contest", "ruling", *ENDING])
    statements = st.lists(
        st.tuples(names, st.sampled_from([OFFICE, COURT, STRANGER, STRANGER]), LATE), min_size=1, max_size=4
    )
    return [finding] + [
        {"record": name, "source": source, "reference": str(number), "about": "a", "occurred": day, "fields": {}}
        for number, (name, source, day) in enumerate(draw(statements))
    ]


def list_listed_days(catalogue: Catalogue, records: list[dict[str, Any]]) -> set[date]:
    """The days of two years on which the subject is on the list."""
    rows = [
        {"position": position, "subject_id": 1, "about": None, "published": None, **record}
        | {"fields": json.dumps(record["fields"], default=str)}
        for position, record in enumerate(records, 1)
    ]
    intervals = compute_intervals(pa.Table.from_pylist(rows, schema=RECORDS), catalogue).to_pylist()
    listings = [row for row in intervals if row["kind"] == "listing"]
    days = (START + timedelta(days=number) for number in range(730))
    return {
        day
        for day in days
        if any(row["valid_from"] <= day and (row["valid_to"] is None or day < row["valid_to"]) for row in listings)
    }


def list_stated_days(records: list[dict[str, Any]], *names: str, sources: tuple[str, ...] = ()) -> list[date]:
    """The days of statements of these record types, of some sources or of all."""
    return [
        record["occurred"]
        for record in records
        if record["record"] in names and (not sources or record["source"] in sources)
    ]


def find_last_day_to_decide(catalogue: Catalogue, told_on: date) -> date:
    """The latest that a decision can be: the days to reply and to decide at their longest, and a weekend after each."""
    procedure = catalogue.procedures["hearing"]
    reply, decision = procedure.reply, procedure.decision
    to_reply = max(10, (reply.days or 0) * (2 if reply.working else 1)) if reply else 10
    to_decide = decision.days if decision and decision.days is not None else 365
    return told_on + timedelta(days=to_reply + to_decide + 6)


@settings(max_examples=share_of_examples(400))
@given(catalogues(), histories())
def test_nothing_binds_before_notice_and_reply_and_nothing_outlives_its_end(
    catalogue: Catalogue, records: list[dict[str, Any]]
) -> None:
    """Notice, ten days and a named official come first; an appeal suspends until it is answered; an end is an end."""
    listed, finding = list_listed_days(catalogue, records), records[0]["fields"]
    if not listed:
        return
    event("listed")
    assert finding["decided_by"]
    assert min(listed) >= max(finding["told_on"] + timedelta(days=10), finding["decided_on"])
    assert finding["decided_on"] <= find_last_day_to_decide(catalogue, finding["told_on"])
    ends = list_stated_days(records, *ENDING)
    assert not ends or max(listed) < max(min(ends), finding["decided_on"])
    answers = list_stated_days(records, "ruling", sources=(OFFICE, COURT))
    for contested in list_stated_days(records, "contest"):
        answered = min((day for day in answers if day >= contested), default=date.max)
        suspended = [day for day in listed if contested <= day < answered]
        assert contested < finding["decided_on"] or not suspended
