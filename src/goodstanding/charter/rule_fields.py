"""What rules read: the fields that their conditions, terms and days name, and what feeds put into those fields."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from goodstanding.catalogue import Catalogue
from goodstanding.catalogue.conditions import NUMBER, TRUTH, parse_condition
from goodstanding.catalogue.feeds import Feed, ValueMapping
from goodstanding.catalogue.primitives import CodedTerm, DecidedTerm
from goodstanding.catalogue.procedures import CaseStep
from goodstanding.catalogue.records import field_types
from goodstanding.charter.catalogue_queries import BreachIterator, Path
from goodstanding.charter.feed_articles import list_columns_of_origin
from goodstanding.charter.vocabulary import get_vocabulary
from goodstanding.messages import ArticleMessage, Message

_EXPRESSIONS = {"when": TRUTH, "counts_when": TRUTH, "score": NUMBER, "points": NUMBER}
_NEVER_READ = ("others-standing", "association", "location")  # what only a laboratory catalogue can hold

FieldReading = tuple[Path, str, str]  # where a rule stands, the record type and the field that it reads


def list_reading_breaches(catalogue: Catalogue) -> BreachIterator:
    """Rules that read a place, a source, a name or somebody else's standing, whatever the field is said to hold."""
    kinds = get_vocabulary("kinds")
    doubtful = {name: _list_doubtful_fields(catalogue, name) for name in catalogue.records}
    for path, record, field in list_fields_read_by_rules(catalogue, doubtful):
        kind = catalogue.records[record].fields[field].kind
        if kinds.get(kind, {}).get("unread") or kind in _NEVER_READ:
            yield path, Message(ArticleMessage.KIND_READ, {"field": field, "kind": kind.replace("-", " ")})
        if kinds.get(kind, {}).get("unweighed") and field in _list_weighed_fields(catalogue, path, record):
            yield path, Message(ArticleMessage.KIND_WEIGHED, {"field": field, "kind": _get_title(kind)})
        for feed in _list_feeds_of_names(catalogue, record, field):
            yield path, Message(ArticleMessage.NAME_READ, {"field": field, "feed": feed.feed})
    for feed in catalogue.feeds.values():
        yield from _list_feed_breaches(catalogue, feed)


def _list_doubtful_fields(catalogue: Catalogue, record: str) -> frozenset[str]:
    """The fields of a record type that no rule may read, or weigh."""
    kinds = get_vocabulary("kinds")
    return frozenset(
        key
        for key, field in catalogue.records[record].fields.items()
        if {"unread", "unweighed"} & kinds.get(field.kind, {}).keys()
        or field.kind in _NEVER_READ
        or any(True for _ in _list_feeds_of_names(catalogue, record, key))
    )


def list_fields_read_by_rules(
    catalogue: Catalogue, of_interest: Mapping[str, frozenset[str]] | None = None
) -> Iterator[FieldReading]:
    """Each field that a rule reads in a condition, a number, a term or a day of a step.

    Where only some fields of each record type are of interest, a text without the name of one is not parsed.
    """
    yield from _list_condition_readings(catalogue, of_interest)
    for name, rule in catalogue.lists.items():
        if rule.case and isinstance(rule.stays, CodedTerm):
            yield ("lists", name, "stays", "by"), catalogue.cases[rule.case].record, rule.stays.by
        if rule.case and isinstance(rule.stays, DecidedTerm):
            record = catalogue.cases[rule.case].record
            yield from _list_day_readings(catalogue, ("lists", name, "stays", "until"), record, rule.stays.until)
    for name, case in catalogue.cases.items():
        for key, step in case.steps.items():
            yield from _list_step_readings(catalogue, ("cases", name, "steps", key), case.record, step)


def _list_condition_readings(
    catalogue: Catalogue, of_interest: Mapping[str, frozenset[str]] | None
) -> Iterator[FieldReading]:
    for path, rule in catalogue.rules():
        record = _find_read_record_type(catalogue, path)
        types = field_types(catalogue.records[record].fields) if record else {}
        for key, type_wanted in _EXPRESSIONS.items() if record else ():
            if isinstance(text := getattr(rule, key, None), str) and (
                of_interest is None or any(field in text for field in of_interest[record])
            ):
                for field in parse_condition(text, types, "", type_wanted).reads:
                    yield from _list_day_readings(catalogue, (*path, key), record, field)


def _list_weighed_fields(catalogue: Catalogue, path: Path, record: str) -> set[str]:
    """The fields of which the condition at a path asks more than whether they are there."""
    if (key := str(path[-1])) not in _EXPRESSIONS:
        return set()
    from sqlglot import exp  # brings the parser, which has read the condition already

    text = getattr(dict(catalogue.rules())[path[:-1]], key)
    tree = parse_condition(text, field_types(catalogue.records[record].fields), "", _EXPRESSIONS[key]).tree
    return {column.name for column in tree.find_all(exp.Column) if not isinstance(column.parent, exp.Is)}


def _list_step_readings(catalogue: Catalogue, path: Path, opening: str, step: CaseStep) -> Iterator[FieldReading]:
    for key, field in (("on", step.on), ("public_on", step.public_on or "")):
        yield from _list_day_readings(catalogue, (*path, key), step.record or opening, field)
    if isinstance(step.not_before, CodedTerm):
        yield (*path, "not_before", "by"), opening, step.not_before.by


def _list_day_readings(catalogue: Catalogue, path: Path, record: str, field: str) -> Iterator[FieldReading]:
    """The reading of a field, unless it is none: the day on which a record occurred is carried by every record."""
    if field in catalogue.records[record].fields:
        yield path, record, field


def _find_read_record_type(catalogue: Catalogue, path: Path) -> str:
    if path[0] == "schemes":
        scheme = catalogue.schemes[str(path[1])]
        started = len(path) > 2 and path[2] == "starts" and scheme.kind == "points"
        return (scheme.starts_with or scheme.record) if started else scheme.record
    if path[0] == "cases":
        case = catalogue.cases[str(path[1])]
        step = case.steps.get(str(path[3])) if len(path) > 3 and path[2] == "steps" else None
        return (step.record if step else None) or case.record
    if path[0] == "measures":
        return next(iter(catalogue.resting_on(catalogue.measures[str(path[1])])), "")
    return ""


def _list_feeds_of_names(catalogue: Catalogue, record: str, field: str) -> Iterator[Feed]:
    """The feeds that fill a field from a column which names the subject."""
    for feed in catalogue.feeds.values():
        value = feed.fields.get(field) if feed.record == record else None
        if value and set(value.reads_or_looks_at()) & _list_naming_columns(feed):
            yield feed


def _list_naming_columns(feed: Feed) -> set[str]:
    subject = feed.subject
    values = (subject.name, *subject.other_names, *(identifier.value for identifier in subject.identifiers))
    return {column for value in values for column in value.reads()}


def _list_feed_breaches(catalogue: Catalogue, feed: Feed) -> BreachIterator:
    """Fields that say they hold something else than the place or the source of which their column is."""
    fields = catalogue.records[feed.record].fields
    origin_columns = list_columns_of_origin(catalogue, feed)
    for key, value in feed.fields.items():
        for kind, columns in origin_columns.items():
            if fields[key].kind != kind and _reads_any(value, columns):
                params = {"field": key, "feed": feed.feed, "kind": kind, "kind_title": _get_title(kind)}
                yield ("records", feed.record, "fields", key), Message(ArticleMessage.KIND_DENIED_BY_FEED, params)
    origins = {column for columns in origin_columns.values() for column in columns}
    deciding = {"occurred": feed.occurred, "stated": feed.stated, "published": feed.published}
    parts = [part for part, value in deciding.items() if value is not None and _reads_any(value, origins)]
    for part in (*parts, *(["skip_when"] if origins & feed.skip_when.keys() else [])):
        params = {"part": part, "feed": feed.feed}
        yield ("records", feed.record), Message(ArticleMessage.FEED_READS_ORIGIN, params)


def _reads_any(value: ValueMapping, columns: set[str]) -> bool:
    return not columns.isdisjoint(value.reads_or_looks_at())


def _get_title(kind: str) -> str:
    title: str = get_vocabulary("kinds")[kind]["title"]
    return title.lower()
