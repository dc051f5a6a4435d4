"""A catalogue against the charter: article by article, with every breach, its place and its reason."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal

from goodstanding import subjects
from goodstanding.catalogue import Catalogue
from goodstanding.catalogue.compiler.parsed_store import digest_of, find_parsed, keep_parsed
from goodstanding.charter.articles import ARTICLES, Article
from goodstanding.charter.catalogue_queries import Path as RulePath
from goodstanding.charter.effect_articles import list_stacked_bars
from goodstanding.errors import CharterBreached
from goodstanding.messages import CharterMessage, Message

VERSION = 2
_RELATION = ARTICLES[6]

Status = Literal["satisfied", "breached", "not applicable"]


@dataclass(frozen=True, slots=True)
class Breach:
    """Where a catalogue breaches an article: file and line, the key, the reason, and what the article answers."""

    article: int
    where: str
    key: str
    reason: Message
    answers: str


@dataclass(frozen=True, slots=True)
class Assessment:
    """What became of each article for one catalogue, under one version of the charter."""

    catalogue: str
    mode: str
    digest: str
    version: int
    articles: dict[int, Status]
    breaches: tuple[Breach, ...]

    @property
    def holds(self) -> bool:
        """Whether no article is breached."""
        return not self.breaches

    @property
    def breached(self) -> tuple[int, ...]:
        """The numbers of the articles that are breached."""
        return tuple(number for number, status in self.articles.items() if status == "breached")


@lru_cache(maxsize=512)
def assess(catalogue: Catalogue) -> Assessment:
    """The catalogue against every article of the charter; that it breaches none is kept on disk by its digest."""
    key = digest_of(f"{catalogue.digest} {_compute_program_digest()}")
    if kept := find_parsed("assessment", key):
        statuses: dict[int, Status] = {int(number): status for number, status in kept.items()}
        return Assessment(catalogue.name, catalogue.mode, catalogue.digest, VERSION, statuses, ())
    assessment = _assess_articles(catalogue)
    if assessment.holds:
        keep_parsed("assessment", key, {str(number): status for number, status in assessment.articles.items()})
    return assessment


@cache
def _compute_program_digest() -> str:
    """A digest of what an assessment depends on beside the room `catalogue`: the charter, and what tells persons."""
    rooms = (Path(module).parent for module in (__file__, subjects.__file__))
    files = (file for room in rooms for file in sorted(room.rglob("*")) if file.suffix in (".py", ".yaml", ".json"))
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()


def _assess_articles(catalogue: Catalogue) -> Assessment:
    breaches_by_article = {
        article.number: _list_breaches(article, catalogue) for article in ARTICLES if article.applies(catalogue)
    }
    statuses: dict[int, Status] = {
        article.number: "not applicable"
        if article.number not in breaches_by_article
        else _derive_status(breaches_by_article[article.number])
        for article in ARTICLES
    }
    breaches = tuple(breach for article_breaches in breaches_by_article.values() for breach in article_breaches)
    return Assessment(catalogue.name, catalogue.mode, catalogue.digest, VERSION, statuses, breaches)


def _derive_status(breaches: tuple[Breach, ...]) -> Status:
    return "breached" if breaches else "satisfied"


def assess_together(catalogues: Iterable[Catalogue]) -> tuple[Breach, ...]:
    """What catalogues in force together breach that none of them breaches alone: the later of two is told."""
    in_force: list[Catalogue] = []
    breaches: list[Breach] = []
    for catalogue in catalogues:
        breaches += list_stacking_breaches(catalogue, tuple(in_force))
        in_force.append(catalogue)
    return tuple(breaches)


@lru_cache(maxsize=512)
def list_stacking_breaches(catalogue: Catalogue, in_force: tuple[Catalogue, ...]) -> tuple[Breach, ...]:
    """What a catalogue breaches together with those in force under other names: a second restriction (article 7)."""
    others = [other for other in in_force if other.name != catalogue.name]
    alone = set(list_stacked_bars(catalogue))
    together = [stacked for stacked in list_stacked_bars(catalogue, others) if stacked not in alone]
    return _place_breaches(_RELATION, catalogue, together)


def _list_breaches(article: Article, catalogue: Catalogue) -> tuple[Breach, ...]:
    return _place_breaches(article, catalogue, article.breaches(catalogue))


def _place_breaches(
    article: Article, catalogue: Catalogue, broken_places: Iterable[tuple[RulePath, Message]]
) -> tuple[Breach, ...]:
    if not (broken := dict.fromkeys(broken_places)):
        return ()
    from goodstanding.catalogue.compiler.compilation import (
        places_of,  # reads files again, which nobody needs who keeps to it
    )

    places = places_of(catalogue)
    return tuple(
        Breach(article.number, places.of("catalogue.yaml", path), ".".join(map(str, path)), reason, article.answers)
        for path, reason in broken
    )


def refuse_if_breached(catalogue: Catalogue) -> None:
    """Nothing, or CharterBreached: no outcome about a real subject comes from a catalogue that fails (article 22)."""
    if catalogue.mode != "live":
        raise CharterBreached(
            Message(CharterMessage.CATALOGUE_FOR_LABORATORY, {"catalogue": catalogue.name}), where="charter, article 22"
        )
    _refuse_breaches(catalogue, assess(catalogue).breaches)


def refuse_if_stacked(catalogue: Catalogue, in_force: Iterable[Catalogue]) -> None:
    """Nothing, or CharterBreached where one in force under another name restricts for the same conduct (article 7)."""
    _refuse_breaches(catalogue, list_stacking_breaches(catalogue, tuple(in_force)))


def _refuse_breaches(catalogue: Catalogue, breaches: tuple[Breach, ...]) -> None:
    if breaches:
        first, number = breaches[0], len(breaches) - 1
        code = CharterMessage.ARTICLES_BREACHED if number else CharterMessage.ARTICLE_BREACHED
        params = {"catalogue": catalogue.name, "article": first.article, "number": number, "reason": first.reason}
        message = Message(code, params)
        remedies = (first.reason.render_remedy(), message.render_remedy())
        raise CharterBreached(message, where=first.where, remedy="; ".join(filter(None, remedies)))
