"""One conduct, one restriction of a kind (article 7): of two catalogues in force together the later has no effect."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from tests.law.sound import load_sound_catalogue
from tests.proceedings import PEOPLE
from tests.registers import NOW
from tests.unit.charter.test_stacked_catalogues import STACKED, build_other

from goodstanding import config
from goodstanding.catalogue import Catalogue, overlay_catalogue
from goodstanding.errors import CharterBreached, NotFound
from goodstanding.ledger import store as ledger

SOUND, TODAY = load_sound_catalogue(), NOW.date()
OTHER = build_other(STACKED["the same under another name"][0])
pytestmark = pytest.mark.usefixtures("register_folder")


def _forge(*catalogues: Catalogue) -> list[str]:
    """Writes enactments past every door; gives the catalogues in force."""
    from goodstanding.register.projection.projector import catch_up
    from goodstanding.register.rules.enacted_catalogues import list_enacted
    from goodstanding.register.storage.lifecycle import load_signer

    for catalogue in catalogues:
        content = {
            "name": catalogue.name, "version": catalogue.version, "digest": catalogue.digest,
            "day": TODAY.isoformat(), "files": catalogue.files, "charter": 2,
        }  # fmt: skip
        ledger.append([ledger.EventDraft("CatalogueEnacted", content)], NOW, load_signer())
    catch_up()
    return list(list_enacted())


def _list_findings() -> list[tuple[str, str]]:
    from goodstanding.register.projection.verification import verify_register

    return [(finding.code, str(finding.problem)) for finding in verify_register().findings]


def _retire(name: str, day: date = TODAY) -> None:
    from goodstanding.register.projection.projector import catch_up
    from goodstanding.register.rules.enactment import sign_retirement

    for role, person in PEOPLE.items():
        sign_retirement(name, day, "Act 7 of 2026", role, person, NOW)
    catch_up()


@pytest.mark.parametrize("means", STACKED)
def test_the_later_of_two_that_stack_has_no_effect_whoever_put_it_into_force(means: str) -> None:
    """Nothing follows from it, and verification names both measures, the article and what would be right."""
    from goodstanding.register.rules.enacted_catalogues import (
        get_enacted,
        list_catalogue_problems,
        list_catalogue_versions,
        list_rule_versions,
    )

    measures, changes = STACKED[means]
    assert _forge(SOUND, build_other(measures, **changes)) == ["sound"]
    assert list(list_rule_versions()) == list(list_catalogue_versions()) == ["sound"]
    with pytest.raises(NotFound):
        get_enacted("other")
    ((code, problem),) = _list_findings()
    assert code == "charter"
    for words in ("article 7", "sound/", f"and {next(iter(measures))} both restrict", "all catalogues together"):
        assert words in problem
    assert "both restrict" in list_catalogue_problems()["other"].message


@pytest.mark.each_database
def test_it_comes_into_force_by_a_version_that_restricts_once() -> None:
    """What was in force before goes on meanwhile, also in its next version."""
    assert _forge(SOUND, OTHER, overlay_catalogue(SOUND, {"version": 2})) == ["sound"]
    assert _forge(build_other({}, version=2)) == ["sound", "other"]
    assert len(_list_findings()) == 1


def test_a_next_version_that_restricts_what_another_does_has_no_effect_either() -> None:
    """Later is what was put into force later, whichever catalogue came first."""
    assert _forge(build_other({}), SOUND, overlay_catalogue(OTHER, {"version": 2})) == ["sound"]


def test_rules_may_follow_others_that_end() -> None:
    """In force together are those that have a day in common: an end in the rules, or by three signatures, is one."""
    ended = overlay_catalogue(SOUND, {"until": TODAY.isoformat()})
    assert _forge(ended, OTHER) == ["sound", "other"]
    assert _list_findings() == []


def test_rules_may_follow_others_that_three_people_took_out_of_force() -> None:
    """From the day of that end on, at the door too; a day before it is refused."""
    from goodstanding.register.rules.enacted_catalogues import enact_catalogue

    _forge(SOUND)
    _retire("sound", TODAY + timedelta(days=9))
    with pytest.raises(CharterBreached, match="article 7"):
        enact_catalogue(OTHER, TODAY, NOW)
    enact_catalogue(OTHER, TODAY + timedelta(days=9), NOW)
    assert _forge() == ["sound", "other"]


def test_a_draft_for_the_time_after_an_end_is_published(register_folder: config.RegisterSettings) -> None:
    """The first day on which it could be put into force counts, not the day of the draft."""
    from goodstanding.register.rules.enactment import publish_draft

    _forge(SOUND)
    with pytest.raises(CharterBreached, match="article 7"):
        publish_draft(OTHER, "Ada", NOW)
    _retire("sound", TODAY + timedelta(days=31))
    assert publish_draft(OTHER, "Ada", NOW).open
