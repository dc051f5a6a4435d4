"""Desks: queues by deadline, and the forms in which a source proposes, one by one or from a file."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from html import unescape
from typing import Any

import pytest
from tests.forms import Form, post_at_once
from tests.people import CLERK, DECIDER, LISTED
from tests.registers import NOW
from tests.unit.web.played import (
    BOARD,
    BUYER,
    DANGER,
    OFFICE,
    TRIBUNAL,
    append_case_act,
    case_after_appeal,
    case_after_decision,
    case_after_notice,
    case_after_proposal,
    new_company,
    read_hidden_fields,
    subject_actor,
    today,
)

from goodstanding.access import Actor, Role
from goodstanding.procedure.case_states import Act

Person = Callable[..., Any]
ELSEWHERE = "procurement-exclusion/excluded-for-non-performance"
pytestmark = pytest.mark.usefixtures("case_register")


@pytest.fixture
def clerk(person: Person) -> Any:
    """A clerk of the source."""
    return person("Ada Clerk", "source", BUYER)


@pytest.fixture
def decider(person: Person) -> Any:
    """A decider of the source."""
    return person("Ben Decider", "decider", BUYER)


def list_lines(client: Any, queue: str, **query: Any) -> dict[int, dict[str, Any]]:
    """The lines of a queue, by their case, in order."""
    twin = client.get("/desk.json", {"queue": queue} | query).json()
    return {line["position"]: line for group in twin["groups"] for line in group["lines"]}


def ledger_size() -> int:
    """How many events the ledger holds."""
    from goodstanding.ledger import store

    return store.get_ledger_size()


# ---------- queues ----------


@pytest.mark.each_database
def test_each_case_stands_in_the_queue_of_what_it_waits_for(clerk: Any, decider: Any, person: Person) -> None:
    """From the proposal to the appeal: one queue at a time, with the act that is needed where it is theirs."""
    body = person("Chen Board", "appeal", BOARD)
    fresh, waiting, ripe = case_after_proposal(1), case_after_notice(1), case_after_notice(40)
    decided = append_case_act(case_after_notice(45), Act.DECIDE, DECIDER, 1, text="Forged.")
    contested = case_after_appeal(2)
    expected = {
        "to-serve": (fresh, "NoticeServed", ""), "waiting": (waiting, "", ""), "to-decide": (ripe, "", "CaseDecided"),
        "decisions-to-serve": (decided, "DecisionServed", "DecisionServed"), "appeals": (contested, "", ""),
    }  # fmt: skip
    for queue, (case, of_clerk, of_decider) in expected.items():
        found_lines = list_lines(clerk, queue)
        assert case.position in found_lines, queue
        assert found_lines[case.position]["act"] == of_clerk
        assert not {related.position for related, _c, _d in expected.values()} - {case.position} & set(found_lines)
        if queue != "to-serve":
            assert list_lines(decider, queue)[case.position]["act"] == of_decider
    assert list_lines(body, "appeals")[contested.position]["act"] == "AppealDecided"


@pytest.mark.each_database
def test_a_queue_shows_the_nearest_deadline_first_and_what_silence_does(clerk: Any) -> None:
    """With the days left, and the last day that is in time."""
    late, early = case_after_proposal(2), case_after_proposal(20)
    found_lines = list_lines(clerk, "to-serve")
    order = [position for position in found_lines if position in (late.position, early.position)]
    assert order == [early.position, late.position]
    line = found_lines[early.position]
    until = early.case.spans[0].until
    assert (line["last_day"], line["days_left"]) == ((until - timedelta(days=1)).isoformat(), (until - today()).days)
    assert line["then"] == "The case ends for the subject"
    days = [date.fromisoformat(line["last_day"]) for line in found_lines.values()]
    assert days == sorted(days)


def test_a_reply_makes_a_case_ready_to_decide(clerk: Any, decider: Any) -> None:
    """Before the time to answer is over, too."""
    case = case_after_notice(3)
    assert case.position in list_lines(decider, "waiting")
    append_case_act(case, Act.REPLY, subject_actor(case), 0, text="We did not know.")
    assert case.position not in list_lines(decider, "waiting")
    assert list_lines(decider, "to-decide")[case.position]["detail"].startswith("Answered on")


def test_who_proposed_is_told_that_somebody_else_decides(person: Person) -> None:
    """The desk offers no button for what somebody may not do."""
    case = case_after_notice(40)
    line = list_lines(person("Ada Clerk", "decider", BUYER), "to-decide")[case.position]
    assert (line["act"], bool(line["barred"])) == ("", True)


def test_a_dispute_waits_for_the_decider(decider: Any) -> None:
    """With what silence does: it is granted."""
    from goodstanding.register.cases.subject_requests import dispute_record

    case = case_after_decision(40)
    dispute = dispute_record(case.position, subject_actor(case), today(), NOW, "Not so.", link=True)
    line = list_lines(decider, "asked")[dispute.position]
    assert (line["needed"], line["then"]) == ("Decide whom a record is about", "It is granted")


def test_what_ends_soon_is_named(clerk: Any) -> None:
    """A decision with an early end, in the time to appeal and after it; not one that ends in years."""
    soon = append_case_act(
        case_after_notice(45), Act.DECIDE, DECIDER, 2, text="Forged.", ends_on=today() + timedelta(days=20)
    )
    soon = append_case_act(soon, Act.SERVE_DECISION, CLERK, 1, service="posted", proof="RR")
    final = append_case_act(
        case_after_notice(120), Act.DECIDE, DECIDER, 75, text="Forged.", ends_on=today() + timedelta(days=30)
    )
    final = append_case_act(final, Act.SERVE_DECISION, CLERK, 70, service="posted", proof="RR")
    years = case_after_decision(50)
    found_lines = list_lines(clerk, "ending")
    assert {soon.position, final.position} <= set(found_lines)
    assert years.position not in found_lines


def test_an_appeal_body_sees_what_it_may_hear(person: Person) -> None:
    """Of sources that stand apart; interim measures until they were heard."""
    case = case_after_appeal(1)
    measure = case_after_proposal(0, list=DANGER, kind="establishment", fields={"danger": "infestation", "grave": True})
    tribunal, board = person("Tara", "appeal", TRIBUNAL), person("Chen Board", "appeal", BOARD)
    assert measure.position in list_lines(tribunal, "interim")
    assert case.position not in list_lines(tribunal, "appeals")
    assert measure.position not in list_lines(board, "interim")
    append_case_act(
        measure,
        Act.HEAR_INTERIM,
        Actor(Role.APPEAL, TRIBUNAL, "Tara"),
        0,
        text="Droppings on both visits; article 3 allows closing; the reply names no cleaning.",
    )
    assert measure.position not in list_lines(tribunal, "interim")


def test_a_body_of_the_source_itself_sees_nothing(person: Person) -> None:
    """Nobody hears an appeal against their own office."""
    case = case_after_appeal(1)
    assert case.position not in list_lines(person("Ivo", "appeal", BUYER), "appeals")


def test_a_case_that_ended_is_in_no_queue(clerk: Any, decider: Any) -> None:
    """By silence, or withdrawn."""
    lapsed, withdrawn = (
        case_after_notice(200),
        append_case_act(case_after_proposal(1), Act.WITHDRAW, CLERK, 0, text="A mistake."),
    )
    for client in (clerk, decider):
        for tab in client.get("/desk.json").json()["tabs"]:
            assert not {lapsed.position, withdrawn.position} & set(list_lines(client, tab["name"]))


def test_a_desk_opens_where_something_waits(person: Person) -> None:
    """A decider's desk with nothing to decide opens at the first queue that holds a case."""
    lou = person("Lou", "decider", OFFICE)
    twin = lou.get("/desk.json").json()
    assert twin["queue"] in {tab["name"] for tab in twin["tabs"] if tab["count"]} or not any(
        tab["count"] for tab in twin["tabs"]
    )


def test_a_queue_narrows_to_a_list(clerk: Any) -> None:
    """And says that it looked at the nearest deadlines only; a list that is none here is not found."""
    case = case_after_proposal(1)
    assert case.position in list_lines(clerk, "to-serve", list=LISTED)
    assert case.position not in list_lines(clerk, "to-serve", list=ELSEWHERE)
    page = clerk.get("/desk", {"queue": "to-serve", "list": ELSEWHERE}).text
    assert "nearest deadlines" in page
    assert clerk.get("/desk", {"list": DANGER}).status_code == 404


@pytest.mark.parametrize("query", [{"queue": "x"}, {"page": "0"}, {"page": "999"}, {"case": "GS"}, {"list": "' OR 1"}])
def test_what_no_desk_has_is_not_found(clerk: Any, query: dict[str, str]) -> None:
    """A queue, page, case or list that cannot be meant is answered in words."""
    assert clerk.get("/desk", query).status_code in (400, 404)


def test_no_queue_is_counted_without_end(clerk: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond the most it says that there are more, and pages end there."""
    from goodstanding.portal.desk import views
    from goodstanding.register.cases import work_queues

    cases = [case_after_proposal(1) for _number in range(4)]
    for module in (work_queues, views):
        monkeypatch.setattr(module, "MOST", 3)
    monkeypatch.setattr(views, "PER_PAGE", 2)
    first, second = (clerk.get("/desk.json", {"queue": "to-serve", "page": n}).json() for n in (1, 2))
    shown = [line["position"] for page in (first, second) for group in page["groups"] for line in group["lines"]]
    assert len(set(shown)) == len(shown) == 3
    assert (first["more"], first["paging"]["total"]) == (True, 3)
    assert next(tab for tab in first["tabs"] if tab["here"])["more"] is True
    assert "more than 3" in clerk.get("/desk", {"queue": "to-serve"}).text
    assert len(cases) == 4


@pytest.mark.parametrize(("role", "scope"), [("subject", "own"), ("overseer", ""), ("recipient", ""), ("decider", "")])
def test_only_those_who_work_on_cases_have_a_desk(person: Person, role: str, scope: str) -> None:
    """Others are told because of which article not."""
    scope = case_after_notice(1).subject.identifier if scope else ""
    client = person(f"Nora {role}", role, scope)
    for address in ("/desk", "/desk.json", "/desk/propose", "/desk/propose/many"):
        answer = client.get(address)
        assert answer.status_code == 403
        assert "article" in answer.text


def test_a_case_is_found_by_its_number(clerk: Any) -> None:
    """With or without its letters."""
    case = case_after_proposal(1)
    for typed in (f"GS-{case.position}", f" gs-{case.position} ", str(case.position)):
        assert clerk.get("/desk", {"case": typed}).headers["Location"] == f"/cases/{case.position}"


def test_names_on_a_desk_are_shown_as_written(clerk: Any) -> None:
    """HTML in a name or a file number is text."""
    case = case_after_proposal(1, name="<script>alert(1)</script>", reference='"><img src=x>')
    page = clerk.get("/desk", {"queue": "to-serve"}).text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<img src=x>" not in page
    assert str(case.position) in page


# ---------- proposing ----------


def proposal_form(**changes: Any) -> dict[str, Any]:
    """What a clerk types into the form of a proposal."""
    fields = {
        "list": LISTED, "kind": "organisation", "identifier": new_company(), "name": "Example Lighthouse Ltd",
        "reference": f"L-{new_company()}", "occurred": today().isoformat(), "text": "The lamps were never delivered.",
        "field.cause": "fraud", "field.sanction": "exclusion", "field.proved_by": "conviction",
        "step": "send", "version": "0",
    }  # fmt: skip
    return fields | changes


def test_a_proposal_is_looked_at_with_its_letter_and_then_opens_a_case(clerk: Any) -> None:
    """The check page shows the letter and the days that follow, and writes nothing; sent, it is a case."""
    before = ledger_size()
    assert "Excluded for fraud" in clerk.get("/desk/propose").text
    assert 'name="field.cause"' in clerk.get("/desk/propose", {"list": LISTED}).text
    page = clerk.post("/desk/propose", proposal_form(step="review"))
    assert page.status_code == 200
    assert "A proposal about you, and how to answer it" in page.text
    assert "If the notice is not served by the end of" in page.text
    assert ledger_size() == before
    answer = clerk.post(
        "/desk/propose", read_hidden_fields(page.text[page.text.index('class="up-6"') :]) | {"step": "send"}
    )
    assert answer.status_code == 303
    twin = clerk.get(answer.headers["Location"].replace("?", ".json?", 1)).json()
    assert (twin["reasons"], twin["proposed_by"]) == ("The lamps were never delivered.", "Ada Clerk")
    assert {"title": "Cause", "value": "fraud"} in twin["facts"]


def test_the_form_of_a_proposal_leaves_out_what_later_steps_set(clerk: Any) -> None:
    """Days of service, who decided and until when are not for whoever proposes."""
    page = clerk.get("/desk/propose", {"list": LISTED}).text
    for name in ("served_on", "notice_served_on", "decided_by", "excluded_until"):
        assert f'name="field.{name}"' not in page


@pytest.mark.parametrize(
    "wrong",
    [
        {"identifier": "nonsense"}, {"identifier": "lei:"}, {"name": " "}, {"reference": ""}, {"text": " "},
        {"occurred": "1999-01-01"}, {"occurred": "2999-01-01"}, {"occurred": "soon"}, {"field.cause": "ugliness"},
        {"field.sanction": ""}, {"kind": "person"}, {"name": "A\x00B"}, {"text": "x" * 20_001},
        {"field.panel_view": "perhaps"},
    ],
)  # fmt: skip
def test_a_proposal_that_cannot_be_meant_is_refused_and_kept(clerk: Any, wrong: dict[str, str]) -> None:
    """Days before the law, an identifier that is none, a code that is none: said at the field, nothing written."""
    before = ledger_size()
    answer = clerk.post("/desk/propose", proposal_form(**wrong))
    assert (answer.status_code, ledger_size()) == (400, before)
    assert "Not sent yet: check your answers" in answer.text
    assert "The lamps were never delivered." in answer.text or "text" in wrong


def test_everything_that_is_wrong_is_said_at_once(clerk: Any) -> None:
    """Not one problem a try."""
    answer = clerk.post(
        "/desk/propose", proposal_form(identifier="x", reference="", **{"field.cause": "", "field.sanction": ""})
    )
    assert answer.text.count('class="error"') == 4


def test_the_same_proposal_again_names_the_open_case(clerk: Any) -> None:
    """A form sent twice opens one case."""
    fields = proposal_form()
    assert clerk.post("/desk/propose", fields).status_code == 303
    before = ledger_size()
    again = clerk.post("/desk/propose", fields)
    assert (again.status_code, ledger_size()) == (409, before)
    assert re.search(r"GS-\d+ about this is already open", again.text)


@pytest.mark.parametrize("step", ["", "Send", "change"])
def test_a_proposal_without_a_step_is_shown_once_more_and_opens_nothing(clerk: Any, step: str) -> None:
    """Whoever presses no button of the check page opens no case."""
    fields, before = proposal_form(step=step), ledger_size()
    page = clerk.post("/desk/propose", fields)
    assert (page.status_code, ledger_size()) == (200, before)
    assert "Check your answers" in page.text


def test_a_proposal_that_does_not_say_what_its_sender_had_seen_opens_nothing(clerk: Any) -> None:
    """Only what was looked at once more is sent; nothing typed is lost."""
    before = ledger_size()
    page = clerk.post("/desk/propose", proposal_form(version=""))
    assert (page.status_code, ledger_size()) == (400, before)
    assert "The lamps were never delivered." in page.text


def test_a_proposal_that_was_overtaken_is_told_of_the_other_case_and_loses_nothing(clerk: Any, person: Person) -> None:
    """A colleague opened one about the same company under another number; after another look it can be sent."""
    about = new_company()
    fields = proposal_form(identifier=about, reference="L-second", text="My own long reasons.")
    colleague = person("Cleo Clerk", "source", BUYER)
    first = colleague.post("/desk/propose", proposal_form(identifier=about, reference="L-first"))
    number = re.search(r"/cases/(\d+)", first.headers["Location"])[1]
    before = ledger_size()
    page = clerk.post("/desk/propose", fields | {"version": "0"})
    assert (page.status_code, ledger_size()) == (409, before)
    assert f"GS-{number} was opened about the same subject" in page.text
    assert "My own long reasons.</textarea>" in page.text
    looked = clerk.post("/desk/propose", fields | {"step": "review", "version": ""})
    again = read_hidden_fields(looked.text.partition('class="up-6"')[2])
    assert again["version"] == number
    assert clerk.post("/desk/propose", again | {"step": "send"}).status_code == 303


@pytest.mark.each_database
def test_of_two_proposals_at_one_instant_the_second_is_told_of_the_first(clerk: Any, person: Person) -> None:
    """About one company, for one list: a single case is opened, and the other's reasons stand on its page."""
    about, before = new_company(), ledger_size()
    clients = {"L-first": clerk, "L-second": person("Cleo Clerk", "source", BUYER)}
    answers = post_at_once({number: (client, "/desk/propose", proposal_form(identifier=about, reference=number))
                            for number, client in clients.items()})  # fmt: skip
    assert sorted(answer.status_code for answer in answers.values()) == [303, 409]
    assert ledger_size() == before + 1
    [page] = [answer.text for answer in answers.values() if answer.status_code == 409]
    assert "was opened about the same subject" in page
    assert "The lamps were never delivered.</textarea>" in page


def test_nobody_proposes_for_a_list_of_another_office(clerk: Any, person: Person) -> None:
    """Nor for one that there is not; a source's own people in another role do not propose."""
    assert clerk.post("/desk/propose", proposal_form(list=DANGER)).status_code == 404
    assert clerk.post("/desk/propose", proposal_form(list="x")).status_code == 404
    assert person("Ben Decider", "decider", BUYER).post("/desk/propose", proposal_form()).status_code == 404


def test_an_interim_measure_is_imposed_by_those_who_decide(person: Person) -> None:
    """Where the law of the list knows one; it binds at once, and its letter is sent."""
    gus = person("Gus Decider", "decider", OFFICE)
    fields = {
        "list": DANGER, "kind": "establishment", "identifier": new_company(), "name": "Example Kitchen",
        "reference": "K-1",
        "occurred": today().isoformat(), "text": "Rats in the flour.", "field.danger": "infestation",
        "field.grave": "yes",
    }  # fmt: skip
    page = gus.post("/desk/propose", fields | {"step": "review"})
    assert "An interim measure that binds you now" in page.text
    answer = gus.post("/desk/propose", fields | {"step": "send", "version": "0"})
    assert gus.get(answer.headers["Location"].replace("?", ".json?", 1)).json()["binds"] is True
    assert gus.get("/desk/propose/many").status_code == 403
    assert "Closed for danger" not in person("Ben Decider", "decider", BUYER).get("/desk/propose").text


# ---------- many at once ----------

HEADER = "identifier,name,reference,occurred,cause,sanction,proved_by,text"


def file_of_rows(*cells: str) -> str:
    """A file with these rows."""
    return "\n".join((HEADER, *cells)) + "\n"


def table_row(**changes: str) -> str:
    """A row of a file that can be proposed."""
    cells = {"identifier": new_company(), "name": "Example", "reference": f"M-{new_company()}",
             "occurred": today().isoformat(),
             "cause": "fraud", "sanction": "exclusion", "proved_by": "conviction",
             "text": "Forged."} | changes  # fmt: skip
    return ",".join(cells[name] for name in HEADER.split(","))


def send_file(client: Any, content: str, step: str = "review", name: str = "file.csv", **fields: str) -> Any:
    """The answer to a file of proposals."""
    from django.core.files.uploadedfile import SimpleUploadedFile

    file = SimpleUploadedFile(name, content.encode() if isinstance(content, str) else content)
    return client.post("/desk/propose/many", {"list": LISTED, "step": step, "file": file} | fields)


@pytest.mark.each_database
def test_many_proposals_are_looked_at_row_by_row_and_each_becomes_a_case(clerk: Any) -> None:
    """Good rows open cases of their own; a row with a problem is left out, and says why; nothing is decided."""
    content = file_of_rows(
        table_row(), table_row(identifier="nonsense", cause="ugliness"), table_row(text='"Two, in one cell"')
    )
    before = ledger_size()
    page = send_file(clerk, content)
    assert ledger_size() == before
    assert "2 of 3 rows can be proposed" in page.text
    assert "No decision is made in bulk" in page.text
    assert "cause" in page.text
    done = clerk.post("/desk/propose/many", Form(page.text).all | {"step": "send"})
    assert len(set(re.findall(r'href="/cases/(\d+)"', done.text))) == 2
    assert ledger_size() == before + 2
    again = clerk.post("/desk/propose/many", Form(page.text).all | {"step": "send"})
    assert (again.status_code, ledger_size()) == (409, before + 2)
    assert "about this is already open" in again.text


def test_a_proposed_name_is_kept_without_direction_marks(clerk: Any) -> None:
    """What nobody sees is no part of a name."""
    sent = clerk.post("/desk/propose", proposal_form(name="Exa\u200fmple \u061cLtd"))
    assert sent.status_code == 303
    number = re.search(r"/cases/(\d+)", sent.headers["Location"])[1]
    page = clerk.get(f"/cases/{number}").text
    assert ("Example Ltd" in page, "\u200f" in page) == (True, False)


def test_rows_that_were_left_out_can_be_mended(clerk: Any) -> None:
    """They stand in the form again, every word of them and nothing else; mended, they become cases."""
    words = '"A long text, with ""marks"" and, commas."'
    wrong = table_row(identifier="nonsense", text=words)
    page = send_file(clerk, file_of_rows(table_row(), wrong))
    done = clerk.post("/desk/propose/many", Form(page.text).all | {"step": "send"})
    form = Form(clerk.post("/desk/propose/many", Form(done.text).all | {"step": "edit"}).text)
    assert form.fields["content"].strip() == f"{HEADER}\n{wrong}"
    mended = form.fields["content"].replace("nonsense", new_company())
    again = clerk.post("/desk/propose/many", {"list": LISTED, "step": "review", "content": mended})
    assert "1 of 1 rows can be proposed" in again.text
    assert clerk.post("/desk/propose/many", Form(again.text).all | {"step": "send"}).status_code == 303


@pytest.mark.parametrize("fields", [{}, {"version": "0"}, {"do": "send", "version": "0"}, {"step": "send"}])
def test_no_file_of_proposals_is_sent_without_a_step_or_without_what_its_sender_had_seen(
    clerk: Any, fields: dict[str, str]
) -> None:
    """The rows are shown once more, or the form says what it lacks; its text is kept."""
    before = ledger_size()
    answer = clerk.post("/desk/propose/many", {"list": LISTED, "content": file_of_rows(table_row())} | fields)
    assert (answer.status_code, ledger_size()) == (400 if fields == {"step": "send"} else 200, before)
    assert HEADER in Form(answer.text).all["content"]


def test_a_file_that_was_overtaken_is_told_of_the_other_case_and_can_be_sent_after_another_look(
    clerk: Any, person: Person
) -> None:
    """A colleague opened a case about one of its companies meanwhile: nothing of it is proposed unseen."""
    about = new_company()
    page = send_file(clerk, file_of_rows(table_row(identifier=about), table_row()))
    colleague = person("Cleo Clerk", "source", BUYER)
    opened = colleague.post("/desk/propose", proposal_form(identifier=about)).headers["Location"]
    number, before = re.search(r"/cases/(\d+)", opened)[1], ledger_size()
    stale = clerk.post("/desk/propose/many", Form(page.text).all | {"step": "send"})
    assert (stale.status_code, ledger_size()) == (409, before)
    assert "What has changed since you opened the form" in stale.text
    assert f"GS-{number} was opened about the same subject" in stale.text
    again = clerk.post("/desk/propose/many", Form(stale.text).all | {"step": "send"})
    assert (again.status_code, ledger_size()) == (303, before + 2)


@pytest.mark.each_database
def test_of_two_files_about_one_company_at_one_instant_the_second_opens_nothing_unseen(
    clerk: Any, person: Person
) -> None:
    """One case is opened; the other sender learns of it."""
    about, before = new_company(), ledger_size()
    colleague = person("Cleo Clerk", "source", BUYER)
    typed = {"list": LISTED, "step": "send", "version": "0"}
    answers = post_at_once({
        name: (client, "/desk/propose/many", typed | {"content": file_of_rows(table_row(identifier=about))})
        for name, client in (("first", clerk), ("second", colleague))
    })  # fmt: skip
    assert ledger_size() == before + 1
    [page] = [answer.text for answer in answers.values() if answer.status_code != 303]
    assert "was opened about the same subject" in page or "Something was done about this meanwhile" in page


def test_two_rows_about_one_company_under_two_numbers_are_two_cases(clerk: Any) -> None:
    """What a file opens itself does not overtake it."""
    about = new_company()
    answer = send_file(
        clerk, file_of_rows(table_row(identifier=about), table_row(identifier=about)), step="send", version="0"
    )
    assert answer.status_code == 303


def test_a_file_that_is_changed_stands_in_its_form(clerk: Any) -> None:
    """From the check page back to the form: its text can be edited."""
    page = send_file(clerk, file_of_rows(table_row()))
    form = clerk.post("/desk/propose/many", Form(page.text).all | {"step": "edit"})
    assert Form(form.text).fields["content"].strip() == Form(page.text).all["content"].strip()
    assert 'value="review"' in form.text


def test_a_file_without_problems_leads_to_the_notices_to_serve(clerk: Any) -> None:
    """With how many cases were opened."""
    answer = send_file(clerk, file_of_rows(table_row(), table_row()), step="send", version="0")
    assert answer.status_code == 303
    assert "2 cases were opened, each by itself." in clerk.get(answer.headers["Location"]).text


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("", "no rows"), (HEADER, "no rows"), (HEADER.replace("cause", "reason") + "\nx", "no column"),
        (HEADER.replace("cause,", "") + "\nx", "missing"), (HEADER + ",cause\nx", "twice"),
        (file_of_rows(*["x"] * 201), "too many rows"), ("x" * 1_000_001, "too large"),
        (b"\xff\xfe\x00", "not in UTF-8"),
        (HEADER + '\n"a' * 3, "cannot be read"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_such_table_is_refused_in_words(clerk: Any, content: Any, reason: str) -> None:
    """What is wrong, and what would be right; nothing is written."""
    before = ledger_size()
    answer = send_file(clerk, content)
    assert (answer.status_code, ledger_size()) == (400, before)
    assert reason in unescape(answer.text)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ('"a', ("from line 3 on", "written twice")), ('"a" b,c', ("from line 3 on", "written twice")),
    ],
)  # fmt: skip
def test_what_is_no_csv_is_told_with_its_line(clerk: Any, row: str, words: tuple[str, ...]) -> None:
    """Where reading stopped, and how a cell is written; not in the words of a library."""
    answer = send_file(clerk, file_of_rows(table_row(), row))
    assert answer.status_code == 400
    assert all(word in unescape(answer.text) for word in words)
    assert "unexpected end" not in answer.text


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"name": "Exa\x00mple"}, ("name", "U+0000", "the same without them")),
        ({"text": "Turned \u202eround"}, ("text", "U+202E", "the same without them")),
        ({"cause": ""}, ("cause", "Use, for example: ")),
        ({"text": "a" * 140_000}, ("text", "140,000 characters")),
    ],
)
def test_a_row_says_what_would_be_right(clerk: Any, changes: dict[str, str], words: tuple[str, ...]) -> None:
    """Every problem of a row names its column and something that can be done."""
    page = send_file(clerk, file_of_rows(table_row(), table_row(**changes)))
    assert "1 of 2 rows can be proposed" in page.text
    assert all(word in page.text for word in words)
    assert "taken out below" not in page.text


def test_two_rows_about_the_same_are_one_case(clerk: Any) -> None:
    """The second row names the first."""
    same = table_row()
    page = send_file(clerk, file_of_rows(same, same))
    assert "1 of 2 rows can be proposed" in page.text
    assert "Row 1 says the same" in page.text


def test_a_row_of_another_length_is_left_out(clerk: Any) -> None:
    """And nothing else is held up."""
    assert "1 of 2 rows can be proposed" in send_file(clerk, file_of_rows(table_row(), "a,b")).text


def test_cells_are_text(clerk: Any) -> None:
    """HTML, formulas and control characters in a cell are shown or refused, never executed."""
    page = send_file(clerk, file_of_rows(table_row(name="<b>=1+1</b>"), table_row(text="a\x07b")))
    assert "&lt;b&gt;=1+1&lt;/b&gt;" in page.text
    assert "U+0007" in page.text
