"""Fifty people at desks at once: they sign in, open queues and cases, serve and decide, and think between.

They think seven seconds in the middle between two pages, as TPC-W has its browsers do (clause 5.3.1.1); at work on a
case people think longer. Each has cases of their own, as an office divides its work: two of them at one case would be
told that somebody else was first, as they should be.
"""

from __future__ import annotations

import random
import re
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from datetime import date, timedelta
from html import unescape
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from benchmarks.harness.isolated_process import ROOT, measure_call
from benchmarks.harness.registers import NOW, POSTGRES, Registers, Unavailable, make_register, use_register
from benchmarks.harness.results import Bar, Outcome, Result, Skipped, compute_median, compute_quantile

PAGE = Bar(200.0, most=True)
PEOPLE, PARTS, CASES, ROUNDS, THINKING_S, SEED = 50, 2, 2_000, 5, 7.0, 7
PASSWORD = "a long and secret word"
SOURCE = "example-buyer"
LISTED = "procurement-exclusion/excluded-for-misconduct"
_FORM = re.compile(r'<form[^>]*action="(/cases/\d+/acts/[A-Za-z]+)"[^>]*>(.*?)</form>', re.S)
_HIDDEN = re.compile(r'<input[^>]*type="hidden"[^>]*>')
_CASE = re.compile(r'href="/cases/(\d+)"')
_LATE, OVERTAKEN = 0.95, 409
DONE = (302, 303)  # the answers to a form that was carried out


def run(registers: Registers) -> Iterator[Outcome]:
    """Milliseconds at the 95th percentile of what fifty people at desks wait for, reading and acting."""
    folder = registers.of("desks")
    try:
        measure_call(fill_register, str(folder), registers.url(POSTGRES, "desks"))
    except Unavailable as missing:
        yield Skipped("desks", str(missing))
        return
    samples = measure_call(measure_people, str(folder)).value
    for step in ("desk", "case", "act"):
        note = f"{len(samples[step])} times, half within {compute_median(samples[step]):.0f} ms"
        note += f"; {samples['failed']} failed, {samples['told']} were told that somebody else was first"
        yield Result(
            f"{step} at a desk p95, {POSTGRES}", compute_quantile(samples[step], _LATE), "ms", PAGE, None, samples, note
        )


def fill_register(folder: str, url: str) -> None:
    """A new register with cases to serve and cases to decide, and fifty people who may."""
    make_register(folder, url)
    use_register(folder)
    from goodstanding.catalogue.loader import get_catalogue_folder, load_catalogue
    from goodstanding.ledger import store as ledger
    from goodstanding.register.projection.projector import catch_up
    from goodstanding.register.rules.enacted_catalogues import enact_catalogue
    from goodstanding.register.storage.lifecycle import load_signer

    enact_catalogue(load_catalogue(get_catalogue_folder("procurement-exclusion")), date(2026, 1, 1), NOW)
    catch_up()
    size = ledger.get_ledger_size()
    opened = [_draft_proposal(number) for number in range(CASES)]
    ledger.append(opened, NOW, load_signer())
    notices = [_draft_notice(size + number) for number in range(0, CASES, 2)]
    ledger.append(notices, NOW, load_signer())
    catch_up()
    _add_people()


def _draft_proposal(number: int) -> Any:
    from goodstanding.ledger.store import EventDraft

    content = {
        "catalogue": "procurement-exclusion", "list": "excluded-for-misconduct", "record": "exclusion-decision",
        "reference": f"B-{number}", "version": 1, "source": SOURCE, "code": "", "occurred": "2026-09-01",
        "subject": {"kind": "organisation", "identifiers": [f"uk-fhrs-row:{900_000 + number}"],
                    "name": f"Example {number}"},
        "stated": _today().isoformat(), "fields": {"cause": "fraud", "sanction": "exclusion"},
        "text": f"The bid {number} named a certificate that was forged.", "by": "Ada", "office": SOURCE,
        "day": _today().isoformat(),
    }  # fmt: skip
    return EventDraft("CaseProposed", content)


def _draft_notice(position: int) -> Any:
    from goodstanding.ledger.store import EventDraft

    day = _today().isoformat()
    return EventDraft(
        "NoticeServed", {"case": position, "by": "Ada", "office": SOURCE, "day": day, "service": "delivered"}
    )


def _today() -> date:
    from goodstanding.web.http.clock import get_today

    return get_today() - timedelta(days=1)


def _add_people() -> None:
    from django.contrib.auth import get_user_model

    from goodstanding.web.models import Account

    for number in range(PEOPLE):
        user = get_user_model().objects.create_user(f"person-{number}", password=PASSWORD)
        Account.objects.create(user=user, role="source" if number % 2 else "decider", scope=SOURCE)


def measure_people(folder: str) -> dict[str, Any]:
    """What each person waited for, in milliseconds, and how often something failed."""
    import os

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    program = Path(sys.executable).with_name("goodstanding")
    command = [str(program), "--register", folder, "serve", "--port", str(port)]
    with subprocess.Popen(command, cwd=ROOT, env=dict(os.environ), stdout=subprocess.DEVNULL) as server:
        try:
            return _work_at_desks(f"http://127.0.0.1:{port}")
        finally:
            server.terminate()


def _work_at_desks(site: str) -> dict[str, Any]:
    _wait_for(site)
    samples: dict[str, Any] = {"desk": [], "case": [], "act": [], "failed": 0, "told": 0}
    people = [_Person(site, number, samples) for number in range(PEOPLE)]
    for person in people:
        person.sign_in()
    for person in people:
        person.start()
    for person in people:
        person.join()
    return samples


def _wait_for(site: str) -> None:
    for _ in range(200):
        try:
            urllib.request.urlopen(f"{site}/robots.txt", timeout=1)
            return
        except (OSError, urllib.error.URLError):
            time.sleep(0.1)
    raise Unavailable("the program does not answer")


class _Person(threading.Thread):
    """Somebody at a desk, who thinks between two pages."""

    def __init__(self, site: str, number: int, samples: dict[str, Any]) -> None:
        super().__init__(daemon=True)
        self.site, self.number, self.samples, self.drawn = site, number, samples, random.Random(SEED + number)
        self.cookies = CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.cookies), _NoRedirects)

    def sign_in(self) -> None:
        page = self._get("/sign-in")
        names = re.findall(r'<input[^>]*name="(login|username|password)"', page)
        fields = {"password": PASSWORD, **{name: f"person-{self.number}" for name in names if name != "password"}}
        self._post("/sign-in", fields | _read_hidden_fields(page))

    def run(self) -> None:
        for _ in range(ROUNDS):
            time.sleep(self.drawn.expovariate(1 / THINKING_S))
            try:
                self._work()
            except urllib.error.HTTPError as refused:
                self.samples["told" if refused.code == OVERTAKEN else "failed"] += 1
            except (OSError, urllib.error.URLError):
                self.samples["failed"] += 1

    def _work(self) -> None:
        desk = self._timed("desk", "/desk")
        cases = [case for case in sorted(set(_CASE.findall(desk))) if self._has_case(case)]
        if not cases:
            return
        time.sleep(self.drawn.expovariate(1 / THINKING_S))
        address = f"/cases/{self.drawn.choice(cases)}"
        case = self._timed("case", address)
        act = "NoticeServed" if self.number % 2 else "CaseDecided"
        form = next((body for action, body in _FORM.findall(case) if action.endswith(f"/{act}")), None)
        if form is not None:
            time.sleep(self.drawn.expovariate(1 / THINKING_S))
            fields = {"service": "delivered", "proof": "receipt", "upheld": "no", "text": "It was not so."}
            self._timed("act", f"{address}/acts/{act}", fields | _read_hidden_fields(form) | {"step": "send"})
            self._timed("case", address)

    def _has_case(self, case: str) -> bool:
        """Whether the case is this person's: of those in one part each has every so manieth."""
        return int(case) // PARTS % (PEOPLE // PARTS) == self.number // PARTS

    def _timed(self, step: str, address: str, fields: dict[str, str] | None = None) -> str:
        begun = time.perf_counter()
        page = self._get(address) if fields is None else self._post(address, fields)
        self.samples[step].append(1000 * (time.perf_counter() - begun))
        return page

    def _get(self, address: str) -> str:
        return str(self.opener.open(self.site + address, timeout=30).read().decode())

    def _post(self, address: str, fields: dict[str, str]) -> str:
        """Sends a form; one that was carried out leads on to another page, so an answer of its own is a failure."""
        request = urllib.request.Request(self.site + address, urlencode(fields).encode(), {"Referer": self.site})
        try:
            self.opener.open(request, timeout=30)
        except urllib.error.HTTPError as answer:
            if answer.code not in DONE:
                raise
            return ""
        raise OSError(f"{address} was answered, and not carried out")


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """Leaves what follows an act to be asked for, and timed, by itself."""

    def redirect_request(self, *_arguments: Any) -> None:
        """No request: the answer to the form is what was asked for."""


def _read_hidden_fields(form: str) -> dict[str, str]:
    """The hidden fields of a form, the token against forged ones among them."""
    fields = {}
    for field in _HIDDEN.findall(form):
        name, value = re.search(r'name="([^"]*)"', field), re.search(r'value="([^"]*)"', field)
        if name:
            fields[name[1]] = unescape(value[1]) if value else ""
    return fields
