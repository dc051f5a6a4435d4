"""The command that tells one made-up life: life."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from goodstanding.cli.options import LARGEST_NUMBER, Json
from goodstanding.cli.output import print_line, print_paragraph, print_result, print_table

if TYPE_CHECKING:
    from goodstanding.lab.acts import Acts
    from goodstanding.lab.catalogue_views.life_stories import LifeEvent, LifeStory

CATALOGUE, MONTHS, MOST_MONTHS = "rongcheng-2014", 60, 1_200
NO_GRADE = "none"
WORDS = {"income": "income group", "education": "schooling", "residence": "lives", "sex": ""}


def tell_life(
    seed: int = typer.Argument(..., metavar="SEED", min=0, max=LARGEST_NUMBER, help="Which life: any number."),
    catalogue: str = typer.Option(CATALOGUE, "--catalogue", metavar="NAME", help="Under which rules."),
    months: int = typer.Option(MONTHS, "--months", metavar="M", min=1, max=MOST_MONTHS, help="For how long."),
    json: Json = False,
) -> None:
    """Tells one made-up life day by day: what happened, what was recorded, what the standing became, and why."""
    from goodstanding.lab.catalogue_views.catalogue_populations import load_lived_catalogue
    from goodstanding.lab.catalogue_views.life_stories import tell_life as tell

    behaviour = load_lived_catalogue(catalogue)
    story = tell(behaviour, seed, months)
    print_result(story, json, lambda _: _show_story(story, behaviour.acts))


def _show_story(story: LifeStory, acts: Acts) -> None:
    traits = ", ".join(f"{WORDS.get(trait, trait)} {level}".strip() for trait, level in story.traits.items())
    print_line(f"Life {story.seed} of the laboratory, made up, under {story.catalogue}")
    print_paragraph(f"{story.kind}: {traits}", indent=2)
    print_line(f"  from {story.first_day} to {story.end_day}")
    print_line()
    rows = [(event.day, *_describe_event(event, acts)) for event in story.events]
    print_table(("day", "", "what"), rows)
    print_line()
    own = _describe_last(story, story.last_grade, story.last_score)
    twin = _describe_last(story, story.twin_grade, story.twin_score)
    print_line(f"At the end: {own}.")
    for binding in story.binds_others:
        print_paragraph(f"By its words it binds others too, where there are any (outside the check): {binding}.")
    if own == twin:
        print_line("The twin, in whose life no measure does anything, stands the same.")
    else:
        print_line(f"The twin, in whose life no measure does anything: {twin}.")


def _describe_last(story: LifeStory, grade: str, score: int | None) -> str:
    if story.has_lists and grade == NO_GRADE:
        return "on no list"
    name = grade if story.has_lists else f"grade {grade}"
    return name + ("" if score is None else f" with {score:,} points")


def _describe_event(event: LifeEvent, acts: Acts) -> tuple[str, str]:
    """What kind of thing it is, and what it was."""
    if event.kind in ("done", "only-twin"):
        return _describe_act(event, acts)
    if event.kind == "standing":
        return "standing", _describe_standing(event)
    if event.kind == "debt":
        return "debt", event.subject + (f"; it {event.detail}" if event.detail else "")
    about = event.subject + (f" ({event.detail})" if event.detail else "")
    about += "" if event.happened == event.day else f", of {event.happened}"
    if event.kind == "withdrawn":
        return "withdrawn", f"{about}, after a dispute"
    return "recorded", f"{about}, though nobody did it" if event.is_false else about


def _describe_act(event: LifeEvent, acts: Acts) -> tuple[str, str]:
    text = acts.by_name[event.subject].says
    if event.kind == "only-twin":
        return "twin", f"{text}: only without the measures"
    noticed = "" if event.is_noticed else "; nobody records it"
    return "happens", f"{text}{noticed}" + ("" if event.is_shared else "; not without the measures")


def _describe_standing(event: LifeEvent) -> str:
    score = "" if event.score is None else f", {event.score:,} points"
    parts = [f"{event.subject}{score}: {'; '.join(event.reasons)}"]
    parts += [f"begins: {measure}" for measure in event.begins]
    parts += [f"ends: {measure}" for measure in event.ends]
    return ". ".join(parts)


COMMANDS = {"life": tell_life}
