"""What is recorded, about whom, by whom, and who may see it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goodstanding.catalogue import Catalogue
from goodstanding.catalogue.records import AdmissionRule, CourtRule, FieldRule, RecordType
from goodstanding.charter.vocabulary import get_word_title
from goodstanding.web.catalogues.description.identifier_schemes import list_identifier_groups
from goodstanding.web.catalogues.description.rule_lines import build_rule_line, join_words, name_subject_kinds
from goodstanding.web.catalogues.schemas import CatalogueSection, FieldLine, RuleGroup, RuleLine
from goodstanding.web.forms.record_fields import describe_number_bounds
from goodstanding.web.templatetags.formatting import format_plain_value
from goodstanding.web.wording.durations import format_duration
from goodstanding.web.wording.rule_terms import speak_word


def describe_record_types(catalogue: Catalogue) -> CatalogueSection:
    """The record types of a catalogue."""
    lines = [_build_record_line(catalogue, name, rule) for name, rule in catalogue.records.items()]
    groups = (RuleGroup(title="", lines=lines), _build_court_group(catalogue), _build_admission_group(catalogue))
    return CatalogueSection(
        key="recorded",
        title=_("What is recorded"),
        purpose=_("Only this can be recorded: who sends it, whom it is about, and who can see it."),
        groups=[
            *(group for group in groups if group.lines),
            *list_identifier_groups(catalogue),
        ],
        nothing=_("Nothing is recorded under these rules."),
    )


def _build_court_group(catalogue: Catalogue) -> RuleGroup:
    """The kinds of source that are courts by a law which the catalogue names."""
    meaning = _("As a court it may state records about persons; nobody but a court stands above it.")
    title = _("Sources that are courts by law")
    return _build_kind_group(catalogue, title, "courts", catalogue.courts, meaning)


def _build_admission_group(catalogue: Catalogue) -> RuleGroup:
    """The kinds of source whose members this register admits itself."""
    meaning = _("Each is admitted by an event of the register, with its basis and its first day, under two signatures.")
    title = _("Who can be admitted to send it")
    return _build_kind_group(catalogue, title, "admissions", catalogue.admissions, meaning)


def _build_kind_group(
    catalogue: Catalogue, title: str, part: str, rules: Mapping[str, CourtRule | AdmissionRule], meaning: str
) -> RuleGroup:
    """A line for each kind of source that a part of the catalogue names, and what being one means."""
    lines = [
        build_rule_line(catalogue, f"{part}/{kind}", rule, rule.title, [_name_kind(kind), meaning])
        for kind, rule in rules.items()
    ]
    return RuleGroup(title=title, lines=lines)


def _name_kind(kind: str) -> str:
    return _("Kind of source: %(kind)s.") % {"kind": speak_word(kind)}


def _build_record_line(catalogue: Catalogue, name: str, rule: RecordType) -> RuleLine:
    fields = [build_field_line(key, field_rule) for key, field_rule in rule.fields.items()]
    return build_rule_line(
        catalogue, f"records/{name}", rule, rule.title, _describe_record_type(catalogue, name, rule), fields=fields
    )


def _describe_record_type(catalogue: Catalogue, name: str, rule: RecordType) -> Iterator[str]:
    yield _describe_nature(rule.states)
    if rule.conduct:
        yield _("About: %(conduct)s.") % {
            "conduct": "; ".join(get_word_title("conduct", word) for word in rule.conduct)
        }
    if rule.about:
        yield _("It belongs to a record of the type “%(other)s”.") % {"other": catalogue.records[rule.about].title}
    yield _("Of %(kinds)s.") % {"kinds": join_words(name_subject_kinds(catalogue.concerned(name)))}
    if rule.by:
        yield _("Sent in by: %(by)s.") % {"by": join_words(map(speak_word, rule.by))}
    yield _describe_audience(rule)
    if rule.consent:
        yield _("Recorded only with the consent of whom it is about.")


def _describe_nature(word: str) -> str:
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
    return titles.get(word, speak_word(word))


def _describe_audience(rule: RecordType) -> str:
    if rule.audience == "parties":
        return _("Seen by its parties alone, also where something public rests on it.")
    n_private, term = sum(not field.public for field in rule.fields.values()), format_duration(rule.display_term)
    if not n_private:
        return _("Seen by anybody while something public rests on it, for %(term)s at most.") % {"term": term}
    sentence = ngettext(
        "Seen by anybody, but for one field that is for the parties, while something public rests on it, for %(term)s"
        " at most.",
        "Seen by anybody, but for %(n)s fields that are for the parties, while something public rests on it, for"
        " %(term)s at most.",
        n_private,
    )
    return sentence % {"n": n_private, "term": term}


def build_field_line(name: str, rule: FieldRule) -> FieldLine:
    """A field, and what it can hold."""
    return FieldLine(
        field=name, title=rule.title, holds=_describe_field_values(rule), public=rule.public, required=rule.required
    )


def _describe_field_values(rule: FieldRule) -> str:
    if rule.one_of:
        return _("one of %(values)s") % {"values": ", ".join(map(format_plain_value, rule.one_of))}
    kind_of_value = {
        "integer": _("a whole number"),
        "boolean": _("yes or no"),
        "date": _("a day"),
        "code": _("a code"),
        "codes": _("several codes"),
        "text": _("free text"),
    }[rule.type]
    return " ".join(filter(None, (kind_of_value, describe_number_bounds(rule))))
