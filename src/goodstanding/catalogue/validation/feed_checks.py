"""What a feed must satisfy: it fills fields that exist, with codes that exist, from a source that exists."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from goodstanding.catalogue.feeds import Feed, ValueMapping
from goodstanding.catalogue.model import Catalogue
from goodstanding.catalogue.records import RecordType
from goodstanding.catalogue.validation.check_context import refuse_if_undeclared
from goodstanding.errors import CatalogueError
from goodstanding.messages import Message, RuleMessage

Where = Callable[..., str]


def check_feed(feed: Feed, catalogue: Catalogue, where: Where) -> None:
    """Raises the first CatalogueError found in one feed, with file, line and what would be right."""
    refuse_if_undeclared(feed.record, catalogue.records, RuleMessage.RECORD_TYPE_UNDECLARED, partial(where, "record"))
    record = catalogue.records[feed.record]
    _check_fields(feed, record, where)
    if feed.source.text is not None:
        source_ids = [source.id for source in catalogue.sources]
        refuse_if_undeclared(feed.source.text, source_ids, RuleMessage.SOURCE_UNDECLARED, partial(where, "source"))
    if feed.published is not None:
        outcomes = _list_outcomes(catalogue, record)
        _check_codes(feed.published, outcomes, RuleMessage.OUTCOME_UNDECLARED, partial(where, "published"))


def _check_fields(feed: Feed, record: RecordType, where: Where) -> None:
    for name, value in feed.fields.items():
        find_place = partial(where, "fields", name)
        refuse_if_undeclared(name, record.fields, RuleMessage.RECORD_FIELD_UNDECLARED, find_place, record=feed.record)
        _check_codes(value, record.fields[name].one_of, RuleMessage.CODE_UNDECLARED, find_place, field=name)
    for name, rule in record.fields.items():
        if rule.required and name not in feed.fields:
            missing = Message(RuleMessage.FEED_LACKS_FIELD, {"field": repr(name)})
            raise CatalogueError(missing, where=where("fields"), remedy=f"{name}: COLUMN")


def _list_outcomes(catalogue: Catalogue, record: RecordType) -> tuple[str, ...]:
    name = record.published or ""
    if name in catalogue.schemes:
        return catalogue.schemes[name].grades
    return tuple(catalogue.cases[name].steps) if name in catalogue.cases else ()


def _check_codes(
    value: ValueMapping,
    codes: tuple[str, ...],
    refusal: RuleMessage,
    find_place: Callable[[], str],
    **params: object,
) -> None:
    written = [code for code in (value.map or {}).values() if isinstance(code, str)]
    written += [code for code in (value.only or ()) if value.map is None]
    for code in written if codes else ():
        refuse_if_undeclared(code, codes, refusal, find_place, **params)
