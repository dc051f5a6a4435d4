"""The fields in which a clerk enters a record: made from its type, named by the columns of its canonical form."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from goodstanding.errors import BadInput
from goodstanding.register import canonical
from goodstanding.register.one_record import LONGEST
from goodstanding.register.quarantine import Problem as RowProblem
from goodstanding.register.stating import Way
from goodstanding.subjects import SCHEMES
from goodstanding.web import inputs
from goodstanding.web.entering import publishable
from goodstanding.web.shapes import Problem
from goodstanding.web.shapes.calculator import Choice
from goodstanding.web.shapes.stating import Asked, Kept, Wrong
from goodstanding.web.templatetags.saying import kind as kind_title

SCHEME = "scheme"
_TRUTHS = {"yes": "true", "no": "false"}
Typed = Mapping[str, str]


def addresses(chosen: Way) -> tuple[str, ...]:
    """The names of every field of the form of a record type."""
    return (SCHEME, *(one for one in chosen.columns if one != "source"))


def typed_in(request: HttpRequest, chosen: Way) -> Typed:
    """What a form says, under the names of its fields; raises BadInput for a field that it does not have."""
    known = addresses(chosen)
    for name in request.POST:
        if name not in (*known, "of", "do", "csrfmiddlewaretoken"):
            raise BadInput(_("The form has no such field."), where=name[:100], remedy=_("open the page again"))
    return {name: request.POST.get(name, "").strip() for name in known}


def typed_of(body: Mapping[str, Any], chosen: Way) -> Typed:
    """What the event of a record says, as if it had been typed."""
    who = body["subject"]
    said: dict[str, Any] = {f"fields.{name}": value for name, value in body["fields"].items()}
    said |= {name: body.get(name) for name in ("reference", "occurred", "about", "published")}
    said |= {f"subject.{name}": who.get(name) for name in ("kind", "name", "region", "sector")}
    said |= {canonical.IDENTIFIERS: " ".join(who["identifiers"])}
    return {name: _text(said.get(name)) for name in addresses(chosen)}


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)


def cells(typed: Typed, chosen: Way) -> dict[str, str]:
    """What was typed as a row in the canonical form: the scheme before its identifier, truth values as a row has."""
    row = {name: text for name, text in typed.items() if name != SCHEME}
    identifier, scheme = row.get(canonical.IDENTIFIERS, ""), typed.get(SCHEME, "")
    if scheme and identifier and ":" not in identifier:
        row[canonical.IDENTIFIERS] = f"{scheme}:{''.join(identifier.split())}"
    for name, rule in chosen.record.fields.items():
        if rule.type == "boolean":
            row[f"fields.{name}"] = _TRUTHS.get(typed.get(f"fields.{name}", ""), typed.get(f"fields.{name}", ""))
    return row


def kept(typed: Typed) -> list[Kept]:
    """What was typed, to be carried on by a page without its fields."""
    return [Kept(name=name, value=text) for name, text in typed.items() if text]


def problems(found: Iterable[RowProblem]) -> list[Problem]:
    """The problems of a row as those of the form's fields, of each field the first."""
    made: dict[str, Problem] = {}
    for one in found:
        where = one.column or "record"
        said = one.words().removeprefix(f"{one.column}: ")
        made.setdefault(where, Problem(code="bad-input", message=said[:1].upper() + said[1:] + ".", where=where))
    return list(made.values())


def wrong(made: Iterable[Asked], found: Iterable[Problem]) -> list[Wrong]:
    """What is wrong, each with the title of its field."""
    titles = {one.address: one.title for one in made}
    return [
        Wrong(title=titles.get(one.where or "", ""), address=one.where or "", message=_sentence(one)) for one in found
    ]


def _sentence(problem: Problem) -> str:
    right = _("Right would be: %(remedy)s.") % {"remedy": problem.remedy} if problem.remedy else ""
    return f"{problem.message} {right}".strip()


class Fields:
    """The inputs of one record type, with what was typed into each and what is wrong with it."""

    def __init__(self, chosen: Way, typed: Typed, found: Iterable[Problem], correcting: bool) -> None:
        self.chosen, self.typed, self.correcting = chosen, typed, correcting
        self.found = {one.where or "": one for one in found}

    def whom(self) -> list[Asked]:
        """Whom the record is about."""
        kinds = canonical.kinds(self.chosen.catalogue, self.chosen.feed.record)
        schemes = canonical.schemes(self.chosen.catalogue)
        named = [Choice(value=one, title=SCHEMES[one].title) for one in schemes]
        made = [] if self.correcting else [self._asked(SCHEME, _("Kind of identifier"), "choice", choices=named)]
        made.append(self._asked(canonical.IDENTIFIERS, _("Identifier"), hint=self._identifiers(), required=True))
        made.append(self._asked("subject.name", _("Name"), hint=_("As it is registered"), required=True))
        if len(kinds) > 1:
            choices = [Choice(value=one, title=kind_title(one)) for one in kinds]
            made.append(self._asked(canonical.KIND, _("What it is"), "choice", choices=choices, required=True))
        made.append(self._asked("subject.region", _("Region"), hint=_("Where it is, if that matters")))
        return [*made, self._asked("subject.sector", _("Sector"))]

    def _identifiers(self) -> str:
        if self.correcting:
            return _("With its scheme in front; several with spaces between")
        return _("Without the scheme where it is chosen beside; spaces and dashes do not matter")

    def what(self) -> list[Asked]:
        """Which record it is, and when it happened."""
        said = _("Your own number for it. It names this record for ever")
        made = [] if self.correcting else [self._asked("reference", _("Your reference"), hint=said, required=True)]
        made.append(self._asked("occurred", _("Day it occurred"), "day", required=True))
        if self.chosen.record.about:
            other = self.chosen.catalogue.records[self.chosen.record.about].title
            hint = _("Its reference. A record of the type “%(other)s”") % {"other": other}
            made.append(self._asked("about", _("The record that it belongs to"), hint=hint))
        return made

    def fields(self) -> list[Asked]:
        """What the record says."""
        declared = self.chosen.record.fields.items()
        made = [self._field(name, rule) for name, rule in declared]
        known = publishable(self.chosen.record, self.chosen.catalogue)
        if known:
            choices = [Choice(value=value, title=title or value) for value, title in known.items()]
            hint = _("Only compared with what follows; never an input")
            made.append(self._asked("published", _("What you yourself published"), "choice", hint, choices))
        return made

    def _field(self, name: str, rule: Any) -> Asked:
        address = f"fields.{name}"
        made = inputs.field_input(address, name, rule, self.typed.get(address), self.found)
        return Asked(**made.model_dump(), longest=LONGEST)

    def _asked(
        self, address: str, title: str, way: str = "text", hint: str = "", choices: list[Choice] | None = None,
        required: bool = False,
    ) -> Asked:  # fmt: skip
        found = self.found.get(address)
        return Asked(
            address=address, field=address, title=title, way=way, hint=hint, choices=choices or [], required=required,
            entered=self.typed.get(address, ""), problem=_sentence(found) if found else "", longest=LONGEST,
        )  # fmt: skip
