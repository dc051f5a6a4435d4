"""A served register and a real browser: what every browser test needs."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from tests.acceptance.program import PATIENCE, build_environment

ROOT = Path(__file__).parents[2]
PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
PASSWORD = "a long and secret word"
WIDE, NARROW, HEIGHT = 1280, 390, 900
CLICK = 180_000  # milliseconds until a page that does not answer is given up; none is expected to take so long
TODAY = datetime.now(UTC).date()  # noqa: TID251 the served program reads the same clock


class Site:
    """The served program over one register; it can be started again on a later day."""

    def __init__(self, folder: Path, **variables: str) -> None:
        self.folder, self.day, self.server, self.variables = folder, TODAY, None, variables
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.address = f"http://localhost:{self.port}"  # a name: browsers have no passkeys for a number
        self.at(TODAY)

    def at(self, day: date) -> None:
        """Starts the program, as on that day."""
        self.stop()
        command = [sys.executable, "-m", "granian", "--interface", "asginl", "--http", "1", "--host", "127.0.0.1"]
        self.server = subprocess.Popen(
            [*command, "--port", str(self.port), "tests.acceptance.served_site:application"],
            cwd=ROOT,
            env=build_environment(self.folder, GOODSTANDING_TODAY=day.isoformat(), **self.variables),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self.day = day
        self._wait()

    def _wait(self) -> None:
        end = time.monotonic() + PATIENCE
        while self.server.poll() is None and time.monotonic() < end:
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{self.port}/robots.txt", timeout=PATIENCE).close()
                return
            except (urllib.error.URLError, ConnectionError, TimeoutError):
                time.sleep(0.1)
        pytest.fail("the server does not answer")

    def stop(self) -> None:
        """Stops it."""
        if self.server:
            self.server.terminate()
            self.server.wait(PATIENCE)


@contextmanager
def serve_site(folder: Path) -> Iterator[Site]:
    """A register's pages, for as long as they are looked at."""
    site = Site(folder)
    try:
        yield site
    finally:
        site.stop()


def get_browser_program() -> str:
    """The browser's own program, or a skip that says that none is installed."""
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if program is None:
        pytest.skip("no chromium is installed here")
    return program


@contextmanager
def start_browser() -> Iterator[Any]:
    """A real browser; start it after registers are made, since its loop forbids Django the database."""
    driver = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with driver.sync_playwright() as running:
        browser = running.chromium.launch(executable_path=get_browser_program(), args=ARGUMENTS, timeout=CLICK)
        yield browser
        browser.close()


def open_page(browser: Any, complaints_of: Iterable[str] = ("error", "warning"), **context_options: Any) -> Any:
    """A new page in a context of its own, wide; it remembers every complaint of the browser and every request."""
    context = browser.new_context(viewport={"width": WIDE, "height": HEIGHT}, **context_options)
    context.set_default_timeout(CLICK)  # a busy machine is slow, and no test says how fast anything is
    page = context.new_page()
    page.complaints, page.requested = [], []
    page.on("console", lambda message: page.complaints.append(message.text) if message.type in complaints_of else None)
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.on("request", lambda request: page.requested.append(request.url))
    return page


def resize(page: Any, width: int) -> None:
    """Gives the page another width."""
    page.set_viewport_size({"width": width, "height": HEIGHT})


def sign_in(page: Any, site: Site, name: str) -> None:
    """Signs in with the password that everybody has."""
    page.goto(f"{site.address}/sign-in")
    page.fill("#id_username", name)
    page.fill("#id_password", PASSWORD)
    page.click("form.sign button")
    page.wait_for_load_state()


def list_faults(page: Any, axe_at: Iterable[int] = (WIDE,)) -> list[str]:
    """What is wrong with the open page: what axe finds serious, and what does not fit a wide or a narrow screen."""
    wrong = []
    for width in (NARROW, WIDE):
        resize(page, width)
        if page.evaluate("document.documentElement.scrollWidth") > width:
            wrong.append(f"wider than {width}")
        if width in axe_at:
            wrong += [f"at {width}: {violation}" for violation in _list_serious_faults(page)]
    return wrong


def _list_serious_faults(page: Any) -> list[str]:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed").Axe()
    violations = axe.run(page).response["violations"]
    serious = [violation for violation in violations if violation["impact"] in ("serious", "critical")]
    return [f"{violation['id']}: {violation['nodes'][0]['html'][:200]}" for violation in serious]


def give_account(name: str, role: str = "", scope: str = "") -> None:
    """Gives somebody an account in the register that is open, with the password that everybody has."""
    from django.contrib.auth import get_user_model
    from django.contrib.auth.hashers import make_password

    from goodstanding.web.models import Account

    user = get_user_model().objects.create(username=name, password=make_password(PASSWORD))
    if role:
        Account.objects.create(user=user, role=role, scope=scope)
