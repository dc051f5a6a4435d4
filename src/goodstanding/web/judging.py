"""What the charter says of a catalogue, article by article."""

from __future__ import annotations

from functools import lru_cache

from goodstanding import charter
from goodstanding.catalogue import Catalogue
from goodstanding.charter.assessment import Assessment
from goodstanding.web.shapes.catalogues import Otherwise
from goodstanding.web.shapes.charter import Breach, Cell, Judged, Judgement


def cells(catalogue: Catalogue) -> list[Cell]:
    """What became of each article, at a glance."""
    return [Cell(article=number, status=status) for number, status in charter.assess(catalogue).articles.items()]


@lru_cache(maxsize=512)
def judgement(catalogue: Catalogue) -> Judgement:
    """What became of each article, with the reason and the place of each breach."""
    found = charter.assess(catalogue)
    statuses = list(found.articles.values())
    return Judgement(
        version=found.version,
        satisfied=statuses.count("satisfied"),
        breached=statuses.count("breached"),
        not_applicable=statuses.count("not applicable"),
        articles=[_judged(article, found) for article in charter.ARTICLES],
    )


def _judged(article: charter.Article, found: Assessment) -> Judged:
    return Judged(
        number=article.number,
        title=article.title,
        says=article.says,
        answers=article.answers,
        status=found.articles[article.number],
        breaches=[
            Breach(reason=one.reason, place=one.where) for one in found.breaches if one.article == article.number
        ],
    )


def otherwise(catalogue: Catalogue, twin: Catalogue) -> list[Otherwise]:
    """The articles of which the charter says something else for the twin."""
    here, there = charter.assess(catalogue).articles, charter.assess(twin).articles
    return [
        Otherwise(number=one.number, title=one.title, here=here[one.number], there=there[one.number])
        for one in charter.ARTICLES
        if here[one.number] != there[one.number]
    ]
