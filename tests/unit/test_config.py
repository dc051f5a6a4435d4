"""A register's settings: its file, then the environment."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from goodstanding import config
from goodstanding.errors import NoRegister, RegisterError
from goodstanding.mail_settings import build_mail_settings
from goodstanding.private_files import write_private_file
from goodstanding.proxy_settings import (
    PROXIES,
    THREADS,
    TLS,
    count_proxies,
    count_threads,
    is_behind_tls,
    list_secure_origins,
)

FOLDER = Path("/somewhere")


def test_without_settings_a_register_has_the_defaults() -> None:
    """An empty file and an empty environment give SQLite in the folder, for use and not for demonstration."""
    register = config.build_settings(FOLDER, {}, {})
    assert (register.postgres, register.demonstration) == (False, False)
    assert register.sqlite_file("default") == FOLDER / "ledger.sqlite3"


def test_the_environment_goes_before_the_file() -> None:
    """A variable of the environment is heard rather than the file's setting, whichever it is."""
    written = {
        "name": "file",
        "origin": "file",
        "demonstration": False,
        "database": "sqlite:///a.sqlite3",
        "hosts": ["a"],
    }
    environment = {
        "GOODSTANDING_NAME": "env", "GOODSTANDING_ORIGIN": "env", "GOODSTANDING_DEMONSTRATION": "true",
        "GOODSTANDING_DATABASE": "postgresql:///b", "GOODSTANDING_HOSTS": "b, c",
    }  # fmt: skip
    settings = config.build_settings(FOLDER, written, environment)
    assert (settings.name, settings.origin, settings.demonstration, settings.postgres, settings.hosts) == (
        "env",
        "env",
        True,
        True,
        ("b", "c"),
    )


def test_an_unknown_setting_is_refused() -> None:
    """A misspelt setting is said by name, with those there are."""
    with pytest.raises(RegisterError, match="nmae") as refusal:
        config.build_settings(FOLDER, {"nmae": "x"}, {})
    assert "name" in str(refusal.value.remedy)


def test_origins_follow_from_the_hosts() -> None:
    """Each host is an origin over HTTPS, a domain stands for all below it; who answers to any name states none."""
    assert list_secure_origins(("a.example", ".b.example", "*")) == ["https://a.example", "https://*.b.example"]


@pytest.mark.parametrize("name", ["Goodstanding", 'The "first"', "C:\\register", "Реестр 登记册", "a = [1]\\n"])
def test_what_is_written_is_read_again(tmp_path: Path, name: str) -> None:
    """Settings survive being written, whatever characters they hold."""
    register = config.RegisterSettings(tmp_path, name=name, demonstration=True, hosts=("a", "b"))
    config.write_settings(register)
    assert config.load_settings(tmp_path) == register


def test_no_settings_are_no_register(tmp_path: Path) -> None:
    """A folder without its file is no register; the error says how to make one."""
    with pytest.raises(NoRegister) as refusal:
        config.load_settings(tmp_path)
    assert "goodstanding init" in str(refusal.value.remedy)


@pytest.mark.parametrize("content", [b"name = ", b"\xff\xfe", b"[name"])
def test_settings_that_cannot_be_read_are_an_error(tmp_path: Path, content: bytes) -> None:
    """A file that is no TOML raises RegisterError and names the file."""
    (tmp_path / config.SETTINGS_FILE).write_bytes(content)
    with pytest.raises(RegisterError) as refusal:
        config.load_settings(tmp_path)
    assert config.SETTINGS_FILE in str(refusal.value.where)


@pytest.mark.parametrize("written", [{"name": 5}, {"hosts": 5}, {"database": ["x"]}, {"origin": False}])
def test_a_setting_of_another_type_is_refused(written: dict[str, object]) -> None:
    """A setting that is no text (or, for hosts, no list of texts) raises RegisterError with its name."""
    with pytest.raises(RegisterError, match=next(iter(written))):
        config.build_settings(FOLDER, written, {})


def test_a_rebuilt_projection_is_another_file(tmp_path: Path) -> None:
    """Switching makes the file that was built beside the one in use, and a new name for the next."""
    register = config.RegisterSettings(tmp_path)
    (tmp_path / "projection").mkdir()
    beside = register.sqlite_file("rebuild")
    register.switch()
    assert register.sqlite_file("projection") == beside != register.sqlite_file("rebuild")


def test_a_secret_is_made_once_and_is_private(tmp_path: Path) -> None:
    """The secret key stays the same, only its owner can read it, and no other file of that name is replaced."""
    register = config.RegisterSettings(tmp_path)
    assert register.secret() == register.secret()
    assert (tmp_path / "keys" / "secret").stat().st_mode & 0o077 == 0
    with pytest.raises(FileExistsError):
        write_private_file(tmp_path / "keys" / "secret", b"other")


@pytest.mark.parametrize(
    ("mail", "expected"),
    [
        ("console:", {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}),
        ("folder:outbox", {"EMAIL_FILE_PATH": "/somewhere/outbox"}),
        ("smtp://ana:se%40cret@mail.example.org", {
            "EMAIL_HOST": "mail.example.org", "EMAIL_PORT": 587, "EMAIL_HOST_PASSWORD": "se@cret",
            "EMAIL_USE_TLS": True,
        }),
        ("smtp://localhost:25", {"EMAIL_PORT": 25, "EMAIL_USE_TLS": False, "EMAIL_USE_SSL": False}),
        ("smtps://mail.example.org", {"EMAIL_PORT": 465, "EMAIL_USE_TLS": False, "EMAIL_USE_SSL": True}),
    ],
)  # fmt: skip
def test_one_setting_says_where_e_mails_go(mail: str, expected: dict[str, object]) -> None:
    """A console, a folder, or a server: over TLS, but to this machine itself."""
    settings = build_mail_settings(config.build_settings(FOLDER, {"mail": mail}, {}))
    assert {name: settings[name] for name in expected} == expected


@pytest.mark.parametrize(
    "mail", ["", "mail.example.org", "http://x", "smtp://", "smtp:host", "smtp://host:port", "smtps://"]
)
def test_a_way_to_send_that_is_none_is_refused(mail: str) -> None:
    """A setting that names no way to send raises RegisterError and says what would."""
    with pytest.raises(RegisterError, match="mail") as refusal:
        build_mail_settings(config.build_settings(FOLDER, {"mail": mail}, {}))
    assert "smtp://" in str(refusal.value.remedy)


@pytest.mark.parametrize("size", [0, -1, True, "ten", "", "1e6"])
def test_a_size_that_is_no_number_is_refused(size: object) -> None:
    """The size of the largest file is a whole number above 0, in the file and in the environment."""
    with pytest.raises(RegisterError, match="evidence_bytes"):
        config.build_settings(FOLDER, {"evidence_bytes": size}, {})
    assert (
        config.build_settings(FOLDER, {"evidence_bytes": 5}, {"GOODSTANDING_EVIDENCE_BYTES": "7"}).evidence_bytes == 7
    )


@pytest.mark.parametrize("text", ["yes", "true", "2", " 1"])
def test_a_proxy_is_there_or_not(text: str) -> None:
    """Another word than 1 or 0 stops the program: with it cookies would go without HTTPS, and nobody would know."""
    assert [is_behind_tls({TLS: word}) for word in ("1", "0", "")] == [True, False, False]
    with pytest.raises(RegisterError, match="neither yes nor no"):
        is_behind_tls({TLS: text})


@pytest.mark.parametrize("text", ["many", "-1", "1.5", "9" * 9, "²"])
def test_a_count_in_the_environment_is_a_number(text: str) -> None:
    """How many proxies are believed, and how many threads there are; below 0 is no count of either."""
    assert [
        count_proxies(environment) for environment in ({}, {TLS: "1"}, {PROXIES: "2", TLS: "1"}, {PROXIES: "0"})
    ] == [0, 1, 2, 0]
    assert [count_threads({}), count_threads({THREADS: "8"})] == [4, 8]
    for variable, count in ((PROXIES, count_proxies), (THREADS, count_threads)):
        with pytest.raises(RegisterError, match="no number that can be"):
            count({variable: text})


def test_the_day_of_a_demonstration_is_written_and_read(tmp_path: Path) -> None:
    """The day on which it stands still survives being written; a register in use refuses one."""
    register = config.RegisterSettings(tmp_path, demonstration=True, today=date(2026, 11, 2))
    config.write_settings(register)
    assert config.load_settings(tmp_path, {}) == register
    with pytest.raises(RegisterError) as refusal:
        config.build_settings(FOLDER, {"today": date(2026, 11, 2)}, {})
    assert refusal.value.where == "GOODSTANDING_TODAY"
    with pytest.raises(RegisterError):
        config.build_settings(FOLDER, {"today": "2026-11-02", "demonstration": True}, {})
