"""The charter table of catalogues as one HTML page, to be handed to a legislator: complete in itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from goodstanding.catalogue import Catalogue
from goodstanding.charter.articles import ARTICLES
from goodstanding.charter.assessment import VERSION, Assessment, Breach, assess
from goodstanding.charter.vocabulary import list_unchecked_laws
from goodstanding.plain_text import is_sentence

SIGNS = {"satisfied": "✓", "breached": "✗", "not applicable": "–"}
_STYLE = """
body { font: 16px/1.5 Georgia, "Noto Serif CJK SC", serif; color: #1c1b1a; max-width: 62rem; margin: 2rem auto; padding: 0 1rem }
h1, h2, h3 { line-height: 1.2 } h2 { margin-top: 3rem } small, .basis { color: #55504a }
table { border-collapse: collapse; font: 13px/1.4 system-ui, "Noto Sans CJK SC", sans-serif } .wide { overflow-x: auto }
th, td { border: 1px solid #d8d2c8; padding: .3rem .4rem; text-align: center } th:first-child { text-align: left }
.breached { background: #f7dcd6; font-weight: 700 } .satisfied { color: #2c5e3f }
li { margin: .4rem 0 } code { font-size: .85em }
@media print { h2 { break-before: page } }
"""  # noqa: E501


def render_assessment_html(catalogues: Iterable[Catalogue]) -> str:
    """One page: the table of all articles, then each catalogue's breaches with reason, place and law."""
    chosen = [(catalogue, assess(catalogue)) for catalogue in catalogues]
    body = "\n".join(
        [
            _render_head(len(chosen)),
            _render_table(chosen),
            *(_render_assessment(*assessed) for assessed in chosen),
            _render_unchecked_laws(catalogue for catalogue, _assessment in chosen),
            _render_articles(),
        ]
    )
    return (
        f'<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>Charter assessment</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n{body}\n</body>\n</html>\n"
    )


def _render_head(number: int) -> str:
    return (
        f"<h1>What the charter says of {number} catalogues of rules</h1>\n"
        f"<p>Charter version {VERSION}. A live catalogue that breaches one article is not enacted; a laboratory"
        " catalogue runs on drawn populations only, so its breaches are shown, not forbidden.</p>"
    )


def _render_table(chosen: list[tuple[Catalogue, Assessment]]) -> str:
    heads = "".join(f'<th title="{escape(article.title)}">{article.number}</th>' for article in ARTICLES)
    rows = "\n".join(f"<tr>{''.join(_render_cells(catalogue, assessment))}</tr>" for catalogue, assessment in chosen)
    legend = ", ".join(f"{sign} {status}" for status, sign in SIGNS.items())
    return (
        f'<div class="wide"><table>\n<thead><tr><th>Catalogue</th><th>Mode</th>{heads}</tr></thead>\n'
        f"<tbody>\n{rows}\n</tbody>\n</table></div>\n<p><small>{legend}</small></p>"
    )


def _render_cells(catalogue: Catalogue, assessment: Assessment) -> Iterator[str]:
    yield f"<th>{escape(catalogue.name)}</th><td>{catalogue.mode}</td>"
    for number, status in assessment.articles.items():
        kind = status.replace(" ", "-")
        yield f'<td class="{kind}" aria-label="Article {number}: {status}">{SIGNS[status]}</td>'


def _render_assessment(catalogue: Catalogue, assessment: Assessment) -> str:
    differs = "".join(f"<li>{escape(difference)}</li>" for difference in catalogue.differs)
    breaches = "\n".join(
        f"<li><strong>Article {breach.article}.</strong> {escape(str(breach.reason))}"
        f" <code>{escape(breach.where)}</code>{_render_remedy(breach)}</li>"
        for breach in assessment.breaches
    )
    verdict = f"<ul>\n{breaches}\n</ul>" if breaches else "<p>It breaches no article.</p>"
    twin = f"<p>How it differs from {escape(catalogue.twin)}:</p><ul>{differs}</ul>" if catalogue.twin else ""
    return (
        f"<h2>{escape(catalogue.title)}</h2>\n<p>{escape(catalogue.summary)}</p>\n"
        f"<p><small>{escape(catalogue.name)}, version {catalogue.version}, {catalogue.mode};"
        f" sha256 {catalogue.digest}</small></p>\n{twin}\n{verdict}\n{_render_readings(catalogue)}"
    )


def _render_readings(catalogue: Catalogue) -> str:
    """How many rules were compared with the text of their law, and in which secondary sources others were read."""
    rules = [rule for _place, rule in catalogue.rules() if rule.basis]
    secondary = [rule.read_in for rule in rules if rule.read_in]
    compared = sum(rule.is_compared for rule in rules)
    sources = escape(f" ({'; '.join(dict.fromkeys(secondary))})") if secondary else ""
    return (
        f"<p><small>Of {len(rules)} rules {compared} were compared with the text of their law, {len(secondary)} were"
        f" read in a secondary source{sources}, {len(rules) - compared - len(secondary)} in neither.</small></p>"
    )


def _render_remedy(breach: Breach) -> str:
    remedy = breach.reason.render_remedy()
    return f"<br>{'' if is_sentence(remedy) else 'Use, for example: '}{escape(remedy)}" if remedy else ""


def _render_unchecked_laws(catalogues: Iterable[Catalogue]) -> str:
    """The laws behind the conduct of catalogues that the charter quotes and that nobody looked up."""
    conduct = {word for catalogue in catalogues for record in catalogue.records.values() for word in record.conduct}
    laws = [f"<li>{escape(f'{word}: {law}')}</li>" for word, law in list_unchecked_laws().items() if word in conduct]
    return f"<h2>Quoted, but not looked up</h2>\n<ul>\n{''.join(laws)}\n</ul>" if laws else ""


def _render_articles() -> str:
    sections = "\n".join(
        f"<h3>{article.number}. {escape(article.title)}</h3>\n<p>{escape(article.says)}</p>\n"
        f'<p class="basis">Answers: {escape(article.answers)}</p>'
        for article in ARTICLES
    )
    return f"<h2>The articles</h2>\n{sections}"
