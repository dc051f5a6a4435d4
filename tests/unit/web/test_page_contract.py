"""What every page and its twin promise: one visit of each, and each promise by its name."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from tests.site_register import list_addresses, twin
from tests.unit.web.http.test_security_headers import assert_guarded
from tests.unit.web.markup import Markup, list_days, list_leaves, list_texts_under

HEX = re.compile(r"\b[0-9a-f]{64}\b")


@dataclass(frozen=True)
class Visit:
    """The answers at an address: its page and its twin to anybody, its twin to an overseer."""

    address: str
    page: Any
    twin: Any
    overseen: Any
    read: Markup


@pytest.mark.each_database
@pytest.mark.parametrize("address", list_addresses())
def test_a_page_and_its_twin_keep_what_every_page_promises(
    anybody: Any, signed_in: Callable[..., Any], address: str
) -> None:
    """Both answer and say the same, guarded and marked up; they ask nothing elsewhere; no cache keeps what is seen."""
    page, beside = anybody.get(address), anybody.get(twin(address))
    visit = Visit(address, page, beside, signed_in("overseer").get(twin(address)), Markup(page.text))
    broken = {}
    for promise in PROMISES:
        try:
            promise(visit)
        except AssertionError as failure:
            broken[promise.__name__] = str(failure)
    assert not broken, "\n".join(f"{address} breaks {name}: {why}" for name, why in broken.items())


def the_page_answers_and_names_its_twin(visit: Visit) -> None:
    """A page answers in HTML, and names its twin."""
    assert visit.page.status_code == 200
    assert visit.page.headers["Content-Type"].startswith("text/html")
    assert f'href="{html.escape(twin(visit.address))}"' in visit.page.text


def the_twin_answers(visit: Visit) -> None:
    """The twin answers in JSON."""
    assert visit.twin.status_code == 200
    assert visit.twin.headers["Content-Type"] == "application/json"
    assert visit.twin.json()["about"]["demonstration"] is True


def the_twin_says_no_less_than_the_page(visit: Visit) -> None:
    """Days, hashes, ledger positions and subjects of the page are those of the twin."""
    page, answer = visit.read, visit.twin.json()
    texts = [value for value in list_leaves(answer) if isinstance(value, str)]
    assert page.days <= list_days(texts)
    assert set(HEX.findall(page.text)) <= set(HEX.findall(" ".join(texts)))
    assert page.subjects <= {text for text in texts if ":" in text}
    assert page.positions <= {value for value in list_leaves(answer) if isinstance(value, int)}


def the_twin_says_no_more_than_the_page(visit: Visit) -> None:
    """Whatever the twin calls by a name stands on the page."""
    shown = " ".join((visit.read.text + " " + " ".join(visit.read.addresses)).split())
    for key in ("name", "identifier", "reference", "citation", "commitment", "title", "says"):
        for value in list_texts_under(visit.twin.json(), key):
            assert " ".join(value.split()) in shown


def nothing_is_asked_of_anybody_else(visit: Visit) -> None:
    """No page loads anything from elsewhere, and none has a script or a style of its own."""
    assert all(address.startswith(("/", "#", "?")) for address in visit.read.addresses), visit.read.addresses
    assert not visit.read.tags & {"script", "style", "iframe", "object", "embed", "base"}
    assert not visit.read.attributes & {"style", "onclick", "onload", "onsubmit"}


def the_page_is_marked_up_for_readers(visit: Visit) -> None:
    """One title, one main part, a language, labels for all fields, and no identifier used twice."""
    assert visit.read.count["h1"] == visit.read.count["main"] == 1
    assert visit.read.language == "en"
    assert visit.read.fields <= visit.read.labelled
    assert len(visit.read.ids) == len(set(visit.read.ids))


def the_page_is_guarded(visit: Visit) -> None:
    """The page carries the strict headers."""
    assert_guarded(visit.page.headers)


def the_twin_is_guarded(visit: Visit) -> None:
    """The twin carries them too."""
    assert_guarded(visit.twin.headers)


def what_is_seen_signed_in_is_kept_by_no_cache(visit: Visit) -> None:
    """What a signed-in person sees is not stored between them and the register."""
    assert visit.overseen.headers["Cache-Control"] == "private, no-store"


PROMISES = (
    the_page_answers_and_names_its_twin, the_twin_answers, the_twin_says_no_less_than_the_page,
    the_twin_says_no_more_than_the_page, nothing_is_asked_of_anybody_else, the_page_is_marked_up_for_readers,
    the_page_is_guarded, the_twin_is_guarded, what_is_seen_signed_in_is_kept_by_no_cache,
)  # fmt: skip
