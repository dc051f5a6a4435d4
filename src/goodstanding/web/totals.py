"""Counts for the home page and the catalogues, each worked out once for a ledger size; of what is in force now only."""

from __future__ import annotations

from goodstanding.access import ANYBODY
from goodstanding.register import catalogues, lists
from goodstanding.register.moment import Moment
from goodstanding.register.store import rows
from goodstanding.web import actors
from goodstanding.web.about import counted
from goodstanding.web.shapes import rules as shapes

_IN_FORCE_FOR = """
SELECT count(DISTINCT subject_id)
FROM effect
WHERE catalogue = %s
  AND audience = 'anybody'
  AND valid_from <= %s
  AND (valid_to IS NULL OR valid_to > %s)
"""
_STATEMENTS = "SELECT position, catalogue, feed, file, stated, digest, counts FROM statement ORDER BY position DESC"


@counted
def subjects() -> int:
    """How many files there are."""
    return int(rows("SELECT count(*) FROM subject")[0][0])


def catalogue_lines() -> list[shapes.CatalogueLine]:
    """The catalogues in force, each on its own day."""
    moment = Moment(actors.today())
    return [
        shapes.CatalogueLine(
            name=name,
            version=one.catalogue.version,
            title=one.catalogue.title,
            summary=one.catalogue.summary,
            day=moment.day(name),
            sources=len(one.catalogue.sources),
            in_force_for=in_force_for(name, moment.day(name)),
            lists=list_counts(name, moment),
        )
        for name, one in catalogues.enacted().items()
    ]


@counted
def in_force_for(catalogue: str, day: object) -> int:
    """For how many subjects something of a catalogue is in force on a day, for anybody to see."""
    return int(rows(_IN_FORCE_FOR, [catalogue, day, day])[0][0])


@counted
def list_counts(catalogue: str, moment: Moment) -> list[shapes.ListCount]:
    """How many each list of a catalogue names."""
    held = catalogues.get(catalogue).catalogue
    return [
        shapes.ListCount(
            list=key, title=rule.title, total=lists.list_page(f"{catalogue}/{key}", moment, ANYBODY, 0).total
        )
        for key, rule in held.lists.items()
    ]
