"""Catalogues that people can live under, by name, and the people who live under all of several."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path

from goodstanding.catalogue.loader import BEHAVIOUR_FILE, locate_library_folder
from goodstanding.errors import LaboratoryError
from goodstanding.lab.acts import AgentKind
from goodstanding.lab.behaviour.agent_kinds import list_concerned_agents
from goodstanding.lab.behaviour.behaviour_file import Behaviour, load_behaviour
from goodstanding.lab.simulation.drawn_chunks import KINDS
from goodstanding.lab.world import Population
from goodstanding.messages import AssessmentMessage, BehaviourMessage, Message

REPRESENTATIVES = "edge.representatives."  # how a field names a tie that leads through a person


def load_lived_catalogue(name_or_folder: str) -> Behaviour:
    """The behaviour beside a catalogue; raises LaboratoryError with the names that are near, or that have one."""
    library = locate_library_folder()
    folders = [Path(name_or_folder), library / name_or_folder] if name_or_folder else []
    folder = next((folder for folder in folders if (folder / "catalogue.yaml").is_file()), None)
    if folder is None:
        names = sorted(path.parent.name for path in library.glob("*/catalogue.yaml"))
        near = get_close_matches(name_or_folder, names, n=3) or list_lived_names()
        unknown = Message(AssessmentMessage.CATALOGUE_UNKNOWN, {"name": repr(name_or_folder)})
        raise LaboratoryError(unknown, remedy=", ".join(near))
    if not (folder / BEHAVIOUR_FILE).is_file():
        missing = Message(BehaviourMessage.BEHAVIOUR_MISSING, {"name": folder.name})
        raise LaboratoryError(missing, remedy=", ".join(list_lived_names()))
    return load_behaviour(name_or_folder)


def list_lived_names() -> list[str]:
    """The catalogues of the library that have a behaviour."""
    return sorted(path.parent.name for path in locate_library_folder().glob(f"*/{BEHAVIOUR_FILE}"))


def list_lived_kinds(behaviour: Behaviour) -> tuple[AgentKind, ...]:
    """Who lives under a catalogue: those who are enrolled, or where nobody is, those whose acts are recorded."""
    catalogue, rules = behaviour.catalogue, behaviour.rules
    concerned: list[tuple[str, tuple[AgentKind, ...]]] = [
        (name, KINDS if rule.who == "all" else (rule.who,)) for name, rule in rules.enrols.items()
    ] or [(rule.record, behaviour.acts.by_name[act].who) for act, rule in rules.records.items()]
    kinds = {kind for record, who in concerned for kind in list_concerned_agents(catalogue, record, who)}
    return tuple(kind for kind in KINDS if kind in kinds)


def draw_shared_population(behaviours: Sequence[Behaviour], agents: int, seed: int) -> Population:
    """So many of each kind that lives under all these catalogues; raises LaboratoryError where nobody does.

    Where records of firms read what is true of those who run them, there are persons too, who do.
    """
    first = behaviours[0]
    for other in behaviours[1:]:
        _refuse_if_apart(first, other)
    kinds = [kind for kind in KINDS if all(kind in list_lived_kinds(behaviour) for behaviour in behaviours)]
    needs_persons = "person" in kinds or any(map(_reads_representatives, behaviours))
    drawn = [behaviour.rules.population for behaviour in behaviours]
    return Population.draw(
        drawn[0].draw,
        persons=agents if needs_persons else 0,
        firms=agents if "firm" in kinds else 0,
        seed=seed,
        least_age=max(people.least_age for people in drawn),
        part=next((people.part for people in drawn if people.part), None),
    )


def _reads_representatives(behaviour: Behaviour) -> bool:
    rules = behaviour.rules
    fields = [rule.fields for rule in rules.enrols.values()] + [rule.fields for rule in rules.records.values()]
    fields += [rule.fields for rule in rules.follows]
    return any(source.reference.startswith(REPRESENTATIVES) for of_rule in fields for source in of_rule.values())


def _refuse_if_apart(first: Behaviour, other: Behaviour) -> None:
    kinds, others = list_lived_kinds(first), list_lived_kinds(other)
    names = {"first": first.catalogue.name, "second": other.catalogue.name}
    if not set(kinds) & set(others):
        params = names | {"kinds": f"{kinds[0]}s"}
        raise LaboratoryError(Message(AssessmentMessage.NOBODY_SHARED, params))
    people, other_people = first.rules.population, other.rules.population
    parts = {population.part for population in (people, other_people) if population.part}
    if people.draw != other_people.draw or len(parts) > 1:
        texts = [f"{population.part or 'all'} of {population.draw}" for population in (people, other_people)]
        params = names | {"people": texts[0], "others": texts[1]}
        raise LaboratoryError(Message(AssessmentMessage.POPULATIONS_DIFFER, params))
