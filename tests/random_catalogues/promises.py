"""What the charter promises whoever is in a register, worked out from its words, the records and the effects alone.

Nothing here runs a case or reads SQL: an effect is looked at from outside, beside all that was stated, and each promise
that it breaks is told in words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from tests.random_catalogues.case_promises import DAY, FIVE_YEARS, Matter, Row, get_end
from tests.random_catalogues.rules import GRAVE

from goodstanding.catalogue import Catalogue


def list_broken_promises(catalogue: Catalogue, rows: Sequence[Row], effects: Sequence[Row]) -> Iterator[str]:
    """Each promise of the charter that the effects of one subject break, as a sentence."""
    for effect in effects:
        yield from _list_untimely(catalogue, effect)
        yield from _list_shown_to_all(catalogue, effect)
        yield from _list_unagreed(catalogue, effect, rows)
        if effect["kind"] == "grade":
            yield from _list_old_grades(catalogue, effect, rows)
    for opening in rows:
        for name, case in catalogue.cases.items():
            if opening["record"] == case.record:
                yield from Matter(catalogue, name, opening, rows, effects).list_broken()
    yield from _list_measures_alone(catalogue, effects)
    yield from _list_ungrave(catalogue, effects, rows)


def _list_untimely(catalogue: Catalogue, effect: Row) -> Iterator[str]:
    """Nothing holds before the rules' first day or after their last, nor when their law was repealed (1, 10)."""
    if effect["valid_from"] < catalogue.in_force:
        yield f"{effect['measure']} holds before the rules"
    lasts = [day for day in (catalogue.until, _find_repeal(catalogue, effect)) if day]
    if any(get_end(effect) > day for day in lasts):
        yield f"{effect['measure']} holds after the rules or their law"


def _find_repeal(catalogue: Catalogue, effect: Row) -> date | None:
    rules = {**catalogue.schemes, **catalogue.lists, **catalogue.measures}
    rule = rules.get(effect["measure"])
    instrument = catalogue.instruments.get(rule.basis.split()[0]) if rule else None
    return instrument.until if instrument else None


def _list_shown_to_all(catalogue: Catalogue, effect: Row) -> Iterator[str]:
    """Anybody sees no case, and no more than what a rule opens to anybody; of persons nothing (3, 19)."""
    if effect["audience"] != "anybody":
        return
    name = effect["measure"]
    if effect["kind"] == "case":
        yield f"{name} shows to anybody where a case stands"
    ground = name if name not in catalogue.measures else effect["value"]
    if ground in catalogue.lists and catalogue.lists[ground].audience != "anybody":
        yield f"{name} shows a list of parties to anybody"
    if ground in catalogue.lists and "person" in _list_subjects(catalogue, ground):
        yield f"{name} shows a person to anybody"
    if name in catalogue.lists and _is_closed_step(catalogue, effect):
        yield f"{name} shows a step of parties to anybody"
    if ground in catalogue.schemes:
        scheme = catalogue.schemes[ground]
        if "person" in catalogue.concerned(scheme.record):
            yield f"{name} shows a person to anybody"
        grade = effect["value"] if name == ground else effect["why"].removeprefix("grade:")
        if scheme.audience != "anybody" and grade not in scheme.public_grades:
            yield f"{name} shows a grade of parties to anybody"


def _is_closed_step(catalogue: Catalogue, effect: Row) -> bool:
    """Whether the step that lists says of itself that it is for its parties."""
    case = catalogue.cases.get(catalogue.lists[effect["measure"]].case or "")
    step = case.steps[effect["value"]] if case else None
    return step is not None and step.model_fields_set >= {"audience"} and step.audience == "parties"


def _list_unagreed(catalogue: Catalogue, effect: Row, rows: Sequence[Row]) -> Iterator[str]:
    """Nothing follows from a good deed to which nobody agreed, or before the day on which somebody did (5)."""
    for row in rows:
        consent = catalogue.records[row["record"]].consent
        if consent and row["position"] in effect["because"]:
            agreed = row["fields"].get(consent)
            if not agreed or (isinstance(agreed, date) and agreed > effect["valid_from"]):
                yield f"{effect['measure']} rests on what nobody agreed to"


def _list_subjects(catalogue: Catalogue, listed: str) -> set[str]:
    return {kind for record in catalogue.opening(listed) for kind in catalogue.concerned(record)}


def _list_old_grades(catalogue: Catalogue, effect: Row, rows: Sequence[Row]) -> Iterator[str]:
    """No grade, and no reason for none that says what was found, rests on what is more than five years old (11)."""
    scheme = catalogue.schemes[effect["measure"]]
    days = {row["position"]: row["occurred"] for row in rows if row["record"] == scheme.record}
    grounds = [days[position] for position in effect["because"] if position in days]
    if not grounds or not scheme.kept or (effect["value"] is None and effect["why"].startswith("undecided")):
        return
    oldest = min(grounds) if scheme.kind == "points" or scheme.over else max(grounds)
    if get_end(effect) > oldest + FIVE_YEARS:
        yield f"{effect['measure']} rests on what is too old: {effect['why']}"
    if scheme.lapses and get_end(effect) > scheme.lapses.after(max(grounds), "next-day"):
        yield f"{effect['measure']} holds after it lapsed: {effect['why']}"


def _list_measures_alone(catalogue: Catalogue, effects: Sequence[Row]) -> Iterator[str]:
    """A measure holds only while its list or its grade does, and a list of lists while enough of them do."""
    for effect in effects:
        rule, listed = catalogue.measures.get(effect["measure"]), catalogue.lists.get(effect["measure"])
        grounds: Iterable[str] = [rule.list or rule.scheme or ""] if rule else listed.from_ if listed else []
        least = listed.at_least if listed and listed.from_ else 1
        days = [effect["valid_from"], get_end(effect) - DAY] if grounds else []
        for day in days:
            holding = {other["measure"] for other in effects if other["measure"] in grounds and _holds(other, day)}
            if len(holding) < least:
                yield f"{effect['measure']} holds without its ground"


def _list_ungrave(catalogue: Catalogue, effects: Sequence[Row], rows: Sequence[Row]) -> Iterator[str]:
    """A measure for what is grave alone follows from nothing that is not, or of which nobody says so (8)."""
    classes = {row["position"]: row["fields"].get("class") for row in rows}
    for effect in effects:
        rule = catalogue.measures.get(effect["measure"])
        if rule and rule.when == GRAVE and "grave" not in {classes[position] for position in effect["because"]}:
            yield f"{effect['measure']} follows from what is not grave"


def _holds(effect: Row, day: date) -> bool:
    start: date = effect["valid_from"]
    return start <= day < get_end(effect)
