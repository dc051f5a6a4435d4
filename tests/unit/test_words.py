"""What people read: through translation, in usual words, and without the turns that the style page rules out."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.template.base import Lexer, TokenType

from goodstanding import errors

HOUSE = Path(errors.__file__).parent
ROOT = HOUSE.parents[1]
TEMPLATES = sorted((*HOUSE.glob("web/templates/**/*.html"), *HOUSE.glob("portal/templates/**/*.html")))
DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").glob("**/*.md"))]
SOURCES = [file for suffix in ("py", "html", "txt", "yaml", "typ") for file in sorted(HOUSE.rglob(f"*.{suffix}"))]
STYLE = ROOT / "docs" / "reference" / "words.md"  # which quotes what it rules out
QUOTED = (HOUSE / "library", HOUSE / "demonstration" / "data", STYLE)
BANNED = re.compile(
    r"right would be"
    r"|look(?:ed)? at (?:it |them )?once more|see it once more"
    r"|told, to be answered|to be answered and decided"
    r"|get off, and be heard"
    r"|something is in force for"
    r"|your parts\b|in which part\b|in another part\b|you have no part"
    r"|any script\b|also misspelt"
    r"|(?:act|file|desk|case|claim|mandate) is not yours\b"
    r"|nothing is left to\b"
    r"|you need do nothing"
    r"|stands? first, then"
    r"|seldom anything",
    re.IGNORECASE,
)
VIEWS = sorted((*HOUSE.glob("web/**/*.py"), *HOUSE.glob("portal/**/*.py")))
TERMINAL_OR_PROTOCOL = {  # read by who starts the program, or by who writes one
    "portal/accounts/demonstration_accounts.py",
    "portal/accounts/openid_providers.py",
    "portal/submissions/api/message_signatures.py",
    "portal/submissions/api/rows.py",
    "portal/submissions/api/structured_fields.py",
    "portal/submissions/api/views.py",
    "web/http/errors.py",  # what is said of a fault of the program itself touches nothing that may be at fault
    "web/oversight/annual_report.py",
}
ERRORS = {name for name, kind in vars(errors).items() if isinstance(kind, type) and issubclass(kind, Exception)}
ERRORS |= {"FieldProblem", "ProblemSchema"}
READ_ALOUD = {"alt", "aria-label", "label", "placeholder", "title"}  # attributes that a person reads
WORD = re.compile(r"[^\W\d_]{2,}")
NAMES = {
    "CSV",
    "GS",
    "JSON",
    "PDF",
    "SHA",
    "SQL",
    "ZIP",
    "sha",
    "golden",
    "dragn",
}  # everywhere; an example of a search
IDENTIFIER = re.compile(r"[a-z-]+:\w+|/[\w/]+")


class WrittenText(HTMLParser):
    """What is written into the markup itself: its text, and the attributes that are read aloud."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._open: list[str] = []
        self.feed(markup)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Notes an element, and what of its attributes a person reads."""
        self._open.append(tag)
        self.texts += [text for name, text in attrs if name in READ_ALOUD and text]

    def handle_data(self, data: str) -> None:
        """Notes a text, unless it is code, a program or a style."""
        if not {"code", "script", "style", "kbd"} & set(self._open[-1:]):
            self.texts.append(data)

    def handle_endtag(self, tag: str) -> None:
        """Closes an element."""
        if tag in self._open:
            while self._open.pop() != tag:
                pass


def list_untranslated(template: Path) -> Iterator[str]:
    """The words of a template that stand outside of what is translated."""
    markup, depth = "", 0
    for token in Lexer(template.read_text(encoding="utf-8")).tokenize():
        if token.token_type is TokenType.BLOCK:
            name = token.contents.split()[0]
            depth += {"blocktranslate": 1, "endblocktranslate": -1, "comment": 1, "endcomment": -1}.get(name, 0)
        elif token.token_type is TokenType.TEXT and not depth:
            markup += token.contents
    for text in WrittenText(markup).texts:
        if set(WORD.findall(IDENTIFIER.sub("", text))) - NAMES:
            yield " ".join(text.split())


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda template: template.name)
def test_what_a_page_says_goes_through_translation(template: Path) -> None:
    """No template has words of its own in its text, or in what is read aloud of its elements."""
    assert list(list_untranslated(template)) == []


def list_plain_errors(module: Path) -> Iterator[str]:
    """The errors and problems of a module that are made of words which nothing translates."""
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] in ERRORS:
            for words in [*node.args[:1], *(key.value for key in node.keywords if key.arg in ("message", "remedy"))]:
                if isinstance(words, ast.JoinedStr) or (isinstance(words, ast.Constant) and " " in str(words.value)):
                    yield f"{node.lineno}: {ast.unparse(words)}"


@pytest.mark.parametrize("module", VIEWS, ids=lambda module: str(module.relative_to(HOUSE)))
def test_what_a_view_refuses_goes_through_translation(module: Path) -> None:
    """No error of a page is made of words that are the same in every language, but for terminals and protocols."""
    if str(module.relative_to(HOUSE)) not in TERMINAL_OR_PROTOCOL:
        assert list(list_plain_errors(module)) == []


def test_words_outside_of_translation_are_found(tmp_path: Path) -> None:
    """Text and attributes are looked at, and what is translated, code or a value is not."""
    template = tmp_path / "page.html"
    template.write_text(
        "<p>Plain words</p>{% translate 'Other words' %}<a title='Read aloud' href='/plain-words'>{{ name }}</a>"
        "{% blocktranslate %}More words{% endblocktranslate %}<code>some code</code>"
    )
    assert list(list_untranslated(template)) == ["Plain words", "Read aloud"]


@pytest.mark.parametrize("file", [*SOURCES, *DOCUMENTS], ids=lambda file: str(file.relative_to(ROOT)))
def test_no_banned_turn_is_used(file: Path) -> None:
    """Templates, messages, commands, letters and documents do without the turns that the style page rules out."""
    if not any(file.is_relative_to(quoted) for quoted in QUOTED):
        assert BANNED.findall(file.read_text(encoding="utf-8")) == []


def test_the_style_page_shows_what_is_banned() -> None:
    """Most of what the test rules out stands in the table of the style page, with what to write in its place."""
    table = STYLE.read_text(encoding="utf-8").partition("## Turns to avoid")[2].partition("## Languages")[0]
    assert len(BANNED.findall(table)) >= 7
