"""Files that wait in a form: so many of each person, so long, and never one that an event names."""

from __future__ import annotations

import io
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from threading import Barrier

import pytest
from tests.registers import NOW

from goodstanding import config
from goodstanding.errors import BadFile
from goodstanding.procedure.notices import Exhibit

LATER = NOW + timedelta(days=9)
pytestmark = pytest.mark.usefixtures("register_folder")


def wait_with(content: bytes, by: str = "Ana", at: datetime = NOW, most: int = 1_000) -> Exhibit:
    """A file that somebody left in a form."""
    from goodstanding.register.files.unsent_evidence import accept_waiting_exhibit

    return accept_waiting_exhibit("a.txt", io.BytesIO(content), by, date(2026, 3, 2), most, at)


def is_kept(exhibit: Exhibit) -> bool:
    """Whether a file is in evidence."""
    from goodstanding.register.storage.evidence_store import has_evidence

    return has_evidence(exhibit.digest)


def name_in_event(exhibit: Exhibit) -> None:
    """Sends the form in which a file waits."""
    from goodstanding.ledger import store as ledger
    from goodstanding.register.storage.lifecycle import load_signer

    content = {"subject": "lei:x", "person": "Ana", "evidence": {"digest": exhibit.digest}}
    ledger.append([ledger.EventDraft("MandateClaimed", content)], NOW, load_signer())


def test_so_much_of_a_person_waits_and_no_more() -> None:
    """Beyond that a file is refused, unless what waits was sent; another person has their own."""
    first = wait_with(b"1" * 600)
    wait_with(b"2" * 600)
    with pytest.raises(BadFile, match="wait in forms"):
        wait_with(b"3")
    wait_with(b"3", by="Ben")
    name_in_event(first)
    wait_with(b"4")


def test_what_nobody_sends_goes_after_a_week() -> None:
    """Content and note; what was sent stays, and so does what waits of another, or anew."""
    from goodstanding.register.files.unsent_evidence import discard_unsent_evidence, renew_waiting_exhibit

    unsent, sent, shared, renewed = (wait_with(content) for content in (b"1", b"2", b"3", b"4"))
    name_in_event(sent)
    wait_with(b"3", by="Ben", at=NOW + timedelta(days=6))
    assert renew_waiting_exhibit(renewed, "Ana", LATER)
    assert discard_unsent_evidence(NOW + timedelta(days=7)) == 0
    assert discard_unsent_evidence(LATER) == 1
    assert [is_kept(exhibit) for exhibit in (unsent, sent, shared, renewed)] == [False, True, True, True]
    assert not list(config.get_current_register().path("evidence").rglob(f"{unsent.digest[2:]}*"))


def test_an_erased_file_waits_no_more() -> None:
    """Whoever still has it in a form cannot name it."""
    from goodstanding.register.files.unsent_evidence import renew_waiting_exhibit
    from goodstanding.register.storage.evidence_store import erase_evidence

    exhibit = wait_with(b"1")
    erase_evidence(exhibit.digest, "by law", "Ada", date(2026, 3, 3))
    assert not renew_waiting_exhibit(exhibit, "Ana", NOW)


def test_several_who_tidy_up_at_once_do_not_stumble() -> None:
    """What another of them took away in the meantime is gone, and nobody's form fails for it."""
    from django.db import connections

    from goodstanding.register.files.unsent_evidence import discard_unsent_evidence

    exhibits = [wait_with(str(number).encode()) for number in range(200)]
    start = Barrier(4)

    def tidy() -> int:
        start.wait()
        try:
            return discard_unsent_evidence(LATER)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        tidied = [pool.submit(tidy) for _thread in range(4)]
    assert max(future.result() for future in tidied) > 0
    assert not any(map(is_kept, exhibits))
