"""The steps of a procedure in words, those that are left out too."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.utils.translation import gettext as _

from goodstanding.catalogue import Catalogue
from goodstanding.catalogue.procedures import (
    AppealRule,
    DecisionRule,
    InterimRule,
    NoticeRule,
    Procedure,
    ProcedureStep,
    RepairRule,
)
from goodstanding.charter.catalogue_queries import list_adverse_proceedings
from goodstanding.web.catalogues.description.rule_lines import build_absent_line, build_rule_line, join_words
from goodstanding.web.catalogues.schemas import RuleLine
from goodstanding.web.wording.durations import format_days
from goodstanding.web.wording.rule_terms import speak_word


def build_procedure_lines(catalogue: Catalogue, name: str, rule: Procedure) -> Iterator[RuleLine]:
    """The procedure itself, then its steps in their order; what is left out where somebody is put at a disadvantage."""
    place = f"procedures/{name}"
    is_contested = any(procedure.name == name for procedure in list_adverse_proceedings(catalogue))
    yield build_rule_line(catalogue, place, rule, _("In short") if rule.says else _("As a whole"))
    for key, (title, without) in _list_steps().items():
        hand = getattr(rule, key)
        if hand is not None:
            yield build_rule_line(
                catalogue, f"{place}/{key}", hand, title, [*_describe_hand(hand), *_describe_holder(hand)]
            )
        elif without and is_contested:
            yield build_absent_line(f"{place}/{key}", title, without)


def _list_steps() -> dict[str, tuple[str, str]]:
    """Each step, and what it means that it is left out."""
    return {
        "interim": (_("In an emergency"), ""),
        "notice": (_("Notice"), _("Nobody is told before it takes effect.")),
        "reply": (_("Reply"), _("Nobody is heard before it is decided.")),
        "decision": (_("Decision"), _("Nobody is said to decide.")),
        "appeal": (_("Appeal"), _("There is no appeal.")),
        "repair": (_("Repair"), _("There is no way to make good.")),
    }


def _describe_holder(hand: ProcedureStep) -> Iterator[str]:
    yield _("By: %(who)s.") % {"who": speak_word(hand.held_by)}
    if hand.days is not None:
        yield _("Within %(days)s.") % {"days": format_days(hand.days, hand.working)}
    yield _("Proved on record.") if hand.proof else _("Nothing on record proves it.")


def _describe_hand(hand: ProcedureStep) -> Iterator[str]:
    yield from _DESCRIBERS.get(type(hand), _describe_nothing)(hand)


def _describe_nothing(hand: ProcedureStep) -> Iterator[str]:
    yield from ()


def _describe_notice(hand: NoticeRule) -> Iterator[str]:
    late, unknown = _("Only after it took effect."), _("Whether before it takes effect is not known.")
    yield _choose_sentence(hand.before_effect, _("Before it takes effect."), late, unknown)
    yield _choose_sentence(
        hand.reasons, _("With reasons."), _("Without reasons."), _("Whether with reasons is not known.")
    )
    evidence = {
        "all": _("With all of the evidence."),
        "part": _("With part of the evidence."),
        "none": _("Without the evidence."),
    }
    yield evidence[hand.evidence] if hand.evidence else _("Whether with the evidence is not known.")


def _choose_sentence(stated: bool | None, yes: str, no: str, unknown: str) -> str:
    """What holds; where the catalogue does not say, that it is not known."""
    return unknown if stated is None else yes if stated else no


def _describe_decision(hand: DecisionRule) -> Iterator[str]:
    yield _("By a named human.") if hand.named else _("Nobody is named who decided.")
    yield _choose_sentence(
        hand.reasons, _("With reasons."), _("Without reasons."), _("Whether with reasons is not known.")
    )
    if hand.bulk:
        yield _("Many at once.")
    if hand.by_proposer:
        yield _("By whoever proposed it.")
    yield _describe_silence(hand.silence) if hand.days is not None else _("No time to decide is set.")


def _describe_silence(whom: str | None) -> str:
    if whom is None:
        return _("What follows if nobody decides in time is not known.")
    if whom == "subject":
        return _("If nobody decides in time, that counts for the subject.")
    return _("If nobody decides in time, that counts against the subject.")


def _describe_appeal(hand: AppealRule) -> Iterator[str]:
    bodies = {
        "independent": _("To an independent body."),
        "court": _("To a court."),
        "register": _("To the register’s own body."),
        "superior": _("To the body above the one that decided."),
        "same": _("To the body that decided."),
    }
    yield bodies[hand.body]
    unknown = _("Whether it suspends anything is not known.")
    yield _choose_sentence(
        hand.suspends, _("An appeal in time suspends a restriction."), _("It suspends nothing."), unknown
    )
    if hand.decided_in is not None:
        yield _("Decided within %(days)s.") % {"days": format_days(hand.decided_in)}
    yield _describe_silence(hand.silence) if hand.decided_in is not None else _("No time to decide is set.")


def _describe_interim(hand: InterimRule) -> Iterator[str]:
    yield _("Against danger to life.") if hand.danger == "life" else _("Without danger to life.")
    if hand.heard_within is not None:
        yield _("Heard within %(days)s.") % {"days": format_days(hand.heard_within, working=True)}


def _describe_repair(hand: RepairRule) -> Iterator[str]:
    yield _choose_sentence(
        hand.right, _("It is a right."), _("It is a favour."), _("Whether it is a right is not known.")
    )
    yield _choose_sentence(hand.free, _("It is free."), _("It costs a fee."), _("What it costs is not known."))
    stops = {"display": _("display"), "sharing": _("sharing"), "use": _("use")}
    stopped = join_words(stops[stop] for stop in hand.stops)
    yield _("What stops with it: %(what)s.") % {"what": stopped} if stopped else _("What stops with it is not known.")
    if hand.confirmed_within is not None:
        yield _("Recipients confirm within %(days)s.") % {"days": format_days(hand.confirmed_within)}


_DESCRIBERS: dict[type[ProcedureStep], Callable[[Any], Iterator[str]]] = {
    NoticeRule: _describe_notice,
    DecisionRule: _describe_decision,
    AppealRule: _describe_appeal,
    InterimRule: _describe_interim,
    RepairRule: _describe_repair,
}
