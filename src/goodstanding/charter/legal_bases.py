"""Article 1: what rules rest on: published instruments for whatever burdens, the charter only for what protects."""

from __future__ import annotations

import re
from collections.abc import Iterator

from goodstanding.catalogue import Catalogue
from goodstanding.catalogue.primitives import BASIS, CHARTER, Instrument, LegalRule
from goodstanding.catalogue.procedures import InterimRule, ListRule, Measure
from goodstanding.catalogue.records import CourtRule, RecordType
from goodstanding.catalogue.schemes import DirectGrade, Discretion, GradingScheme
from goodstanding.charter.catalogue_queries import BreachIterator, Path, says_something
from goodstanding.messages import EntryMessage, Message
from goodstanding.plain_text import fold_looks

_BURDENS = (CourtRule, ListRule, GradingScheme, DirectGrade, Discretion, InterimRule)
_BURDENING_PARTS = frozenset({"items", "bands", "starts", "characteristics"})  # of a scheme: what takes points away
_ACCUSING = frozenset({"decision", "finding", "listing", "score", "report"})  # what a record can burden somebody with
_PLAIN = re.compile(r"[\W_]+")


def list_basis_breaches(catalogue: Catalogue) -> BreachIterator:
    """1. Every rule cites a published instrument, and the charter only where it protects the subject."""
    for path, rule in catalogue.rules():
        match = BASIS.match(rule.basis)
        if match and match["instrument"] == CHARTER:
            if _is_burden(path, rule):
                params = {"article": match["article"]}
                yield (*path, "basis"), Message(EntryMessage.CHARTER_AS_BASIS, params)
        elif match and (instrument := catalogue.instruments.get(match["instrument"])):
            defects = _list_instrument_defects(catalogue, instrument, match["article"])
            yield from (((*path, "basis"), defect) for defect in defects)


def _list_instrument_defects(catalogue: Catalogue, instrument: Instrument, article: str) -> Iterator[Message]:
    params = {"instrument": instrument.title}
    if not instrument.published:
        yield Message(EntryMessage.INSTRUMENT_UNPUBLISHED, params)
    elif original := _find_unpublished_original(catalogue, instrument, article):
        yield Message(EntryMessage.INSTRUMENT_COPIED, {**params, "original": original.title})
    if not says_something(instrument.jurisdiction):
        yield Message(EntryMessage.INSTRUMENT_WITHOUT_JURISDICTION, params)
    if not says_something(instrument.title):
        yield Message(EntryMessage.INSTRUMENT_UNNAMED)
    if (cited := instrument.articles.get(article)) and not says_something(cited.title):
        yield Message(EntryMessage.ARTICLE_UNNAMED, {**params, "article": article})
    if _is_of_the_register(catalogue, instrument):
        yield Message(EntryMessage.INSTRUMENT_OF_REGISTER, params)


def _find_unpublished_original(catalogue: Catalogue, instrument: Instrument, article: str) -> Instrument | None:
    """The unpublished instrument that a published one repeats: by its title, or by what the article says."""
    for other in catalogue.instruments.values():
        if not other.published and (_says_the_same(instrument, other, article) or _names(instrument, other)):
            return other
    return None


def _says_the_same(instrument: Instrument, other: Instrument, article: str) -> bool:
    """Whether the article that a rule cites stands in the other instrument too, in the same words."""
    cited = instrument.articles.get(article)
    words = _simplify(cited.title) if cited else ""
    return bool(words) and words in {_simplify(original.title) for original in other.articles.values()}


def _names(instrument: Instrument, other: Instrument) -> bool:
    title = _simplify(other.title)
    return any(title in _simplify(text) for text in (instrument.title, instrument.note))


def _is_of_the_register(catalogue: Catalogue, instrument: Instrument) -> bool:
    """Whether a text is the register's own: made by who answers for the rules, or named like the rules themselves."""
    own_names = {_simplify(name) for name in (catalogue.title, catalogue.name)}
    own_names |= {_simplify(catalogue.answers.body)} if catalogue.answers else set()
    return _simplify(instrument.jurisdiction) in own_names or _simplify(instrument.title) in own_names


def _simplify(text: str) -> str:
    return fold_looks(_PLAIN.sub(" ", text))


def _is_burden(path: Path, rule: LegalRule) -> bool:
    """Whether a rule puts somebody at a disadvantage: then only a law can be its basis."""
    if isinstance(rule, Measure):
        return rule.kind != "benefit" and not (rule.kind == "supervision" and rule.field == "inspection")
    if isinstance(rule, RecordType):
        return (rule.states in _ACCUSING or bool(rule.conduct)) and not rule.about
    if path[0] == "schemes" and len(path) > 2 and path[2] in _BURDENING_PARTS:
        return True
    return isinstance(rule, _BURDENS)
