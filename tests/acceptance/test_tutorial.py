"""The tutorial from a statute to a register: its files are saved, its commands run and its pages used as it says."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.acceptance.program import PATIENCE, build_environment
from tests.acceptance.test_documents import FOLLOWED
from tests.acceptance.test_terminal_sign_in import SECRET, make_code, opened
from tests.acceptance.warm import DAYS_LATER
from tests.forms import Form

from goodstanding import config

WORKS, LISTED = "lei:MERROW000000RIVER333", "merrow-rivers/ordered-to-restore"
_PART = re.compile(
    r"<!-- (?P<note>[^\n]+?) -->\n(?:```\w*\n(?P<noted>.*?)^```$)?|^```console\n(?P<console>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)
_ANSWERED = re.compile(r"^(?:Password|Code) of .*\n", re.MULTILINE)
_PROMPT = re.compile(r"(?:Password|Code) of [\w ]+: ?|.*GetPassWarning.*\n.*\n|Warning: Password.*\n")


class Reader:
    """Somebody who follows the page in a folder: a shell that stays open, and the register's own pages."""

    def __init__(self, folder: Path, path: str) -> None:
        self.folder, self.case = folder, 0
        self.passwords, self.browsers = dict[str, str](), dict[str, Any]()
        self.shell = subprocess.Popen(
            ["bash"],
            cwd=folder,
            env=build_environment(PATH=path),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def runs(self, command: str) -> str:
        """What a command prints, which has to end well; the passwords that it shows are noted."""
        typed = "/dev/null"
        if signer := re.search(r'catalogue (?:sign|review) .*--by "([^"]+)"', command):
            typed = f"<(printf '%s\\n' '{self.passwords[signer[1]]}' {make_code()})"
        assert self.shell.stdin
        assert self.shell.stdout
        self.shell.stdin.write(f"{{ {command}\n}} < {typed}\necho ended with $?\n")
        self.shell.stdin.flush()
        lines: list[str] = []
        for line in self.shell.stdout:
            if line.startswith("ended with "):
                assert line == "ended with 0\n", f"{command}\n{''.join(lines)}"
                break
            lines.append(line)
        printed = "".join(lines)
        self.passwords |= dict(
            re.findall(r"^([\w ]+?)(?: \(.*\))?\n  password, shown this once: (\S+)$", printed, re.M)
        )
        return printed

    def saves(self, file: str, text: str, mode: str) -> None:
        """A file of the page, or more of it."""
        with (self.folder / file).open(mode, encoding="utf-8") as stream:
            stream.write(text)

    def sits_down_as(self, name: str) -> Any:
        """A browser in which somebody has signed in with the password that the terminal showed, once."""
        from django.test import Client

        if name in self.browsers:
            return self.browsers[name]
        client = self.browsers[name] = Client(HTTP_HOST="localhost")
        answer = client.post("/sign-in", {"username": name, "password": self.passwords[name]})
        assert answer.status_code == 302, name
        return client


def send_form(client: Any, path: str, **typed: Any) -> Any:
    """The answer to a form that is filled in, looked at once more and sent."""
    fields = {name.replace("__", "."): value for name, value in typed.items()}
    form = Form(client.get(path).content.decode()).all
    looked_at = client.post(path, form | fields | {"step": "review"})
    assert looked_at.status_code == 200, path
    answer = client.post(path, Form(looked_at.content.decode()).all | {"step": "send"})
    assert answer.status_code == 303, path
    return answer


def open_the_case(reader: Reader) -> None:
    """6 July: Ada proposes and serves the notice, Dora claims the file, and Olga confirms it."""
    from django.core.files.uploadedfile import SimpleUploadedFile

    ada = reader.sits_down_as("Ada Clerk")
    answer = send_form(
        ada, f"/desk/propose?list={LISTED}", identifier=WORKS, name="Kingfisher Tannery", reference="R-1/2026",
        occurred="2026-07-02", field__damage="dead-fish", field__minor_first="no",
        text="Two hundred dead trout below the outflow.",
    )  # fmt: skip
    reader.case = int(answer.url.partition("/cases/")[2].partition("?")[0])
    send_form(ada, f"/cases/{reader.case}/acts/NoticeServed", service="delivered", proof="Courier receipt 12")
    proof = SimpleUploadedFile("extract.txt", b"Director since 2019: Dora Director.", "text/plain")
    dora = reader.sits_down_as("Dora Director")
    send_form(dora, "/account/claim", identifier=WORKS, text="I am its director since 2019.", files=proof)
    olga = reader.sits_down_as("Olga Overseer")
    claim = re.search(r"/account/claims/(\d+)/proof", olga.get("/account/claims").content.decode())
    assert claim
    send_form(olga, f"/account/claims?claim={claim[1]}&do=confirm", do="confirm", until="2027-07-05")


def decide_the_case(reader: Reader) -> None:
    """13 July: Dora answers, Ben decides, and Ada serves the order."""
    acts = f"/cases/{reader.case}/acts"
    dora, ben, ada = map(reader.sits_down_as, ("Dora Director", "Ben Decider", "Ada Clerk"))
    send_form(dora, f"{acts}/ReplyFiled", text="A pipe broke. It was mended on the same day.")
    reasons = "The pipe was old, and this was reported in April."
    send_form(ben, f"{acts}/CaseDecided", upheld="yes", text=reasons)
    send_form(ada, f"{acts}/DecisionServed", service="delivered", proof="Courier receipt 13")


def use_pages(reader: Reader, day: str, steps: Callable[[Reader], None]) -> None:
    """What is done on the pages of the demonstration, on a day."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("GOODSTANDING_TODAY", day)
        with opened(reader.folder / "out/merrow"):
            steps(reader)


def set_up_second_steps(reader: Reader) -> None:
    """An app for each of the three, as the site sets one up, its secret under the register's own key."""
    folder = reader.folder / "out/merrow-live"
    with opened(folder):
        from allauth.mfa.totp.internal.auth import TOTP
        from django.contrib.auth import get_user_model
        from django.test import override_settings

        with override_settings(SECRET_KEY=config.load_settings(folder).secret()):
            for user in get_user_model().objects.all():
                TOTP.activate(user, SECRET)


def answer_questions(reader: Reader) -> None:
    """What the reviewer writes into the sheet of questions."""
    sheet = (reader.folder / "out/answers.yaml").read_text(encoding="utf-8")
    of_official = re.sub(r'(decided_by":\n.*\n.*\n    about: )\[\]', r"\1[official]", sheet)
    answered = of_official.replace("about: []", "about: [organisation]")
    reader.saves("out/answers.yaml", answered.replace('records: ""', 'records: "What the officer saw and ticked"'), "w")


NOTES: dict[str, Callable[[Reader], object]] = {
    "on the pages: propose, claim": lambda reader: use_pages(reader, "2026-07-06", open_the_case),
    "on the pages: hear, decide": lambda reader: use_pages(reader, "2026-07-13", decide_the_case),
    "on the pages: second steps": set_up_second_steps,
    "in an editor: every question answered": answer_questions,
    "thirty-one days later": lambda reader: reader.runs(f"export {DAYS_LATER}=31"),
}


@pytest.fixture
def reader(tmp_path: Path, launcher: Path) -> Iterator[Reader]:
    """Somebody with the program and an empty folder."""
    reader = Reader(tmp_path, f"{launcher}:{build_environment()['PATH']}")
    yield reader
    reader.shell.communicate("exit\n", timeout=PATIENCE)


def list_commands(console: str) -> list[tuple[str, str]]:
    """The commands of a block, each with what the page says that it prints."""
    return [(command, text) for command, _end, text in (part.partition("\n") for part in console.split("$ ")[1:])]


def matches(printed: str, text: str) -> bool:
    """Whether something was printed as the page shows it; `…` may be anything in a line, or any lines by itself."""
    shown_lines = re.escape(_ANSWERED.sub("", text).strip()).split("\\\n")
    pattern = "\n".join("(?s:.*)" if line == "…" else line.replace("…", ".*") for line in shown_lines)
    lines = "\n".join(line.rstrip() for line in _PROMPT.sub("", printed).strip().splitlines())
    return re.fullmatch(pattern, lines) is not None


def test_whoever_follows_the_tutorial_sees_what_it_shows(reader: Reader) -> None:
    """Every file, command and page from the first line to the last; where an output is shown, that is what comes."""
    compared = 0
    for part in _PART.finditer(FOLLOWED.read_text(encoding="utf-8")):
        note = part["note"] or ""
        kind, _colon, file = note.partition(": ")
        if note.startswith("not run: "):
            continue
        if kind in ("file", "add to"):
            reader.saves(file, part["noted"], "w" if kind == "file" else "a")
            continue
        if note:
            NOTES[note](reader)
        for command, text in list_commands(part["console"] or part["noted"] or ""):
            printed = reader.runs(command)
            assert not text or matches(printed, text), f"$ {command}\n{printed}\n--- the page says\n{text}"
            compared += bool(text)
    assert compared > 20
