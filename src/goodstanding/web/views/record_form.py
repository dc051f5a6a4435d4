"""A single record, entered by a clerk of its source: type chosen, filled in, looked at once more, sent or corrected."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from goodstanding.access import Actor
from goodstanding.errors import BadInput, NotFound
from goodstanding.register import one_record, stating
from goodstanding.register.file import Record, Subject
from goodstanding.register.one_record import Checked
from goodstanding.register.stating import Way
from goodstanding.register.store import rows
from goodstanding.web import actors, clerks, problems
from goodstanding.web.about import about
from goodstanding.web.checking import check_page
from goodstanding.web.pages import serialized, twin_of
from goodstanding.web.record_inputs import Fields, Typed, addresses, cells, kept, typed_in, typed_of, wrong
from goodstanding.web.record_inputs import problems as at_fields
from goodstanding.web.shapes import Problem, Shape
from goodstanding.web.shapes import stating as shapes
from goodstanding.web.views.own_records import own, refuse_changing

METHODS = ["GET", "HEAD", "POST"]
_ON_FILE = """
SELECT max(position)
FROM record
WHERE source = %s
  AND record = %s
  AND reference = %s
"""


@require_http_methods(METHODS)
def new(request: HttpRequest, source: str, *, twin: bool = False) -> HttpResponse:
    """The types of record to choose from, the form of one, or what would follow from what was typed."""
    actor = clerks.clerk_of(request, source)
    of = (request.POST if request.method == "POST" and not twin else request.GET).get("of", "")
    if not of:
        return _shown(request, "record-new", _page(source, None, {}), twin)
    form = Form(request, actor, source, _type(source, of), None)
    return form.answered(twin)


@require_http_methods(METHODS)
def correct(request: HttpRequest, source: str, position: int, *, twin: bool = False) -> HttpResponse:
    """The form of a record of the source's own, filled with what it says; the same as for a new one otherwise."""
    actor = clerks.clerk_of(request, source)
    record, who = own(source, position)
    refuse_changing(record)
    form = Form(request, actor, source, _type(source, f"{record.catalogue}/{record.record}"), (record, who))
    return form.answered(twin)


def _type(source: str, of: str) -> Way:
    chosen = stating.way(source, of)
    if chosen.declared:
        raise NotFound(_("There is no such type of record."), where="of", remedy=_("catalogue/record"))
    return chosen


class Form:
    """One request to state or, where `held` is a record on file, to correct one."""

    def __init__(
        self, request: HttpRequest, actor: Actor, source: str, chosen: Way, held: tuple[Record, Subject] | None
    ) -> None:
        self.request, self.actor, self.source, self.chosen, self.held = request, actor, source, chosen, held

    def answered(self, twin: bool) -> HttpResponse:
        """The page that fits: the form, the form with what is wrong, what would follow, or where it now stands."""
        if twin or self.request.method != "POST":
            return _shown(self.request, "record-new", self.page(self.typed_first(), []), twin)
        typed = typed_in(self.request, self.chosen)
        if self.held:
            typed = {**typed, "reference": self.held[0].reference}
        doing = self.request.POST.get("do", "check")
        if doing == "change":
            return _shown(self.request, "record-new", self.page(typed, []))
        checked = self.checked(typed)
        found = at_fields(checked.problems) or (self.on_file_already(checked) if doing == "check" else [])
        if found:
            return _shown(self.request, "record-new", self.page(typed, found), status=400)
        return self.sent(checked, typed) if doing == "send" else self.checking(checked, typed)

    def typed_first(self) -> Typed:
        """What stands in the form before anything was typed."""
        if self.held:
            return typed_of(one_record.body_at(self.held[0].position), self.chosen)
        return dict.fromkeys(addresses(self.chosen), "")

    def checked(self, typed: Typed) -> Checked:
        """What was typed, checked like a row of a feed, as stated today."""
        called = self.held[0].feed if self.held else ""
        return one_record.check(self.chosen, self.source, cells(typed, self.chosen), actors.today(), called)

    def on_file_already(self, checked: Checked) -> list[Problem]:
        """A new record with the reference of one on file is no new record; one that says the same corrects nothing."""
        if self.held:
            return self.nothing_changed(checked)
        body = checked.body
        [(position,)] = rows(_ON_FILE, [self.source, body["record"], body["reference"]])
        if position is None:
            return []
        said = _("A record with this reference is on file.")
        remedy = _("another reference, or that record corrected: position %(n)s") % {"n": position}
        return [Problem(code="contradicts-earlier", message=said, where="reference", remedy=remedy)]

    def nothing_changed(self, checked: Checked) -> list[Problem]:
        """A correction changes something."""
        assert self.held
        if not checked.says_the_same(one_record.body_at(self.held[0].position)):
            return []
        said = _("Nothing is changed.")
        return [Problem(code="bad-input", message=said, where="record", remedy=_("at least one other value"))]

    def sent(self, checked: Checked, typed: Typed) -> HttpResponse:
        """The record goes into the ledger; what stands against it now is said in the form."""
        at = datetime.now(UTC)
        try:
            position = (
                one_record.correct(self.held[0], checked, self.actor.name, at)
                if self.held
                else one_record.issue(checked, self.source, self.actor.name, at)
            )
        except BadInput as error:
            page = self.page(typed, [problems.of(error)])
            return _shown(self.request, "record-new", page, status=problems.status_of(error))
        return redirect("own-record", source=self.source, position=position)

    def page(self, typed: Typed, found: list[Problem]) -> shapes.RecordFormPage:
        """The form, with what was typed and what is wrong."""
        return _page(self.source, self.chosen, typed, found, self.held)

    def checking(self, checked: Checked, typed: Typed) -> HttpResponse:
        """The record once more, and what would follow from it."""
        record = self.held[0] if self.held else None
        before = _said(self.typed_first(), self) if self.held else None
        page = check_page(
            self.request, self.actor, self.chosen, checked.body, record,
            doing="correct" if self.held else "send",
            said=_compared(_said(typed, self), before),
            kept=[shapes.Kept(name="of", value=self.chosen.name), *kept(typed)],
        )  # fmt: skip
        return _shown(self.request, "record-check", page)


def _page(
    source: str, chosen: Way | None, typed: Typed, found: Iterable[Problem] = (),
    held: tuple[Record, Subject] | None = None,
) -> shapes.RecordFormPage:  # fmt: skip
    fields = Fields(chosen, typed, found, held is not None) if chosen else None
    whom, what, said = (fields.whom(), fields.what(), fields.fields()) if fields else ([], [], [])
    return shapes.RecordFormPage(
        about=about(),
        source=source,
        source_name=clerks.source_name(source),
        action=_address(source, held[0] if held else None),
        position=held[0].position if held else None,
        types=[] if chosen else clerks.types(source),
        type=clerks.type_line(chosen) if chosen else None,
        reference=held[0].reference if held else "",
        whom=whom,
        what=what,
        fields=said,
        problems=wrong([*whom, *what, *said], found),
    )


def _address(source: str, record: Record | None) -> str:
    if record:
        return reverse("record-correct", kwargs={"source": source, "position": record.position})
    return reverse("record-new", kwargs={"source": source})


def _said(typed: Typed, form: Form) -> dict[str, str]:
    """What was typed, in the order and the words of the form."""
    fields = Fields(form.chosen, typed, (), form.held is not None)
    said = {"reference": (_("Your reference"), typed["reference"])} if form.held else {}
    for one in (*fields.whom(), *fields.what(), *fields.fields()):
        said[one.address] = (one.title, _in_words(one))
    return {title: text for title, text in said.values() if text}


def _in_words(one: shapes.Asked) -> str:
    """What was entered, as a person reads it: a choice by its title, a day in words."""
    titles = {choice.value: choice.title for choice in one.choices}
    if one.way != "day" or not one.entered:
        return titles.get(one.entered, one.entered)
    try:
        return date_format(date.fromisoformat(one.entered), "j F Y")
    except ValueError:
        return one.entered


def _compared(said: Mapping[str, str], before: Mapping[str, str] | None) -> list[shapes.Said]:
    """Each thing said, with what was said before where that differs; what is no longer said stands last."""
    if before is None:
        return [shapes.Said(title=title, value=text, before=None) for title, text in said.items()]
    gone = {title: "" for title in before if title not in said}
    return [
        shapes.Said(title=title, value=text, before=before.get(title, "") if before.get(title, "") != text else None)
        for title, text in {**said, **gone}.items()
    ]


def _shown(request: HttpRequest, template: str, page: Shape, twin: bool = False, status: int = 200) -> HttpResponse:
    if twin:
        return serialized(page)
    known = {"page": page, "twin": twin_of(request) if request.method != "POST" else ""}
    return render(request, f"web/{template}.html", known, status=status)
