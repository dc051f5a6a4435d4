"""What is recorded, about whom, by whom, and who may see it."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goodstanding.catalogue import Catalogue
from goodstanding.catalogue.model import FieldRule, RecordType
from goodstanding.charter.words import title
from goodstanding.web.rulebook.lines import kinds, line, listed, spoken
from goodstanding.web.shapes.catalogues import FieldLine, Group, Part, RuleLine


def recorded(catalogue: Catalogue) -> Part:
    """The record types of a catalogue."""
    lines = [_record(catalogue, name, rule) for name, rule in catalogue.records.items()]
    return Part(
        key="recorded",
        title=_("What is recorded"),
        purpose=_("Nothing else can be. Who sends it in, about whom, and who may see it."),
        groups=[Group(title="", lines=lines)] if lines else [],
        nothing=_("Nothing is recorded under these rules."),
    )


def _record(catalogue: Catalogue, name: str, rule: RecordType) -> RuleLine:
    fields = [field_line(key, one) for key, one in rule.fields.items()]
    return line(catalogue, f"records/{name}", rule, rule.title, _points(catalogue, name, rule), fields=fields)


def _points(catalogue: Catalogue, name: str, rule: RecordType) -> Iterator[str]:
    yield _states(rule.states)
    if rule.conduct:
        yield _("About: %(conduct)s.") % {"conduct": "; ".join(title("conduct", word) for word in rule.conduct)}
    if rule.about:
        yield _("It belongs to a record of the type “%(other)s”.") % {"other": catalogue.records[rule.about].title}
    yield _("Of %(kinds)s.") % {"kinds": listed(kinds(catalogue.concerned(name)))}
    if rule.by:
        yield _("Sent in by: %(by)s.") % {"by": listed(map(spoken, rule.by))}
    yield _seen(rule)
    if rule.consent:
        yield _("Recorded only with the consent of whom it is about.")


def _states(word: str) -> str:
    titles = {
        "decision": _("A final decision of a court or an authority."),
        "finding": _("A finding."),
        "step": _("A step of a case."),
        "status": _("Where somebody stands, such as being taken in."),
        "deed": _("A good deed."),
        "listing": _("That another list names somebody."),
        "score": _("A score that somebody else gave."),
        "report": _("What somebody reports. Nobody has decided that it is so."),
        "disclosure": _("What somebody discloses about themselves."),
    }
    return titles.get(word, spoken(word))


def _seen(rule: RecordType) -> str:
    if rule.audience == "parties":
        return _("Seen by its parties; by anybody only where something in force rests on it.")
    kept = sum(not field.public for field in rule.fields.values())
    if not kept:
        return _("Seen by anybody.")
    said = ngettext("Seen by anybody, but for one field that is for the parties.",
                    "Seen by anybody, but for %(n)s fields that are for the parties.", kept)  # fmt: skip
    return said % {"n": kept}


def field_line(name: str, rule: FieldRule) -> FieldLine:
    """A field, and what it can hold."""
    return FieldLine(field=name, title=rule.title, holds=_holds(rule), public=rule.public, required=rule.required)


def _holds(rule: FieldRule) -> str:
    if rule.one_of:
        return _("one of %(values)s") % {"values": ", ".join(rule.one_of)}
    said = {
        "integer": _("a whole number"),
        "boolean": _("yes or no"),
        "date": _("a day"),
        "code": _("a code"),
        "codes": _("several codes"),
        "text": _("free text"),
    }[rule.type]
    return " ".join(filter(None, (said, within(rule))))


def within(rule: FieldRule) -> str:
    """The bounds of a whole number, in words."""
    low, high = rule.at_least, rule.at_most
    if low is not None and high is not None:
        return _("from %(low)s to %(high)s") % {"low": low, "high": high}
    if low is not None:
        return _("of at least %(low)s") % {"low": low}
    return _("of at most %(high)s") % {"high": high} if high is not None else ""
