"""What the overseer alone sees behind the figures: officials whose reading is unusual, decisions that read alike."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from functools import lru_cache
from pathlib import Path

from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from goodstanding import config
from goodstanding.access import Role
from goodstanding.procedure.hearing import Act
from goodstanding.register.oversight import reading
from goodstanding.register.oversight.grids import Grid
from goodstanding.register.oversight.reasons import Cluster
from goodstanding.register.oversight.windows import Window
from goodstanding.web.about import size
from goodstanding.web.hearings import said
from goodstanding.web.models import LookUp
from goodstanding.web.oversight import words
from goodstanding.web.oversight.tables import Title
from goodstanding.web.shapes import Link
from goodstanding.web.shapes import oversight as shapes

OFFICIALS = (Role.SOURCE, Role.DECIDER, Role.APPEAL, Role.OVERSEER)
LOOKS = "looks"
MOST_OFFICIALS, MOST_CLUSTERS, MOST_CASES, MOST_WORDS = 20, 20, 12, 240


def looks(window: Window) -> Grid:
    """How often files that are not public were opened in a window, by role."""
    found = _within(window).values_list("role").annotate(held=Count("pk")).order_by()
    return Grid.of((LOOKS,), [(role, LOOKS, count) for role, count in found])


def officials(window: Window) -> list[shapes.Official]:
    """The officials whose reading of files in a window is unusual; worked out anew once somebody looked again."""
    newest = LookUp.objects.order_by("-pk").values_list("pk", flat=True).first()
    return _officials(window, newest or 0, size(), config.current().folder)


@lru_cache(maxsize=8)
def _officials(window: Window, newest: int, known: int, folder: Path) -> list[shapes.Official]:
    names = ("at", "name", "role", "scope", "subject")
    found = _within(window).filter(role__in=[one.value for one in OFFICIALS]).values_list(*names)
    unusual = reading.unusual(reading.Look(*row) for row in found.iterator())
    return [_official(one) for one in unusual[:MOST_OFFICIALS]]


def _within(window: Window) -> QuerySet[LookUp]:
    return LookUp.objects.filter(at__gte=_instant(window.since), at__lt=_instant(window.until))


def _instant(day: date) -> datetime:
    return datetime.combine(day, time.min, UTC)


def _official(one: reading.Official) -> shapes.Official:
    signs = [shapes.Sign(sign=each.sign, value=each.value, says=_sign(each)) for each in one.signs]
    return shapes.Official(name=one.name, role=one.role, scope=one.scope, looks=one.looks, files=one.files, signs=signs)


def _sign(one: reading.Sign) -> str:
    titles = {
        "hour": _("%(n)s different files within one hour"),
        "night": _("%(n)s look-ups between 22:00 and 06:00 UTC"),
        "outside": _("%(n)s files of subjects about whom the office stated nothing, outside its regions"),
        "again": _("one file opened in %(n)s different hours"),
    }
    what = titles[one.sign] % {"n": words.number(one.value)}
    if one.distance is None:
        return _("%(what)s; too few peers to compare with") % {"what": what}
    return _("%(what)s; %(peers)s in the middle among peers") % {"what": what, "peers": words.number(one.peers)}


def clusters(held: tuple[Cluster, ...], titles: Title) -> list[shapes.Alike]:
    """The largest groups of decisions whose reasons read alike, each with some of its cases."""
    return [_cluster(one, titles) for one in held[:MOST_CLUSTERS]]


def _cluster(one: Cluster, titles: Title) -> shapes.Alike:
    cases = dict.fromkeys(one.cases)
    return shapes.Alike(
        source=one.source,
        source_title=titles(one.source),
        act=said.act(Act(one.act)),
        text=Truncator(" ".join(one.text.split())).chars(MOST_WORDS),
        decisions=len(one.cases),
        cases=[Link(title=f"GS-{at}", address=reverse("case", args=[at])) for at in list(cases)[:MOST_CASES]],
    )
