"""The sound catalogue of the tests with texts exchanged, and with a feed of visits beside it."""

from __future__ import annotations

from tests.law.sound import FOLDER

from goodstanding.catalogue import Catalogue, load_files
from goodstanding.charter import assess, refuse_if_breached
from goodstanding.register.rules.dry_run import refuse_if_failing

Change = tuple[str, str]
SOURCES = "id,name,kind,region,above\noffice-north,Office North,office,North,\ncourt-one,Court One,court,North,\n"
FEED = """\
feed: visits
title: Visits, one row each
record: visit
source: {column: office, map: {north: office-north}}
reference: number
subject:
  kind: organisation
  identifiers: [{scheme: lei, value: lei}]
  name: name
  region: district
occurred: day
fields: {score: score}
"""


def load_edited(*changes: Change, feed: str = "", instruments: tuple[Change, ...] = (), sources: str = "") -> Catalogue:
    """The sound catalogue after each change of its rules and instruments, each of which must have a place."""
    files = {
        name: _exchange((FOLDER / name).read_text(encoding="utf-8"), exchanges)
        for name, exchanges in (("catalogue.yaml", changes), ("instruments.yaml", instruments))
    }
    if feed or sources:
        files["sources.csv"] = sources or SOURCES
    if feed:
        files["feeds/visits.yaml"] = feed
    return load_files(files)


def _exchange(text: str, exchanges: tuple[Change, ...]) -> str:
    for before, after in exchanges:
        assert before in text, before
        text = text.replace(before, after, 1)
    return text


def list_reasons(catalogue: Catalogue, article: int) -> list[str]:
    """Why a catalogue breaches an article, in words; each breach also says what would be right."""
    breaches = [breach for breach in assess(catalogue).breaches if breach.article == article]
    for breach in breaches:
        assert breach.reason.render_remedy(), breach.reason
        assert breach.answers
    return [str(breach.reason) for breach in breaches]


def assert_enactable(catalogue: Catalogue) -> None:
    """No article is breached, and the rules work in a run over records at the edges, as before each enactment."""
    assert assess(catalogue).breaches == ()
    refuse_if_breached(catalogue)
    refuse_if_failing(catalogue)
