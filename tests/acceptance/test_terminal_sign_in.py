"""The terminal is a door: whoever reads or signs there does so with an account, and a look is seen by the subject."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.acceptance.program import (
    PROGRAM,
    CommandResult,
    assert_holds,
    build_environment,
    run_in_process,
    run_process,
    succeed,
)
from tests.acceptance.test_commands import give_mandate
from tests.clerk import mx_row, rfc, write_csv

COMPANY, SECRET = f"mx-rfc:{rfc(0)}", "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
ENROL = """
from goodstanding.cli.options import open_chosen_register
with open_chosen_register():
    from allauth.mfa.totp.internal.auth import TOTP
    from django.contrib.auth import get_user_model
    TOTP.activate(get_user_model().objects.get(username="{name}"), "{secret}")
"""
BASIS = ("--reason", "order", "--basis", "Example Act art. 9")


@contextmanager
def opened(folder: Path) -> Iterator[None]:
    """A register's folder, opened in this process."""
    from goodstanding.cli.options import open_chosen_register

    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("GOODSTANDING_REGISTER", str(folder))
        with open_chosen_register():
            yield


def run_typing(folder: Path, *arguments: object, typed: str) -> CommandResult:
    """Runs the installed program where there is no terminal, with what somebody types at its prompts."""
    done = subprocess.run(
        [str(PROGRAM), *map(str, arguments)], input=typed.encode(), env=build_environment(folder), capture_output=True,
        start_new_session=True, timeout=300, check=False,
    )  # fmt: skip
    return CommandResult(done.returncode, done.stdout, done.stderr.decode())


@pytest.fixture
def presumed_register(new_register: Path, tmp_path: Path) -> Path:
    """A demonstration register with a company that is presumed, which only parties may know."""
    folder = shutil.copytree(new_register, tmp_path / "register")
    file = write_csv(tmp_path / "list_2021-05-18.csv", [mx_row(rfc(0))])
    succeed("ingest", file, "--feed", "mx-sat-69b", register=folder)
    return folder


def test_nobody_reads_in_a_part_without_an_account_that_has_it(presumed_register: Path) -> None:
    """Typing a role opens nothing; the answer says what is missing, for a subject the mandate."""
    ask = ("standing", COMPANY, "--as")
    for part in ("source:mx-sat", f"subject:{COMPANY}", "decider:mx-sat", "appeal:anybody-at-all"):
        refused = run_in_process(*ask, part, register=presumed_register)
        assert (refused.code, "No account here is" in refused.err, refused.out) == (3, True, b""), part
    unknown = run_in_process(*ask, "overseer", "--account", "Nobody", register=presumed_register)
    assert (unknown.code, "'Nobody' is no account that is overseer" in unknown.err) == (3, True)
    succeed("account", "add", "Dora", "--role", "subject", "--scope", COMPANY, register=presumed_register)
    without = run_in_process(*ask, f"subject:{COMPANY}", register=presumed_register)
    assert (without.code, "No mandate" in without.err) == (5, True)
    give_mandate(presumed_register, "Dora Director", COMPANY)
    command = (*ask, f"subject:{COMPANY}", "--account", "Dora Director")
    assert b"presumed" in succeed(*command, "--json", register=presumed_register).out
    succeed("account", "close", "Olga Overseer", register=presumed_register)
    assert run_in_process(*ask, "overseer", register=presumed_register).code == 3
    assert_holds(presumed_register)


def test_a_look_at_the_terminal_is_one_that_the_subject_sees(presumed_register: Path) -> None:
    """With the name of the account; what anybody sees leaves none."""
    run_in_process("standing", COMPANY, register=presumed_register)
    succeed("standing", COMPANY, "--as", "overseer", register=presumed_register)
    with opened(presumed_register):
        from goodstanding.web.http.access_log import list_access_entries

        looks = [(look.name, look.role, look.opened) for look in list_access_entries(COMPANY)]
    assert looks == [("Olga Overseer", "overseer", f"goodstanding standing {COMPANY}")]


def add_overseer(folder: Path, name: str) -> str:
    """The password of a new account, hashed as the installed program does."""
    command = ("account", "add", name, "--role", "overseer", "--json")
    return str(succeed(*command, register=folder, by=run_process).json()["password"])


@pytest.fixture
def live_register(tmp_path: Path) -> tuple[Path, dict[str, str]]:
    """A register in use with two accounts of offices, one of which has a second step; and their passwords."""
    folder = tmp_path / "register"
    succeed("init", folder)
    passwords = {name: add_overseer(folder, name) for name in ("Olga", "Oscar")}
    script = ENROL.format(name="Olga", secret=SECRET)  # a process of its own: the register's key encrypts the secret
    subprocess.run([sys.executable, "-c", script], env=build_environment(folder), check=True, timeout=300)
    return folder, passwords


def make_code() -> str:
    """The code that the app shows now."""
    from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

    return str(format_hotp_value(hotp_value(SECRET, int(time.time()) // 30)))  # noqa: TID251 the program reads the same clock


def test_whoever_signs_at_a_terminal_signs_in_there_and_then(live_register: tuple[Path, dict[str, str]]) -> None:
    """A name alone, a wrong password, no second step and a wrong code sign nothing, and write nothing."""
    folder, passwords = live_register
    erase = ("erase", "0", *BASIS, "--by")
    tries = {
        "no account": ("Nobody", ""), "password is wrong": ("Olga", "wrong\n"),
        "second step": ("Oscar", f"{passwords['Oscar']}\n"), "no code": ("Olga", f"{passwords['Olga']}\n000000\n"),
    }  # fmt: skip
    for words, (name, typed) in tries.items():
        refused = run_typing(folder, *erase, name, typed=typed)
        assert (refused.code in (3, 5), words in refused.err) == (True, True), (words, refused.err)
    typed = f"{passwords['Olga']}\n{make_code()}\n"
    reached = run_typing(folder, *erase, "olga", typed=typed)
    assert (reached.code, "no account" in reached.err, "no code" in reached.err) == (3, False, False), reached.err
    assert "a record, an act of a case, or a mandate" in reached.err
    assert assert_holds(folder) == 1


def test_a_signature_under_rules_is_an_account_s_own(live_register: tuple[Path, dict[str, str]]) -> None:
    """The overseer's is an overseer's, signed in; then it is asked whether the time has come."""
    folder, passwords = live_register
    drafted = succeed("catalogue", "draft", "uk-food-hygiene", "--by", "Ada", "--json", register=folder).json()
    sign = ("catalogue", "sign", "uk-food-hygiene", "--as", "overseer", "--by")
    assert run_typing(folder, *sign, "Ada", typed="x\n").code == 3
    reached = run_typing(folder, *sign, "Olga", typed=f"{passwords['Olga']}\n{make_code()}\n")
    assert (reached.code, drafted["comments_until"] in reached.err) == (3, True), reached.err


def test_a_reviewer_answers_each_question_with_their_own_account(
    live_register: tuple[Path, dict[str, str]], tmp_path: Path
) -> None:
    """The questions are printed and handed in again filled in; each refusal says file, line and what would be right."""
    folder, passwords = live_register
    review = ("catalogue", "review", "uk-food-hygiene")
    assert run_in_process(*review, register=folder).code == 3  # there is no draft yet
    succeed("catalogue", "draft", "uk-food-hygiene", "--by", "Ada", register=folder)
    sheet, file = succeed(*review, register=folder).text(), tmp_path / "answers.yaml"
    file.write_text(sheet, encoding="utf-8")
    assert run_in_process(*review, "--answers", file, register=folder).code == 3
    empty = run_in_process(*review, "--answers", file, "--by", "Olga", register=folder)
    questions = succeed(*review, "--json", register=folder).json()
    assert empty.err.count("answers.yaml, line ") == len(questions)
    assert "use, for example: records: what it holds, in plain words; about: of organisation, premises" in empty.err
    answered = sheet.replace('records: ""', 'records: "What the officer writes"').replace(
        "about: []", "about: [premises]"
    )
    file.write_text(answered, encoding="utf-8")
    assert run_typing(folder, *review, "--answers", file, "--by", "Oscar", typed=f"{passwords['Oscar']}\n").code == 5
    done = run_typing(folder, *review, "--answers", file, "--by", "Olga", typed=f"{passwords['Olga']}\n{make_code()}\n")
    assert (done.code, done.text().strip()) == (0, "Every question about uk-food-hygiene is answered"), done.err
    assert succeed(*review, register=folder).text() == answered
    assert "Olga" in succeed("catalogue", "drafts", register=folder).text()
    assert_holds(folder)


def test_only_an_overseer_s_own_account_looks_at_a_sample(live_register: tuple[Path, dict[str, str]]) -> None:
    """Signed in with a second step; of a year that goes on nothing is drawn, and of one without records nothing is."""
    folder, passwords = live_register
    year, sample = datetime.now(UTC).year, ("oversight", "sample", "--by")  # noqa: TID251 the program reads the same clock
    state = ("oversight", "state", 0, "--year", year - 1, "--finding", "as-described", "--reason", "Seen.", "--by")
    for command in ((*sample, "Ada", "--year", year - 1), (*state, "Ada")):
        assert "no account that can sign" in run_typing(folder, *command, typed="x\n").err
    for command in ((*sample, "Oscar", "--year", year - 1), (*state, "Oscar")):
        assert "second step" in run_typing(folder, *command, typed=f"{passwords['Oscar']}\n").err
    typed = f"{passwords['Olga']}\n{make_code()}\n"
    assert "before it is over" in run_typing(folder, *sample, "Olga", "--year", year, typed=typed).err
    assert "not among the records drawn" in run_typing(folder, *state, "Olga", typed=typed).err
    drawn = run_typing(folder, *sample, "Olga", "--year", year - 1, typed=typed)
    assert (drawn.code, drawn.text().strip()) == (0, "0 of 0 records wait to be looked at"), drawn.err
    assert assert_holds(folder) == 1


def test_a_source_is_proposed_by_an_overseer_s_own_account(live_register: tuple[Path, dict[str, str]]) -> None:
    """Signed in there and then; only after that it is asked whether the catalogue lets anybody be admitted."""
    folder, passwords = live_register
    table = folder.parent / "sources.csv"
    table.write_text("id,name,kind,first_day,basis\nla:1,Newtown,food-authority,2015-01-01,Order 1\n", encoding="utf-8")
    admit = ("source", "admit", "uk-food-hygiene", table, "--by")
    tries = {
        "no account": ("Nobody", ""), "password is wrong": ("Olga", "wrong\n"),
        "second step": ("Oscar", f"{passwords['Oscar']}\n"),
        "No catalogue": ("Olga", f"{passwords['Olga']}\n{make_code()}\n"),
    }  # fmt: skip
    for words, (name, typed) in tries.items():
        refused = run_typing(folder, *admit, name, typed=typed)
        assert (refused.code in (3, 5), words in refused.err) == (True, True), (words, refused.err)
    assert assert_holds(folder) == 1
