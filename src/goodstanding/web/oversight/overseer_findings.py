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
from goodstanding.oversight.access_anomalies import AnomalySign, FileAccess, OfficialAnomalies, list_access_anomalies
from goodstanding.oversight.count_tables import CountTable
from goodstanding.oversight.reason_similarity import ReasonCluster
from goodstanding.oversight.reporting_period import ReportingWindow
from goodstanding.procedure.case_states import Act
from goodstanding.register.projection.projector import get_projected_size
from goodstanding.web.models import LookUp
from goodstanding.web.oversight.schemas import AnomalySignSchema, SimilarReasons, UnusualOfficial
from goodstanding.web.oversight.tables import TitleFunction
from goodstanding.web.schemas.page_frame import PageLink
from goodstanding.web.wording.case_terms import name_act
from goodstanding.web.wording.oversight_terms import format_number

OFFICIALS = (Role.SOURCE, Role.DECIDER, Role.APPEAL, Role.OVERSEER)
LOOK_UPS = "looks"
MOST_OFFICIALS, MOST_CLUSTERS, MOST_CASES, MOST_WORDS = 20, 20, 12, 240


def count_look_ups_by_role(window: ReportingWindow) -> CountTable:
    """How often files that are not public were opened in a window, by role."""
    counts_by_role = _filter_look_ups(window).values_list("role").annotate(number=Count("pk")).order_by()
    return CountTable.of((LOOK_UPS,), [(role, LOOK_UPS, count) for role, count in counts_by_role])


def list_unusual_officials(window: ReportingWindow) -> list[UnusualOfficial]:
    """The officials whose reading of files in a window is unusual; worked out anew once somebody looked again."""
    newest = LookUp.objects.order_by("-pk").values_list("pk", flat=True).first()
    return _present_unusual_officials(window, newest or 0, get_projected_size(), config.get_current_register().folder)


@lru_cache(maxsize=8)
def _present_unusual_officials(
    window: ReportingWindow, newest: int, ledger_size: int, folder: Path
) -> list[UnusualOfficial]:
    names = ("at", "name", "role", "scope", "subject")
    look_ups = _filter_look_ups(window).filter(role__in=[role.value for role in OFFICIALS]).values_list(*names)
    unusual = list_access_anomalies(FileAccess(*row) for row in look_ups.iterator())
    return [_present_official(official) for official in unusual[:MOST_OFFICIALS]]


def _filter_look_ups(window: ReportingWindow) -> QuerySet[LookUp]:
    return LookUp.objects.filter(at__gte=_start_of_day(window.since), at__lt=_start_of_day(window.until))


def _start_of_day(day: date) -> datetime:
    return datetime.combine(day, time.min, UTC)


def _present_official(official: OfficialAnomalies) -> UnusualOfficial:
    signs = [AnomalySignSchema(sign=sign.sign, value=sign.value, says=_describe_sign(sign)) for sign in official.signs]
    return UnusualOfficial(
        name=official.name,
        role=official.role,
        scope=official.scope,
        looks=official.looks,
        files=official.files,
        signs=signs,
    )


def _describe_sign(sign: AnomalySign) -> str:
    titles = {
        "hour": _("%(n)s different files within one hour"),
        "night": _("%(n)s look-ups between 22:00 and 06:00 UTC"),
        "outside": _("%(n)s files of subjects about whom the office stated nothing, outside its regions"),
        "again": _("one file opened in %(n)s different hours"),
    }
    description = titles[sign.sign] % {"n": format_number(sign.value)}
    if sign.distance is None:
        return _("%(what)s; too few peers to compare with") % {"what": description}
    return _("%(what)s; %(peers)s in the middle among peers") % {
        "what": description,
        "peers": format_number(sign.peers),
    }


def present_reason_clusters(reason_clusters: tuple[ReasonCluster, ...], titles: TitleFunction) -> list[SimilarReasons]:
    """The largest groups of decisions whose reasons read alike, each with some of its cases."""
    return [_present_reason_cluster(cluster, titles) for cluster in reason_clusters[:MOST_CLUSTERS]]


def _present_reason_cluster(cluster: ReasonCluster, titles: TitleFunction) -> SimilarReasons:
    cases = dict.fromkeys(cluster.cases)
    return SimilarReasons(
        source=cluster.source,
        source_title=titles(cluster.source),
        act=name_act(Act(cluster.act)),
        text=Truncator(" ".join(cluster.text.split())).chars(MOST_WORDS),
        decisions=len(cluster.cases),
        cases=[PageLink(title=f"GS-{at}", address=reverse("case", args=[at])) for at in list(cases)[:MOST_CASES]],
    )
