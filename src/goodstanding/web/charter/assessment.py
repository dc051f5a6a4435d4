"""What the charter says of a catalogue, article by article."""

from __future__ import annotations

from functools import lru_cache

from django.utils.translation import get_language

from goodstanding import charter
from goodstanding.catalogue import Catalogue
from goodstanding.charter.assessment import Assessment
from goodstanding.web.charter.schemas import (
    ArticleBreach,
    ArticleDifference,
    ArticleStatus,
    AssessedArticle,
    CharterAssessment,
)


def present_article_cells(catalogue: Catalogue) -> list[ArticleStatus]:
    """What became of each article, at a glance."""
    return [
        ArticleStatus(article=number, status=status) for number, status in charter.assess(catalogue).articles.items()
    ]


def present_judgement(catalogue: Catalogue) -> CharterAssessment:
    """What became of each article, with the reason and the place of each breach, in the language of the page."""
    return _present_judgement_in(get_language() or "", catalogue)


@lru_cache(maxsize=512)
def _present_judgement_in(language: str, catalogue: Catalogue) -> CharterAssessment:
    assessment = charter.assess(catalogue)
    statuses = list(assessment.articles.values())
    return CharterAssessment(
        version=assessment.version,
        satisfied=statuses.count("satisfied"),
        breached=statuses.count("breached"),
        not_applicable=statuses.count("not applicable"),
        articles=[_present_article_judgement(article, assessment, language) for article in charter.ARTICLES],
    )


def _present_article_judgement(article: charter.Article, assessment: Assessment, language: str) -> AssessedArticle:
    return AssessedArticle(
        number=article.number,
        title=article.title,
        says=article.says,
        answers=article.answers,
        status=assessment.articles[article.number],
        breaches=[
            ArticleBreach(
                reason=breach.reason.render_text(language),
                place=breach.where,
                remedy=breach.reason.render_remedy(language),
            )
            for breach in assessment.breaches
            if breach.article == article.number
        ],
    )


def list_differing_articles(catalogue: Catalogue, twin: Catalogue) -> list[ArticleDifference]:
    """The articles of which the charter says something else for the twin."""
    own_articles, twin_articles = charter.assess(catalogue).articles, charter.assess(twin).articles
    return [
        ArticleDifference(
            number=article.number,
            title=article.title,
            here=own_articles[article.number],
            there=twin_articles[article.number],
        )
        for article in charter.ARTICLES
        if own_articles[article.number] != twin_articles[article.number]
    ]
