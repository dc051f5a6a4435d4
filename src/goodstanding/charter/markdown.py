"""The charter table of catalogues as a page of the documentation, in Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from goodstanding.catalogue import Catalogue
from goodstanding.charter.articles import ARTICLES
from goodstanding.charter.assessment import VERSION, Assessment, assess
from goodstanding.charter.burdens.adverse_measures import read_adverse_table
from goodstanding.charter.report import SIGNS
from goodstanding.charter.vocabulary import Vocabulary, describe_law, get_vocabulary, list_endangering_conduct

_GROUNDS = {
    "burden": "a list of anything but honours",
    "most": "half of the grades or more",
    "requested": "a score that somebody asked for about themselves",
}
_OTHERS: tuple[tuple[Vocabulary, str], ...] = (
    ("kinds", "Kinds of field"),
    ("purposes", "Purposes"),
    ("fields", "Fields of measures"),
    ("audiences", "Audiences of measures"),
    ("about", "About whom something is, in a reviewer’s answer"),
)


def render_assessment_markdown(catalogues: Iterable[Catalogue]) -> str:
    """The table of all articles, then for each catalogue why it breaches what it breaches."""
    chosen = sorted(catalogues, key=lambda catalogue: (catalogue.mode != "live", catalogue.name))
    assessments = [assess(catalogue) for catalogue in chosen]
    legend = ", ".join(f"{sign} {status}" for status, sign in SIGNS.items())
    parts = [
        "# What the charter says of each catalogue",
        f"Charter version {VERSION}; {legend}. Made by `goodstanding charter assess --markdown FILE`, and a test holds"
        " that it is up to date. [The articles](charter.md) are on a page of their own.",
        "\n".join(_render_table(assessments)),
        "## Why laboratory catalogues are not for real subjects",
        *(
            "\n".join(_render_reasons(catalogue, assessment))
            for catalogue, assessment in zip(chosen, assessments, strict=True)
            if assessment.breaches
        ),
    ]
    return "\n\n".join(parts) + "\n"


def _render_table(assessments: list[Assessment]) -> Iterator[str]:
    yield "| catalogue | mode | " + " | ".join(str(article.number) for article in ARTICLES) + " |"
    yield "| --- | --- |" + " --- |" * len(ARTICLES)
    for assessment in assessments:
        yield (
            f"| {assessment.catalogue} | {assessment.mode} | "
            + " | ".join(SIGNS[status] for status in assessment.articles.values())
            + " |"
        )


def _render_reasons(catalogue: Catalogue, assessment: Assessment) -> Iterator[str]:
    yield f"### {catalogue.name}\n\n{catalogue.title}.\n"
    for article in ARTICLES:
        reasons = dict.fromkeys(
            str(breach.reason) for breach in assessment.breaches if breach.article == article.number
        )
        if reasons:
            yield f"- **{article.number}. {article.title}.** {' '.join(reasons)}"


def render_charter_markdown() -> str:
    """The charter itself: its articles with what each answers, and the closed vocabularies with the relation table."""
    articles = [
        f"## {article.number}. {article.title}\n\n{article.says}\n\n*Answers: {article.answers}*"
        for article in ARTICLES
    ]
    rows = [
        f"| `{name}` | {entry['title']} | {entry['nature']} | {', '.join(entry['leads_to'])} | {describe_law(name)} |"
        for name, entry in get_vocabulary("conduct").items()
    ]
    relation = "\n".join(
        [
            "| conduct | meaning | nature | fields in which a measure may follow | law, where no article names it |",
            "| --- | --- | --- | --- | --- |",
            *rows,
        ]
    )
    others = [
        f"## {title}\n\n"
        + "\n".join(f"- `{name}`: {entry['title']}" for name, entry in get_vocabulary(vocabulary).items())
        for vocabulary, title in _OTHERS
    ]
    adverse = "\n".join(["## What counts as a disadvantage\n", *_render_adverse_rows()])
    head = (
        f"# The charter, version {VERSION}\n\nWhat a live register may hold, do and show. Each article is one function"
        " over a catalogue; [what it says of each catalogue](charter-table.md) is worked out, not written."
    )
    dangers = ", ".join(f"`{name}`" for name in list_endangering_conduct())
    relations = f"## Conduct, and what may follow from it\n\n{relation}\n\nIt can endanger a life: {dangers}."
    return "\n\n".join([head, *articles, relations, adverse, *others]) + "\n"


def _render_adverse_rows() -> Iterator[str]:
    """The table of measures: the first row that fits says what a measure weighs."""
    yield "A `bar` is a restriction in the sense of articles 6 to 8 and 12 to 18; the first row that fits counts.\n"
    yield "| kind | fields | purposes | audience, ground | weight | why |"
    yield "| --- | --- | --- | --- | --- | --- |"
    for row in read_adverse_table()["measures"]:
        columns = [", ".join(row.get(key, ())) or "any" for key in ("fields", "purposes")]
        limits = ", ".join(filter(None, (*row.get("audience", ()), _GROUNDS.get(row.get("ground"))))) or "any"
        yield f"| {row['kind']} | {' | '.join(columns)} | {limits} | {row['weight']} | {row['why']} |"
    yield f"\nA restriction on a person exempts at least: {', '.join(read_adverse_table()['exempt'])}."
