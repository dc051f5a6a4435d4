"""What a catalogue must satisfy beyond its form: each part exists, can fire, and contradicts no other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from goodstanding.catalogue.compiler.source_positions import SourcePositions
from goodstanding.catalogue.conditions import parse_condition
from goodstanding.catalogue.model import Catalogue
from goodstanding.catalogue.primitives import BASIS, CHARTER
from goodstanding.catalogue.records import FieldRule, RecordType, field_types
from goodstanding.catalogue.schemes import Attribute, Band, PointsFade
from goodstanding.catalogue.validation.case_checks import check_cases, check_lists, check_measures, check_procedures
from goodstanding.catalogue.validation.check_context import CheckContext, Path
from goodstanding.catalogue.validation.contradictions import check_contradictions
from goodstanding.catalogue.validation.feed_checks import check_feed
from goodstanding.catalogue.validation.identifier_checks import check_identifiers
from goodstanding.catalogue.validation.limits import list_limit_problems
from goodstanding.catalogue.validation.scheme_checks import check_schemes
from goodstanding.catalogue.wrong_values import refuse_if_problems
from goodstanding.errors import CatalogueError, MissingBasis
from goodstanding.messages import Message, RuleMessage

CHARTER_ARTICLES = tuple(str(number) for number in range(1, 24))
CARRIED_FIELDS = ("position", "subject_id", "source", "reference", "about", "occurred", "published")


def check_catalogue(catalogue: Catalogue, places: SourcePositions) -> None:
    """Raises a CatalogueError that tells all that is wrong, each with file, line and what would be right."""
    context = CheckContext(catalogue, places)
    refuse_if_problems(
        CatalogueError(text, where=context.where(*path)) for path, text in list_limit_problems(catalogue)
    )
    for path, rule in catalogue.rules():
        if rule.basis or not isinstance(rule, Band | Attribute | PointsFade):
            context.attempt(_check_basis, rule.basis, (*path, "basis"))
    context.attempt(_refuse_shared_names)
    for name, record in catalogue.records.items():
        context.attempt(_check_record_type, name, record)
    for kind in catalogue.admissions:
        context.attempt(_check_admission, kind)
    for check in (check_identifiers, check_procedures, check_schemes, check_cases, check_lists, check_measures):
        check(context)
    if not context.problems:
        context.attempt(check_contradictions)
    for feed in catalogue.feeds.values():
        context.attempt(check_feed, feed)
    refuse_if_problems(context.problems)


def _check_basis(context: CheckContext, text: str, path: tuple[str | int, ...]) -> None:
    match = BASIS.match(text)
    if not match:
        raise MissingBasis(
            Message(RuleMessage.BASIS_WITHOUT_ARTICLE, {"basis": repr(text)}), where=context.where(*path)
        )
    instrument, article = match["instrument"], match["article"]
    if instrument == CHARTER:
        context.require_known(article, CHARTER_ARTICLES, RuleMessage.CHARTER_ARTICLE_MISSING, *path)
        return
    context.require_known(instrument, context.catalogue.instruments, RuleMessage.INSTRUMENT_UNDECLARED, *path)
    law = context.catalogue.instruments[instrument]
    context.require_known(article, law.articles, RuleMessage.ARTICLE_UNDECLARED, *path, instrument=instrument)
    first = context.catalogue.in_force
    if law.in_force > first:
        params = {"instrument": instrument, "day": law.in_force}
        raise MissingBasis(Message(RuleMessage.BASIS_NOT_YET_IN_FORCE, params), where=context.where(*path))
    if law.until and law.until <= first:
        params = {"instrument": instrument, "day": first}
        raise MissingBasis(Message(RuleMessage.BASIS_NO_LONGER_IN_FORCE, params), where=context.where(*path))


def _refuse_shared_names(context: CheckContext) -> None:
    """An effect is known by its rule's name, so no two rules that have effects share one."""
    kinds = ("schemes", "cases", "lists", "measures")
    named = [(kind, name) for kind in kinds for name in getattr(context.catalogue, kind)]
    count = Counter(name for _, name in named)
    for name, kind in {name: kind for kind, name in named}.items():
        if count[name] > 1:
            places = " and ".join(
                context.where(other_kind, name)
                for other_kind in kinds
                if name in getattr(context.catalogue, other_kind)
            )
            context.note(RuleMessage.RULE_NAME_SHARED, kind, name, name=repr(name), places=places)


def _check_admission(context: CheckContext, kind: str) -> None:
    """Who is admitted must have something to do: records to issue, or a step of a procedure to hold."""
    kinds = {kind for record in context.catalogue.records.values() for kind in record.by}
    kinds |= {getattr(rule, "held_by", "") for _path, rule in context.catalogue.rules()}
    context.require_known(kind, kinds, RuleMessage.ADMITTED_KIND_ISSUES_NOTHING, "admissions", kind)


def _check_record_type(context: CheckContext, name: str, record: RecordType) -> None:
    place = ("records", name)
    kinds = {source.kind for source in context.catalogue.sources} | context.catalogue.admissions.keys()
    if record.about:
        context.require_record_type(record.about, *place, "about")
    for kind in record.by if kinds else ():
        context.require_known(kind, kinds, RuleMessage.SOURCE_KIND_UNDECLARED, *place, "by")
    for field in record.fields:
        if field in CARRIED_FIELDS:
            context.note(RuleMessage.FIELD_CARRIED_ALREADY, *place, "fields", field, field=repr(field))
    if record.consent:
        proofs = [key for key, rule in record.fields.items() if rule.type in ("boolean", "date")]
        context.require_known(record.consent, proofs, RuleMessage.TRUTH_FIELD_UNDECLARED, *place, "consent")
    _check_published_outcome(context, name, record)


def _check_published_outcome(context: CheckContext, name: str, record: RecordType) -> None:
    outcomes: tuple[str, ...] = ()
    if record.published:
        schemes, cases = context.catalogue.schemes, context.catalogue.cases
        context.require_known(
            record.published, [*schemes, *cases], RuleMessage.SCHEME_OR_CASE_UNDECLARED, "records", name, "published"
        )
        scheme, case = schemes.get(record.published), cases.get(record.published)
        outcomes = scheme.grades if scheme else tuple(case.steps) if case else ()
    fields = {**context.fields(name), "published": FieldRule(type="code", title="What was published", one_of=outcomes)}
    for index, explanation in enumerate(record.explained):
        path = ("records", name, "explained", index, "when")
        context.attempt(_check_explanation, explanation.when, fields, path)


def _check_explanation(context: CheckContext, when: str, fields: Mapping[str, FieldRule], path: Path) -> None:
    parsed = parse_condition(when, field_types(fields), context.where(*path))
    context.refuse_if_overflowing(parsed, fields, *path)
    context.require_satisfiable(parsed, fields, *path)
