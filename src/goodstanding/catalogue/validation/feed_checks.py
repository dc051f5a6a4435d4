"""What a feed must satisfy: it fills fields that exist, with codes that exist, from a source that exists."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from goodstanding.catalogue.feeds import Feed, ValueMapping
from goodstanding.catalogue.model import Catalogue
from goodstanding.catalogue.records import RecordType
from goodstanding.catalogue.validation.check_context import CheckContext, find_undeclared
from goodstanding.errors import CatalogueError
from goodstanding.messages import Message, RuleMessage

Where = Callable[..., str]


def check_feed(context: CheckContext, feed: Feed) -> None:
    """Notes what is wrong with a feed, with file, line and what would be right."""
    context.problems += _list_feed_problems(
        feed, context.catalogue, lambda *path: context.places.of(f"feeds/{feed.feed}.yaml", path)
    )


def _list_feed_problems(feed: Feed, catalogue: Catalogue, where: Where) -> Iterator[CatalogueError]:
    place = partial(where, "record")
    if problem := find_undeclared(feed.record, catalogue.records, RuleMessage.RECORD_TYPE_UNDECLARED, place):
        yield problem
        return
    record = catalogue.records[feed.record]
    yield from _list_field_problems(feed, record, where)
    if feed.source.text is not None:
        source_ids = [source.id for source in catalogue.sources]
        place = partial(where, "source")
        if problem := find_undeclared(feed.source.text, source_ids, RuleMessage.SOURCE_UNDECLARED, place):
            yield problem
    if feed.published is not None:
        outcomes = _list_outcomes(catalogue, record)
        place = partial(where, "published")
        yield from _list_code_problems(feed.published, outcomes, RuleMessage.OUTCOME_UNDECLARED, place)


def _list_field_problems(feed: Feed, record: RecordType, where: Where) -> Iterator[CatalogueError]:
    for name, value in feed.fields.items():
        place, code = partial(where, "fields", name), RuleMessage.RECORD_FIELD_UNDECLARED
        if problem := find_undeclared(name, record.fields, code, place, record=feed.record):
            yield problem
        else:
            codes = record.fields[name].one_of
            yield from _list_code_problems(value, codes, RuleMessage.CODE_UNDECLARED, place, field=name)
    for name, rule in record.fields.items():
        if rule.required and name not in feed.fields:
            missing = Message(RuleMessage.FEED_LACKS_FIELD, {"field": repr(name)})
            yield CatalogueError(missing, where=where("fields"), remedy=f"{name}: COLUMN")


def _list_outcomes(catalogue: Catalogue, record: RecordType) -> tuple[str, ...]:
    name = record.published or ""
    if name in catalogue.schemes:
        return catalogue.schemes[name].grades
    return tuple(catalogue.cases[name].steps) if name in catalogue.cases else ()


def _list_code_problems(
    value: ValueMapping,
    codes: tuple[str, ...],
    refusal: RuleMessage,
    find_place: Callable[[], str],
    **params: object,
) -> Iterator[CatalogueError]:
    written = [code for code in (value.map or {}).values() if isinstance(code, str)]
    written += [code for code in (value.only or ()) if value.map is None]
    for code in written if codes else ():
        if problem := find_undeclared(code, codes, refusal, find_place, **params):
            yield problem
