"""What stands in front of a server, and how much it answers at once, as variables of the environment say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from goodstanding.errors import RegisterError
from goodstanding.messages import Message, SettingsMessage

TLS, PROXIES, THREADS = "GOODSTANDING_HTTPS", "GOODSTANDING_PROXIES", "GOODSTANDING_THREADS"
DEFAULT_THREADS, MOST = 4, 1_000


def is_behind_tls(environment: Mapping[str, str]) -> bool:
    """Whether a proxy ends HTTPS; RegisterError for another word than 1 or 0, so that nobody only thinks so."""
    text = environment.get(TLS, "") or "0"
    if text not in ("0", "1"):
        raise RegisterError(Message(SettingsMessage.VARIABLE_NO_SWITCH, {"value": repr(text)}), where=TLS)
    return text == "1"


def list_secure_origins(hosts: Iterable[str]) -> list[str]:
    """The origins under which these hosts are read over HTTPS; `.example.org` stands for all hosts below it."""
    return [f"https://{'*' * host.startswith('.')}{host}" for host in hosts if host != "*"]


def count_proxies(environment: Mapping[str, str]) -> int:
    """How many proxies stand in front: behind HTTPS at least the one that ends it, where nothing else is said."""
    return _parse_count(environment, PROXIES, int(is_behind_tls(environment)))


def count_threads(environment: Mapping[str, str]) -> int:
    """How many requests a process answers at once."""
    return _parse_count(environment, THREADS, DEFAULT_THREADS) or DEFAULT_THREADS


def _parse_count(environment: Mapping[str, str], variable: str, default: int) -> int:
    text = environment.get(variable, "") or str(default)
    if not (text.isascii() and text.isdecimal() and len(text) <= len(str(MOST)) and int(text) <= MOST):
        message = Message(SettingsMessage.VARIABLE_NO_COUNT, {"value": repr(text), "most": MOST})
        raise RegisterError(message, where=variable)
    return int(text)
