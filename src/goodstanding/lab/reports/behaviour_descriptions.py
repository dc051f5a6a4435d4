"""What a referee has to know of people and firms who live under catalogues: written from their behaviour files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from goodstanding.lab.behaviour.behaviour_file import Behaviour, load_behaviour
from goodstanding.lab.behaviour.behaviour_model import DisputeRule, FollowingRule
from goodstanding.lab.experiments.experiment_runs import RunPlan
from goodstanding.lab.world.country import load_country

TRIGGERS = {
    "enters": "somebody enters the list {}",
    "leaves": "somebody leaves the list {}",
    "reaches": "somebody reaches {}",
    "opens": "a {} begins",
    "performs": "a {} is paid",
    "settles": "a {} is settled",
    "cannot": "a {} cannot be paid",
}
MOVERS = ("means", "gain", "chance", "duty")
_FILES = ("lab/acts.yaml", "lab/channels.yaml")
STATE = (
    "Of each is known: traits for life (region, age, income and the like), what it did in the last twelve months, the "
    "records on its file, its grade and points or its place on a list, and the measures in force against or for it.",
    "A step is a month. Acts, records, notices and terms have their day. Space is the region alone.",
)
MONTH = (
    "The month of an agent, in this order: records that come with the month; what becomes known, ends or is withdrawn "
    "up to its first day, which gives the standing that measures rest on; acts, each noticed or not; what becomes "
    "known up to its last day.",
    "Agents whose records read nothing of others live one after another, each its whole time; else all live month by "
    "month, and read what others had at the end of the month before.",
)
CONCEPTS = (
    "Basic principles: one life. What somebody could do is drawn once, at the highest rate that anything can cause; "
    "rules and measures decide which of it happens, so that a life and its twin without measures differ by "
    "those alone.",
    "Adaptation: to the measures in force alone. Acts of need (moved by means) become more frequent with less means, "
    "acts of gain rarer where there is more to lose; what a measure is about changes as its channel has it.",
    "Objectives, learning and prediction: none. Nobody has an aim, learns or foresees.",
    "Sensing: authorities see the noticed share of acts, late, and record some that nobody did.",
    "Interaction and collectives: none, unless a behaviour file reads a tie between agents.",
)


def list_lived_behaviours(plan: RunPlan) -> list[Behaviour]:
    """The behaviours under which agents of an experiment live, each once."""
    lived = {scheme.catalogue for scheme in plan.as_run.schemes.values()}
    return [load_behaviour(name) for name in plan.setup.catalogues if name in lived]


def list_inputs(behaviours: Sequence[Behaviour]) -> Iterator[str]:
    """The files of the laboratory that lives are drawn from, beside the catalogues and their behaviour."""
    for behaviour in behaviours:
        country = load_country(behaviour.rules.population.draw)
        yield f"lab/countries/{country.name}.yaml"
        if country.plan.figures:
            yield f"lab/marginals/{country.plan.figures}.yaml"
    if behaviours:
        yield from _FILES
        yield "Nothing is read while it runs; no input changes with time."


def describe_beginning(behaviour: Behaviour) -> str:
    """Who lives under a catalogue, from which day on, and with which records."""
    rules = behaviour.rules
    drawn, title = rules.population, load_country(rules.population.draw).plan.title
    part = f", {drawn.part.replace('-', ' ')} alone" if drawn.part else ""
    age = f", aged {drawn.least_age} or more" if drawn.least_age else ""
    records = f"their records of joining ({', '.join(rules.enrols)})" if rules.enrols else "no record"
    return f"Under {rules.behaviour}: drawn from {title}{part}{age}; begins on {rules.runs.from_} with {records}."


def describe_submodels(behaviour: Behaviour) -> Iterator[str]:
    """Which acts become which records, what authorities do, who disputes, and what measures there are."""
    name = behaviour.rules.behaviour
    for mover in MOVERS:
        if acts := list(_list_recorded_acts(behaviour, mover)):
            yield f"{name}, acts moved by {mover} that can become a record: {'; '.join(acts)}."
    if follows := behaviour.rules.follows:
        yield f"{name}, what authorities do of themselves: {'; '.join(map(_describe_following, follows))}."
    if behaviour.rules.disputes:
        yield f"{name}, disputes: {_describe_disputes(behaviour.rules.disputes)}."
    measures = [f"{key} ({measure.kind}, {measure.field})" for key, measure in behaviour.catalogue.measures.items()]
    yield f"{name}, measures, each with its kind and field, which say what it does: {'; '.join(measures)}."


def _list_recorded_acts(behaviour: Behaviour, mover: str) -> Iterator[str]:
    """Rates and shares as the files have them; the parameters of an experiment may replace them."""
    for name, rule in behaviour.rules.records.items():
        act = behaviour.acts.by_name[name]
        if act.moved_by == mover:
            yield f"{act.says} ({act.rate.value:g} {act.rate.unit}, noticed {rule.noticed.value:g})"


def _describe_following(rule: FollowingRule) -> str:
    trigger = rule.when.model_dump(exclude_none=True, exclude={"not_on"})
    cause = " ".join(TRIGGERS[verb].format(_describe_object(of)) for verb, of in trigger.items())
    return f"{rule.record} where {cause}" + (f" (share {rule.share.value:g})" if rule.share else "")


def _describe_object(of: object) -> str:
    return " or ".join(of["grades"]) if isinstance(of, dict) else str(of)


def _describe_disputes(rule: DisputeRule) -> str:
    asks, upheld = rule.asks, rule.upheld
    return (
        f"asked for by {asks.if_wrong.value:g} where the record is wrong and {asks.if_right.value:g} where it is "
        f"right; upheld for {upheld.if_wrong.value:g} and {upheld.if_right.value:g}; then: {rule.does}"
    )
