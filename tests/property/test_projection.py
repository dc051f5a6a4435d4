"""Random histories under several catalogues: what is stored is what the events say, whichever way it came about.

Three ways give the same rows: batch by batch as things happen, all at once in a rebuild, and each file by itself,
worked out from the ledger's events with no table between.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from tests.people import CLERK, DECIDER, LISTED
from tests.profiles import share_of_examples
from tests.register_fixtures import ENACTED, LIBRARY
from tests.registers import NOW

from goodstanding import config, standing
from goodstanding.access import Actor, Role

pytestmark = pytest.mark.each_database

POINTS, EXCLUSION = "cn-environment-12", "procurement-exclusion"
SOURCE = "cn-js-environment"
TIME_TO_REPLY = timedelta(days=31)
WHY_WRONG = "It was another works."
REGIONS = (None, "CN-32", "CN-33")
ACTS = ("order-to-correct", "excess-air-emission-fine", "environmental-crime")
_rounds = itertools.count()
_companies = st.integers(0, 2)
_steps = st.one_of(
    st.tuples(st.just("enrol"), _companies, st.just(0)),
    st.tuples(st.just("find_act"), _companies, st.integers(0, len(ACTS) - 1)),
    st.tuples(st.sampled_from(["withdraw", "erase", "propose", "decide", "dispute"]), _companies, st.integers(0, 9)),
    st.tuples(st.just("project"), st.just(0), st.just(0)),
)
histories = st.lists(_steps, min_size=3, max_size=14)


class History:
    """What is stated, withdrawn, erased, proposed, decided and disputed about a few companies."""

    def __init__(self) -> None:
        self.round, self.count, self.instant = next(_rounds), itertools.count(1), NOW
        self.records: dict[int, dict[str, int]] = {}  # of each company, by reference: the position on file
        self.cases: dict[int, list[Any]] = {}

    def identifier(self, company: int) -> str:
        """The identifier of a company of this history."""
        return f"uk-fhrs-row:{self.round:04}88{company}"

    def enrol(self, company: int, _number: int) -> None:
        """Takes a company into the scheme of points."""
        self._state("enrolment", company, {})

    def find_act(self, company: int, number: int) -> None:
        """Takes points away from a company."""
        self._state("conduct", company, {"act": ACTS[number]})

    def _state(self, record: str, company: int, fields: Mapping[str, Any]) -> None:
        number = next(self.count)
        reference = f"P{self.round}x{number:02}"
        body = {
            "about": None, "catalogue": POINTS, "feed": "cn-js-conduct", "record": record, "source": SOURCE,
            "fields": fields, "published": None, "occurred": f"2026-0{number % 9 + 1}-11", "stated": "2026-10-16",
            "row": number, "reference": reference,
            "subject": {"identifiers": [self.identifier(company)], "kind": "organisation", "name": f"Works {company}",
                        "names": [], "region": REGIONS[number % 3], "sector": None},
        }  # fmt: skip
        position = self._append("RecordIssued", record, reference, body)
        self.records.setdefault(company, {})[f"{record} {reference}"] = position

    def withdraw(self, company: int, number: int) -> None:
        """Withdraws one of a company's records."""
        for name in self._choose(company, number):
            record, reference = name.split()
            body = {"catalogue": POINTS, "record": record, "source": SOURCE, "stated": "2026-11-16",
                    "reference": reference, "reason": "left out"}  # fmt: skip
            self._append("RecordWithdrawn", record, reference, body)
            del self.records[company][name]

    def erase(self, company: int, number: int) -> None:
        """Erases one of a company's records, unless it is disputed."""
        from goodstanding.errors import NotPossible
        from goodstanding.register.erasure.erasure_requests import ErasureGrounds, confirm_erasure, request_erasure

        for name in self._choose(company, number):
            grounds = ErasureGrounds("unlawful", "It should never have been held.", "Example Act art. 9")
            try:
                erasure = request_erasure([self.records[company][name]], grounds, "Ada Asker", self.instant)
            except NotPossible:
                return
            confirm_erasure(erasure.position, "Ben Confirmer", self.instant)
            del self.records[company][name]

    def propose(self, company: int, _number: int) -> None:
        """Opens a case about a company under the other catalogue, and tells it."""
        from goodstanding.procedure.case_states import Act
        from goodstanding.register.cases.acts import append_act
        from goodstanding.register.cases.proposals import Proposal, propose_case

        number, day = next(self.count), self.instant.date()
        proposal = Proposal(
            list=LISTED, kind="organisation", identifier=self.identifier(company), name=f"Works {company}",
            fields={"cause": "fraud", "sanction": "exclusion", "proved_by": "conviction"},
            reference=f"B{self.round}x{number}", occurred=day, text=f"The bid {self.round} {number} was forged.",
        )  # fmt: skip
        case = propose_case(proposal, CLERK, day, self.instant)
        case = append_act(
            case.position, Act.SERVE_NOTICE, CLERK, day, self.instant, service="delivered", proof="Receipt"
        )
        self.cases.setdefault(company, []).append(case)

    def decide(self, company: int, _number: int) -> None:
        """Decides the oldest case about a company and tells it, so that the listing binds after the appeal's time."""
        from goodstanding.procedure.case_states import Act
        from goodstanding.register.cases.acts import append_act

        if cases := self.cases.get(company):
            self.instant += TIME_TO_REPLY
            case, day, at = cases.pop(0), self.instant.date(), self.instant
            append_act(case.position, Act.DECIDE, DECIDER, day, at, text="It was forged.")
            append_act(case.position, Act.SERVE_DECISION, CLERK, day, at, service="delivered", proof="Receipt")

    def dispute(self, company: int, number: int) -> None:
        """Lets a company dispute one of its records, which lifts what is adverse in it for a while."""
        from goodstanding.errors import NotPossible
        from goodstanding.register.cases.subject_requests import dispute_record

        director = Actor(Role.SUBJECT, self.identifier(company), "Dora Director")
        for name in self._choose(company, number):
            try:
                dispute_record(self.records[company][name], director, self.instant.date(), self.instant, WHY_WRONG)
            except NotPossible:
                return

    def _choose(self, company: int, number: int) -> list[str]:
        """The name of one of a company's records, or of none where it has none."""
        names = list(self.records.get(company, ()))
        return [names[number % len(names)]] if names else []

    def _append(self, kind: str, record: str, reference: str, body: Mapping[str, Any]) -> int:
        from goodstanding.ledger import store
        from goodstanding.register.storage.lifecycle import load_signer

        key = f"{SOURCE} {record} {reference}"
        draft = store.EventDraft(kind, dict(body), key, None, kind)
        [position] = store.append([draft], self.instant, load_signer()).positions
        assert position is not None
        return position


@pytest.fixture
def two_catalogues(register_folder: config.RegisterSettings) -> config.RegisterSettings:
    """A register with a catalogue of points and one of cases in force."""
    from goodstanding.register.projection.projector import catch_up
    from goodstanding.register.rules.enacted_catalogues import enact_catalogue

    for name in (POINTS, EXCLUSION):
        enact_catalogue(LIBRARY[name], ENACTED, NOW)
    catch_up()
    return register_folder


@settings(max_examples=share_of_examples(24), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=histories)
@example([("enrol", 0, 0), ("find_act", 0, 1), ("find_act", 0, 0), ("propose", 0, 0), ("project", 0, 0)])
@example([("find_act", 0, 1), ("find_act", 0, 0), ("project", 0, 0), ("find_act", 0, 0), ("project", 0, 0)])
@example([("propose", 0, 0), ("enrol", 0, 0), ("find_act", 0, 1), ("find_act", 0, 1), ("dispute", 0, 1)])
def test_whichever_way_effects_came_about_they_are_the_same(
    two_catalogues: config.RegisterSettings, steps: list[tuple[str, int, int]]
) -> None:
    """As it happened, rebuilt, and worked out from the events alone: the same rows, each once."""
    from goodstanding.register.projection.projector import catch_up
    from goodstanding.register.projection.verification import verify_register

    history = History()
    for action, company, number in steps:
        if action == "project":
            catch_up()
        else:
            getattr(history, action)(company, number)
    assert verify_register().findings == ()
    assert sorted(list_stored_effects()) == sorted(work_out_effects())
    assert list_stored_regions() == work_out_regions()


def list_stored_regions() -> dict[str, str]:
    """The region of each identifier's file in the register's tables."""
    from goodstanding.register.storage.queries import fetch_rows

    return dict(fetch_rows("SELECT text, region FROM identifier JOIN subject ON subject.id = subject_id"))


def work_out_regions() -> dict[str, str]:
    """The region that the opening source said last, of each identifier in the ledger's events."""
    from goodstanding.ledger import store

    openers, regions = dict[str, str](), dict[str, str]()
    for entry in store.read_entries(0, store.get_ledger_size()):
        body = json.loads(entry.body) if entry.body else {}
        for identifier in body.get("subject", {}).get("identifiers", ()):
            source, region = body["source"], body["subject"].get("region") or ""
            if openers.setdefault(identifier, source) == source:
                regions[identifier] = region or regions.get(identifier, "")
    return regions


EffectRow = tuple[str, ...]


def list_stored_effects() -> Iterator[EffectRow]:
    """The effects in the register's tables, as text."""
    from goodstanding.register.storage.queries import fetch_rows

    names = "catalogue, subject_id, measure, kind, audience, value, score, valid_from, valid_to, because, why"
    for row in fetch_rows(f"SELECT {names} FROM effect"):
        yield tuple(json.dumps(json.loads(cell)) if index == 9 else str(cell) for index, cell in enumerate(row))


def work_out_effects() -> Iterator[EffectRow]:
    """The effects that follow from the events of the ledger, one file and catalogue at a time."""
    from goodstanding.register.files.subjects import find_subject_id

    records = dict[tuple[str, int], list[dict[str, Any]]]()
    for position, body in read_live_records().items():
        subject_id = find_subject_id(body["subject"]["identifiers"][0])
        assert subject_id is not None
        row = {name: body[name] for name in ("record", "source", "reference", "published")}
        row |= {"position": position, "subject_id": subject_id, "about": "", "fields": json.dumps(body["fields"])}
        row |= {"occurred": date.fromisoformat(body["occurred"])}
        records.setdefault((body["catalogue"], subject_id), []).append(row)
    heard = [(catalogue, subject_id) for catalogue, subject_id, *_span in list_spans()]
    for catalogue, subject_id in sorted({*records, *heard}):
        yield from work_out_file(catalogue, subject_id, records.get((catalogue, subject_id), []))


def read_live_records() -> dict[int, dict[str, Any]]:
    """The records that stand, by position: stated, and neither withdrawn nor erased since."""
    from goodstanding.ledger import store

    live = dict[int, dict[str, Any]]()
    for entry in store.read_entries(0, store.get_ledger_size()):
        body = json.loads(entry.body) if entry.body else {}
        if body.get("kind") == "RecordIssued":
            live[entry.position] = body
        elif body.get("kind") == "RecordWithdrawn":
            same = [at for at, earlier in live.items() if earlier["reference"] == body["reference"]]
            for position in same:
                del live[position]
    return live


def list_spans() -> list[tuple[Any, ...]]:
    """The spans of cases: catalogue, subject, case, list, days, whether it binds, how much it lifts, about what."""
    from goodstanding.register.storage.queries import fetch_rows

    return fetch_rows(
        "SELECT hearing.catalogue, hearing.subject_id, case_position, hearing.listed, CAST(valid_from AS TEXT),"
        " coalesce(CAST(valid_to AS TEXT), ''), binds, lifts, hearing.about"
        " FROM hearing_span JOIN hearing ON hearing.position = case_position"
    )


def work_out_file(catalogue: str, subject_id: int, records: list[dict[str, Any]]) -> Iterator[EffectRow]:
    """The effects of one file under one catalogue."""
    from goodstanding.effects import RECORDS, compute_intervals
    from goodstanding.register.projection import case_effects

    rules, spans = LIBRARY[catalogue], [span for span in list_spans() if span[:2] == (catalogue, subject_id)]
    columns = ("case_position", "name", "valid_from", "valid_to", "binds", "lifts", "about")
    named = [{"subject_id": subject_id} | dict(zip(columns, span[2:], strict=True)) for span in spans]
    table = pa.Table.from_pylist(records, schema=RECORDS)
    listings = case_effects.build_listing_intervals([span for span in named if span["binds"]], rules)
    intervals = pa.concat_tables([compute_intervals(table, rules), listings])
    effects = standing.compute_effects(table, intervals, rules)
    lifts = case_effects.group_lifts_by_subject([span for span in named if span["lifts"]])
    for row in case_effects.apply_lifts(effects, lifts).to_pylist():
        names = ("measure", "kind", "audience", "value", "score", "valid_from", "valid_to", "because", "why")
        cells = [json.dumps(row[name]) if name == "because" else row[name] for name in names]
        cells[4] = None if cells[4] is None else int(cells[4])
        yield (catalogue, str(subject_id), *map(str, cells))
