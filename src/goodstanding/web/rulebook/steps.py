"""The steps of a procedure in words, those that are left out too."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.utils.translation import gettext as _

from goodstanding.catalogue import Catalogue
from goodstanding.catalogue.model import Appeal, Decision, Hand, Interim, Notice, Procedure, Repair
from goodstanding.charter.parts import decided
from goodstanding.web.lengths import days
from goodstanding.web.rulebook.lines import absent, line, listed, spoken
from goodstanding.web.shapes.catalogues import RuleLine


def procedure_lines(catalogue: Catalogue, name: str, rule: Procedure) -> Iterator[RuleLine]:
    """The procedure itself, then its steps in their order; what is left out where somebody is put at a disadvantage."""
    place = f"procedures/{name}"
    asked = any(one.name == name for one in decided(catalogue))
    yield line(catalogue, place, rule, _("In short"))
    for key, (title, without) in _steps().items():
        hand = getattr(rule, key)
        if hand is not None:
            yield line(catalogue, f"{place}/{key}", hand, title, [*_said(hand), *_held(hand)])
        elif without and asked:
            yield absent(f"{place}/{key}", title, without)


def _steps() -> dict[str, tuple[str, str]]:
    """Each step, and what it means that it is left out."""
    return {
        "interim": (_("In an emergency"), ""),
        "notice": (_("Notice"), _("Nobody is told before it takes effect.")),
        "reply": (_("Reply"), _("Nobody is heard before it is decided.")),
        "decision": (_("Decision"), _("Nobody is said to decide.")),
        "appeal": (_("Appeal"), _("There is no appeal.")),
        "repair": (_("Repair"), _("There is no way to make good.")),
    }


def _held(hand: Hand) -> Iterator[str]:
    yield _("Held by: %(who)s.") % {"who": spoken(hand.held_by)}
    if hand.days is not None:
        yield _("Within %(days)s.") % {"days": days(hand.days, hand.working)}
    yield _("Proved on record.") if hand.proof else _("Nothing on record proves it.")


def _said(hand: Hand) -> Iterator[str]:
    yield from _WAYS.get(type(hand), _nothing_more)(hand)


def _nothing_more(hand: Hand) -> Iterator[str]:
    yield from ()


def _notice(hand: Notice) -> Iterator[str]:
    late, unknown = _("Only after it took effect."), _("Whether before it takes effect is not known.")
    yield _either(hand.before_effect, _("Before it takes effect."), late, unknown)
    yield _either(hand.reasons, _("With reasons."), _("Without reasons."), _("Whether with reasons is not known."))
    evidence = {
        "all": _("With all of the evidence."),
        "part": _("With part of the evidence."),
        "none": _("Without the evidence."),
    }
    yield evidence[hand.evidence] if hand.evidence else _("Whether with the evidence is not known.")


def _either(said: bool | None, yes: str, no: str, unknown: str) -> str:
    """What holds; where the catalogue does not say, that it is not known."""
    return unknown if said is None else yes if said else no


def _decision(hand: Decision) -> Iterator[str]:
    yield _("By a named human.") if hand.named else _("Nobody is named who decided.")
    yield _either(hand.reasons, _("With reasons."), _("Without reasons."), _("Whether with reasons is not known."))
    if hand.bulk:
        yield _("Many at once.")
    if hand.by_proposer:
        yield _("By whoever proposed it.")
    yield _silence(hand.silence) if hand.days is not None else _("No time to decide is set.")


def _silence(whom: str | None) -> str:
    if whom is None:
        return _("What follows if nobody decides in time is not known.")
    if whom == "subject":
        return _("If nobody decides in time, that counts for the subject.")
    return _("If nobody decides in time, that counts against the subject.")


def _appeal(hand: Appeal) -> Iterator[str]:
    bodies = {
        "independent": _("To an independent body."),
        "court": _("To a court."),
        "register": _("To the register’s own body."),
        "superior": _("To the body above the one that decided."),
        "same": _("To the body that decided."),
    }
    yield bodies[hand.body]
    unknown = _("Whether it suspends anything is not known.")
    yield _either(hand.suspends, _("An appeal in time suspends a restriction."), _("It suspends nothing."), unknown)
    if hand.decided_in is not None:
        yield _("Decided within %(days)s.") % {"days": days(hand.decided_in)}
    yield _silence(hand.silence) if hand.decided_in is not None else _("No time to decide is set.")


def _interim(hand: Interim) -> Iterator[str]:
    yield _("Against danger to life.") if hand.danger == "life" else _("Without danger to life.")
    if hand.heard_within is not None:
        yield _("Heard within %(days)s.") % {"days": days(hand.heard_within, working=True)}


def _repair(hand: Repair) -> Iterator[str]:
    yield _either(hand.right, _("It is a right."), _("It is a favour."), _("Whether it is a right is not known."))
    yield _either(hand.free, _("It is free."), _("It costs a fee."), _("What it costs is not known."))
    stops = {"display": _("display"), "sharing": _("sharing"), "use": _("use")}
    what = listed(stops[one] for one in hand.stops)
    yield _("What stops with it: %(what)s.") % {"what": what} if what else _("What stops with it is not known.")
    if hand.confirmed_within is not None:
        yield _("Recipients confirm within %(days)s.") % {"days": days(hand.confirmed_within)}


_WAYS: dict[type[Hand], Callable[[Any], Iterator[str]]] = {
    Notice: _notice,
    Decision: _decision,
    Appeal: _appeal,
    Interim: _interim,
    Repair: _repair,
}
