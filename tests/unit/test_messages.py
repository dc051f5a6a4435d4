"""Messages: a code with parameters, whose words stand in one place and are said in the reader's language."""

from __future__ import annotations

import ast
import importlib
import os
import pkgutil
import re
import shutil
import struct
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import translation

from goodstanding import errors, messages
from goodstanding.catalogue import load_library
from goodstanding.errors import NotPossible
from goodstanding.intake.problems import build_problem, render_params, render_reason
from goodstanding.messages import (
    EvidenceMessage,
    IntakeMessage,
    Message,
    MessageCode,
    ProcedureMessage,
    list_codes,
    message_codes,
)
from goodstanding.subjects import SCHEMES, IdentifierScheme
from goodstanding.web.http.errors import present_error, render_message

PHASE = Message(ProcedureMessage.DECIDER_PROPOSED, {"person": "Ada"})
HOUSE = Path(errors.__file__).parent
ROOMS_WITH_CODES = [  # whose every refusal is a code
    "access", "catalogue", "charter", "evidence", "intake", "lab", "ledger", "oversight", "procedure", "register",
    "subjects",
]  # fmt: skip
ERRORS = {name for name, kind in vars(errors).items() if isinstance(kind, type) and issubclass(kind, Exception)}
_PARAMETER = re.compile(r"%\((\w+)\)s")


@pytest.fixture
def catalogue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A catalogue of messages in German, of a few of its words."""
    folder = tmp_path / "de" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    words = {
        "%(person)s proposed the case.": "%(person)s hat das Verfahren vorgeschlagen.",
        "somebody else decides": "jemand anderes entscheidet",
        "The name says that it is %(named)s, but the file is %(actual)s.": "Nach dem Namen %(named)s, doch %(actual)s.",
        "a PDF document": "ein PDF",
        "a text": "ein Text",
        "below %(least)s": "unter %(least)s",
        "not of the form of %(title)s: %(shape)s": "nicht in der Form von %(title)s: %(shape)s",
        "Legal Entity Identifier": "Rechtsträgerkennung",
        "18 digits and capital letters and 2 digits": "18 Ziffern und Großbuchstaben und 2 Ziffern",
        "A score of persons.": "Eine Punktzahl von Personen.",
    }
    (folder / f"{message_codes.DOMAIN}.mo").write_bytes(compile_catalogue(words))
    monkeypatch.setattr(message_codes, "CATALOGUES", tmp_path)
    message_codes._load_catalogue.cache_clear()
    yield
    message_codes._load_catalogue.cache_clear()


def compile_catalogue(words: dict[str, str]) -> bytes:
    """A catalogue in the format of GNU gettext."""
    pairs = sorted(
        (key.encode(), text.encode())
        for key, text in {"": "Content-Type: text/plain; charset=UTF-8\n", **words}.items()
    )
    tables, content, start = [b"", b""], b"", 28 + 16 * len(pairs)
    for side in (0, 1):
        for pair in pairs:
            tables[side] += struct.pack("<II", len(pair[side]), start + len(content))
            content += pair[side] + b"\0"
    head = struct.pack("<7I", 0x950412DE, 0, len(pairs), 28, 28 + 8 * len(pairs), 0, 0)
    return head + b"".join(tables) + content


def test_every_code_has_words() -> None:
    """No two codes are alike; each says what is wrong in words that name their parameters."""
    codes = list_codes()
    assert len(codes) == len({str(code) for code in codes})
    for code in codes:
        assert code.text, code
        for words in (code.text, code.remedy):
            assert isinstance(words % dict.fromkeys(_PARAMETER.findall(words), "x"), str)


def test_codes_are_those_of_every_module() -> None:
    """No class of codes is left out of those that are found by name, though each is loaded when it is asked for."""
    for module in pkgutil.walk_packages(messages.__path__, f"{messages.__name__}."):
        importlib.import_module(module.name)
    assert {type(code) for code in list_codes()} == set(MessageCode.__subclasses__())


@pytest.mark.parametrize("room", ROOMS_WITH_CODES)
def test_what_a_room_refuses_is_a_code(room: str) -> None:
    """No error of the house is made of words in a room: they stand with their code, where all read them."""
    assert list(list_worded_errors(HOUSE / room)) == []


def list_worded_errors(folder: Path) -> Iterator[str]:
    """The places below a folder where an error is made of words."""
    for file in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and name_called(node) in ERRORS and node.args and is_text(node.args[0]):
                yield f"{file.relative_to(HOUSE)}:{node.lineno}"


def name_called(call: ast.Call) -> str:
    """The last part of what is called."""
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def is_text(node: ast.expr) -> bool:
    """Whether an argument is written as words: a text, one with values in it, or several put together."""
    if isinstance(node, ast.BinOp):
        return is_text(node.left) or is_text(node.right)
    if isinstance(node, ast.IfExp):
        return is_text(node.body) or is_text(node.orelse)
    return isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str))


@pytest.mark.skipif(shutil.which("xgettext") is None, reason="GNU gettext is not installed")
def test_gathering_finds_the_words_of_every_code(tmp_path: Path) -> None:
    """What `make words` runs finds what each code says is wrong; only a code of nothing but parameters has no words."""
    shutil.copytree(HOUSE / "messages", tmp_path / "messages")
    (tmp_path / "locale").mkdir()
    environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    command = [sys.executable, "-m", "django", "makemessages", "--keep-pot", "--all"]
    subprocess.run(command, cwd=tmp_path, env=environment, check=True, capture_output=True)
    words = read_words((tmp_path / "locale" / "django.pot").read_text(encoding="utf-8"))
    codes = list_codes()
    assert [code for code in codes if _PARAMETER.sub("", code.text) and code.text not in words] == []


def read_words(template: str) -> set[str]:
    """The words to be translated in a template of GNU gettext, each of which may stand in several lines."""
    entries = re.findall(r'^msgid ((?:".*"\n)+)', template, re.MULTILINE)
    return {"".join(map(ast.literal_eval, entry.splitlines())) for entry in entries}


def test_an_error_of_a_message_says_both_and_keeps_the_code() -> None:
    """What is wrong and what would be right come from the code; a remedy of its own goes before."""
    error = NotPossible(PHASE)
    assert (error.message, error.remedy, error.coded) == ("Ada proposed the case.", "somebody else decides", PHASE)
    assert NotPossible(PHASE, remedy="Ben").remedy == "Ben"
    assert NotPossible("It is wrong.").coded is None


@pytest.mark.usefixtures("catalogue")
def test_a_parameter_that_is_a_message_is_said_in_the_same_language() -> None:
    """A sentence is in one language throughout."""
    titles = {"named": Message(EvidenceMessage.TITLE_PDF), "actual": Message(EvidenceMessage.TITLE_TEXT)}
    message = Message(EvidenceMessage.NAME_OF_OTHER_KIND, {**titles, "ending": "txt"})
    assert message.render_text("de") == "Nach dem Namen ein PDF, doch ein Text."
    assert str(message) == "The name says that it is a PDF document, but the file is a text."


@pytest.mark.usefixtures("register_folder", "catalogue")
def test_the_problems_of_rows_are_said_in_the_language_of_their_reader() -> None:
    """What is kept of a file has codes; what was kept in words, before there were any, is shown in these."""
    from goodstanding.portal.submissions.api.views import present_row_problems

    kept = {"problems": [[2, "score", {"code": "value-below", "params": {"least": 0}}, "-1"], [3, "name", "long", "x"]]}
    assert [problem.reason for problem in present_row_problems(kept, "de")] == ["unter 0", "long"]
    assert [problem.reason for problem in present_row_problems(kept, "")] == ["below 0", "long"]


@pytest.mark.usefixtures("catalogue")
def test_what_an_identifier_is_called_is_said_in_the_language_of_its_reader() -> None:
    """The name and the form of its scheme are messages, and are kept as such with the problem of a row."""
    params = {"title": SCHEMES["lei"].title, "shape": SCHEMES["lei"].shape}
    kept = render_params(Message(IntakeMessage.IDENTIFIER_OF_OTHER_FORM, params))
    problem = build_problem(2, "lei", IntakeMessage.IDENTIFIER_OF_OTHER_FORM, kept, None)
    german = "nicht in der Form von Rechtsträgerkennung: 18 Ziffern und Großbuchstaben und 2 Ziffern"
    assert render_reason(problem.message, "de") == german
    assert SCHEMES["lei"].render_title("de") == "Rechtsträgerkennung"
    assert IdentifierScheme("fr-siren", "SIREN (France)").render_title("de") == "SIREN (France)"


@pytest.mark.usefixtures("register_folder", "catalogue")
def test_why_an_article_is_breached_is_said_in_the_language_of_the_page() -> None:
    """The same catalogue is shown in one language and then in another."""
    from goodstanding.web.charter.assessment import present_judgement

    for language, reason in (("de", "Eine Punktzahl von Personen."), ("en", "A score of persons.")):
        with translation.override(language):
            assert present_judgement(load_library()["suining-2010"]).articles[3].breaches[0].reason == reason


@pytest.mark.parametrize(("language", "folder"), [("zh-hans", "zh_Hans"), ("pt-br", "pt_BR"), ("de", "de")])
@pytest.mark.usefixtures("catalogue")
def test_a_catalogue_lies_where_django_looks_too(language: str, folder: str) -> None:
    """A language's folder is named as Django names it, so that one catalogue serves pages and messages."""
    (message_codes.CATALOGUES / "de").rename(message_codes.CATALOGUES / folder)
    assert translation.to_locale(language) == folder
    assert PHASE.render_remedy(language) == "jemand anderes entscheidet"


@pytest.mark.usefixtures("register_folder", "catalogue")
def test_a_page_says_it_in_the_language_of_its_reader() -> None:
    """By the same words as the command line; what has no translation stands as it is written."""
    with translation.override("de"):
        assert render_message(PHASE) == "Ada hat das Verfahren vorgeschlagen."
        problem = present_error(NotPossible(PHASE))
        assert (problem.message, problem.remedy) == (render_message(PHASE), "jemand anderes entscheidet")
        assert render_message(Message(ProcedureMessage.DECISION_UNREASONED)) == "A decision without reasons."
        problem = present_error(NotPossible("It is wrong.", remedy=PHASE))
        assert (problem.message, problem.remedy) == ("It is wrong.", "Ada hat das Verfahren vorgeschlagen.")
        assert present_error(NotPossible(PHASE, remedy="Ben")).remedy == "Ben"
    with translation.override("en"):
        assert render_message(PHASE) == "Ada proposed the case."
