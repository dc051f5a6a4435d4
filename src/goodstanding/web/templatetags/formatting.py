"""How pages say things: days in words, figures in groups, names exactly as their source writes them."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any

from django import template
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from goodstanding.plain_text import is_sentence

register = template.Library()
_CHINESE = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_ARTICLE = re.compile(r"([0-9]+-[A-Z])")
_PARTS = re.compile(rf"([0-9]+-[A-Z]|{_CHINESE.pattern}(?:{_CHINESE.pattern}|[《》〈〉（）、，。·])*)")
_CATALOGUE_WORD = re.compile(r"[a-z]+(-[a-z0-9]+)+")
_KANA = re.compile(r"[\u3040-\u30ff]")
_ICON_SHAPES = {
    "stop": '<rect x="3" y="3" width="18" height="18" fill="currentColor" stroke="none"/>',
    "ok": '<circle cx="12" cy="12" r="10" fill="currentColor" stroke="none"/>'
    '<path d="m7 12.5 3.5 3.5L17 8.5" stroke="#fff" stroke-width="2.5"/>',
    "fact": '<circle cx="12" cy="12" r="6" fill="currentColor" stroke="none"/>',
    "wait": '<circle cx="12" cy="12" r="9"/><path d="M12 3a9 9 0 0 1 0 18z" fill="currentColor" stroke="none"/>',
    "ended": '<circle cx="12" cy="12" r="9"/>',
    "annulled": '<circle cx="12" cy="12" r="9"/><path d="M5 19 19 5"/>',
    "no": '<path d="M5 5l14 14M19 5 5 19" stroke-width="3"/>',
    "na": '<path d="M5 12h14"/>',
    "lab": '<path d="M9 3h6M10 3v6.5L4.6 18.6A1.7 1.7 0 0 0 6.1 21h11.8a1.7 1.7 0 0 0 1.5-2.4L14 9.5V3M7.5 15h9"/>',
}


@register.filter
def render_day(value: date | None) -> str | SafeString:
    """A day in words, with its ISO form for machines: 16 February 2015."""
    if value is None:
        return ""
    text = date_format(value, "j F Y")
    return format_html('<time datetime="{}">{}</time>', value.isoformat()[:10], text)


@register.filter
def render_instant(value: datetime | None) -> str | SafeString:
    """An instant in words: 22 November 2026, 18:53 UTC."""
    if value is None:
        return ""
    text = date_format(value, "j F Y, H:i")
    return format_html('<time datetime="{}">{} UTC</time>', value.isoformat(), text)


@register.filter
def format_count(value: int) -> str:
    """A figure in groups of three: 299,061."""
    return f"{value:,}"


@register.filter
def render_name(name: str) -> SafeString:
    """A name exactly as its source writes it, apart from the text around it, with its language where that is clear."""
    if _CHINESE.search(name) and not _KANA.search(name):
        return format_html('<bdi lang="zh">{}</bdi>', name)
    return format_html("<bdi>{}</bdi>", name)


@register.filter
def name_subject_kind(value: str) -> str:
    """The kind of a subject in words."""
    titles = {
        "organisation": _("Organisation"),
        "establishment": _("Establishment"),
        "authority": _("Public authority"),
        "person": _("Natural person"),
    }
    return titles.get(value, value)


@register.filter
def name_role(value: str) -> str:
    """A role in words."""
    titles = {
        "subject": _("subject"),
        "source": _("source"),
        "decider": _("decider"),
        "appeal": _("appeal body"),
        "overseer": _("overseer"),
        "recipient": _("recipient"),
        "relying-party": _("relying party"),
        "applicant": _("applicant"),
    }
    return titles.get(value, _("anybody"))


@register.filter
def format_plain_value(value: Any) -> Any:
    """A field's value: yes and no for truth, a word of a catalogue as it is spoken, everything else as it is."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return speak(value) if isinstance(value, str) else value


@register.filter
def speak(word: str) -> str:
    """A word of a catalogue as it stands in a sentence: order to correct; any other text as it is."""
    return word.replace("-", " ") if _CATALOGUE_WORD.fullmatch(word) else word


register.filter(is_sentence)


@register.filter
def render_advice(remedy: str) -> str:
    """What to do after an error, as a sentence of its own."""
    return capfirst(remedy) if is_sentence(remedy) else _("Use, for example: %(remedy)s.") % {"remedy": remedy}


@register.filter
def format_grade(grade: Any) -> str:
    """A grade in a line: Food hygiene rating 4 of 5; Environmental credit yellow, 5 of 12."""
    joint = " " if _is_figure(grade) or not format_grade_scale(grade) else ", "
    return f"{grade.title} {grade.value}{joint}{format_grade_scale(grade)}".strip()


@register.filter
def format_grade_scale(grade: Any) -> str:
    """What stands after a grade: of 5 for a figure; 5 of 12, its points, for a word."""
    if not grade.of:
        return ""
    if _is_figure(grade):
        return _("of %(most)s") % {"most": grade.of}
    return _("%(score)s of %(most)s") % {"score": grade.score, "most": grade.of} if grade.score is not None else ""


def _is_figure(grade: Any) -> bool:
    return grade.value is not None and grade.value.isdecimal()


@register.filter
def format_audience(audience: str) -> str:
    """A kind of relying party as words: tax authority."""
    return audience.replace("-", " ")


@register.filter
def render_unbroken_text(text: str) -> SafeString:
    """A text whose article numbers stay on one line (69-B), and whose Chinese says that it is Chinese."""
    return format_html_join("", "{}", ((_render_text_part(part),) for part in _PARTS.split(text)))


def _render_text_part(part: str) -> str | SafeString:
    if _ARTICLE.fullmatch(part):
        return format_html('<span class="nowrap">{}</span>', part)
    return format_html('<span lang="zh">{}</span>', part) if _CHINESE.match(part) else part


@register.simple_tag
def render_status(shape: str, word: str) -> SafeString:
    """A status: shape, word and ink, never one of them alone."""
    return format_html('<span class="status status--{}">{}{}</span>', shape, render_icon(shape), word)


@register.simple_tag
def render_icon(shape: str) -> SafeString:
    """A shape alone, beside a word that says the same."""
    return format_html(
        '<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">{}</svg>',
        SafeString(_ICON_SHAPES[shape]),
    )


@register.simple_tag
def render_options(choices: list[Any], selected: str) -> SafeString:
    """The options of a long select; by a tag, because a loop in a template takes ten milliseconds for hundreds."""
    return format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        (
            (choice.value, SafeString(" selected") if choice.value == selected else "", _title_choice(choice))
            for choice in choices
        ),
    )


def _title_choice(choice: Any) -> str:
    """A choice with how many it leaves, where that was counted."""
    count = getattr(choice, "count", None)
    return choice.title if count is None else f"{choice.title} ({format_count(count)})"


_STATUS_SHAPES = {"satisfied": "ok", "breached": "no", "not applicable": "na"}


@register.filter
def name_article_status(value: str) -> str:
    """What became of an article, in words."""
    titles = {"satisfied": _("satisfied"), "breached": _("breached"), "not applicable": _("does not apply")}
    return titles.get(value, value)


@register.simple_tag
def render_article_status(value: str) -> SafeString:
    """What became of an article, as a status."""
    status_name = name_article_status(value)
    return render_status(_STATUS_SHAPES[value], status_name[:1].upper() + status_name[1:])


@register.simple_tag
def render_icon_sprite() -> SafeString:
    """The shapes that `cells` uses, once for a page."""
    shapes = ((name, SafeString(_ICON_SHAPES[name])) for name in _STATUS_SHAPES.values())
    symbols = format_html_join("", '<symbol id="i-{}" viewBox="0 0 24 24">{}</symbol>', shapes)
    return format_html('<svg class="hidden" aria-hidden="true" focusable="false">{}</svg>', symbols)


@register.simple_tag
def render_article_cells(articles: list[Any]) -> SafeString:
    """What became of each article, in small cells: number, shape and, for whoever hears the page, words."""
    label = _("Article")
    inner = format_html_join(
        "",
        '<li class="cell cell--{}"><span class="hidden">{} </span>{}<svg class="icon" aria-hidden="true" '
        'focusable="false"><use href="#i-{}"/></svg><span class="hidden"> {}</span></li>',
        (
            (
                _STATUS_SHAPES[article.status],
                label,
                _find_article_number(article),
                _STATUS_SHAPES[article.status],
                name_article_status(article.status),
            )
            for article in articles
        ),
    )
    return format_html('<ol class="cells" aria-label="{}">{}</ol>', _("The charter, article by article"), inner)


def _find_article_number(article: Any) -> int:
    return article.article if hasattr(article, "article") else article.number


@register.filter
def build_slug(address: str) -> str:
    """The address of a field as an identifier within a page."""
    return re.sub(r"[^A-Za-z0-9_-]", "-", address)


@register.filter
def name_source_mark(mark: str) -> str:
    """How surely an article is known, in words: its mark D, S, M or X."""
    titles = {
        "D": _("the text was read"),
        "S": _("from somebody who states it"),
        "M": _("from memory"),
        "X": _("worked out from other figures"),
    }
    return titles.get(mark, mark)


@register.filter
def count_rules(section: Any) -> int:
    """How many rules a part of a catalogue's page lists."""
    return sum(len(group.lines) for group in section.groups)


@register.filter
def has_problem(inputs: list[Any]) -> bool:
    """Whether something is wrong with one of these inputs."""
    return any(field_input.problem for field_input in inputs)


@register.simple_tag
def name_input_place(page: Any, where: str | None) -> str:
    """How a person names the input at an address of the calculator; nothing where it has none there."""
    if where == page.at.address:
        return str(page.at.title)
    for record in page.records:
        for field_input in (record.occurred, *record.decides, *record.besides):
            if field_input.address == where:
                return _("Record %(n)s, %(title)s") % {"n": record.number, "title": field_input.title}
    return _("One more record") if where == "add" else ""
