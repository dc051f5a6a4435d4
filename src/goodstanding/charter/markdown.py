"""The charter table of catalogues as a page of the documentation, in Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from goodstanding.catalogue import Catalogue
from goodstanding.charter.articles import ARTICLES
from goodstanding.charter.assessment import VERSION, Assessment, assess
from goodstanding.charter.report import SIGNS
from goodstanding.charter.words import Vocabulary, words

_OTHERS: tuple[tuple[Vocabulary, str], ...] = (
    ("kinds", "Kinds of field"),
    ("purposes", "Purposes"),
    ("fields", "Fields of measures"),
)


def markdown(catalogues: Iterable[Catalogue]) -> str:
    """The table of all articles, then for each catalogue why it breaches what it breaches."""
    chosen = sorted(catalogues, key=lambda one: (one.mode != "live", one.name))
    found = [assess(catalogue) for catalogue in chosen]
    legend = ", ".join(f"{sign} {status}" for status, sign in SIGNS.items())
    parts = [
        "# What the charter says of each catalogue",
        f"Charter version {VERSION}; {legend}. Made by `goodstanding charter assess --markdown FILE`, and a test holds"
        " that it is up to date. [The articles](charter.md) are on a page of their own.",
        "\n".join(_table(found)),
        "## Why laboratory catalogues are not for real subjects",
        *("\n".join(_reasons(catalogue, one)) for catalogue, one in zip(chosen, found, strict=True) if one.breaches),
    ]
    return "\n\n".join(parts) + "\n"


def _table(found: list[Assessment]) -> Iterator[str]:
    yield "| catalogue | mode | " + " | ".join(str(article.number) for article in ARTICLES) + " |"
    yield "| --- | --- |" + " --- |" * len(ARTICLES)
    for one in found:
        yield f"| {one.catalogue} | {one.mode} | " + " | ".join(SIGNS[each] for each in one.articles.values()) + " |"


def _reasons(catalogue: Catalogue, found: Assessment) -> Iterator[str]:
    yield f"### {catalogue.name}\n\n{catalogue.title}.\n"
    for article in ARTICLES:
        reasons = dict.fromkeys(one.reason for one in found.breaches if one.article == article.number)
        if reasons:
            yield f"- **{article.number}. {article.title}.** {' '.join(reasons)}"


def charter() -> str:
    """The charter itself: its articles with what each answers, and the closed vocabularies with the relation table."""
    articles = [f"## {one.number}. {one.title}\n\n{one.says}\n\n*Answers: {one.answers}*" for one in ARTICLES]
    rows = [
        f"| `{name}` | {said['title']} | {said['nature']} | {', '.join(said['leads_to'])} |"
        for name, said in words("conduct").items()
    ]
    relation = "\n".join(
        ["| conduct | meaning | nature | fields in which a measure may follow |", "| --- | --- | --- | --- |", *rows]
    )
    others = [
        f"## {title}\n\n" + "\n".join(f"- `{name}`: {said['title']}" for name, said in words(vocabulary).items())
        for vocabulary, title in _OTHERS
    ]
    head = (
        f"# The charter, version {VERSION}\n\nWhat a live register may hold, do and show. Each article is one function"
        " over a catalogue; [what it says of each catalogue](charter-table.md) is worked out, not written."
    )
    return "\n\n".join([head, *articles, f"## Conduct, and what may follow from it\n\n{relation}", *others]) + "\n"
