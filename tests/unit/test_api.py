"""`/v1`: it says what the pages say, and its description is true."""

from __future__ import annotations

from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import CHECKS
from tests.profiles import share_of_examples
from tests.site_register import DRAGON, LIST

SAME = {
    "/v1/search?q=golden+dragn": "/search.json?q=golden+dragn",
    f"/v1/subjects/{DRAGON}": f"/subjects/{DRAGON}.json",
    "/v1/lists": "/lists.json",
    f"/v1/lists/{LIST}": f"/lists/{LIST}.json",
    "/v1/catalogues": "/catalogues.json",
    "/v1/catalogues/mx-tax-69b": "/catalogues/mx-tax-69b.json",
    "/v1/catalogues/cn-environment-12": "/catalogues/cn-environment-12.json",
    "/v1/charter": "/charter.json",
    "/v1/ledger": "/ledger.json",
    "/v1/ledger/events/5": "/ledger/5.json",
}


@pytest.mark.parametrize(("address", "other"), SAME.items())
def test_the_api_answers_what_the_twin_answers(anybody: Any, address: str, other: str) -> None:
    """An address of the API and the twin of its page give the same bytes."""
    assert anybody.get(address).content == anybody.get(other).content


def test_every_endpoint_is_on_the_page_for_programs(anybody: Any) -> None:
    """The page lists the addresses of the description, and each says what it answers."""
    endpoints = anybody.get("/v1/.json").json()["endpoints"]
    assert {endpoint["address"] for endpoint in endpoints} == set(anybody.get("/v1/openapi.json").json()["paths"])
    assert all(endpoint["says"] for endpoint in endpoints)


@pytest.mark.each_database
def test_an_error_has_one_shape(anybody: Any) -> None:
    """Code, message, where and remedy, whatever went wrong."""
    for address, status in {"/v1/subjects/nope:1": 400, "/v1/search?page=x": 400, "/v1/catalogues/none": 404}.items():
        answer = anybody.get(address)
        assert answer.status_code == status
        assert set(answer.json()) == {"code", "message", "where", "remedy"}


OPERATIONS = (
    "/v1/search", "/v1/subjects/{identifier}", "/v1/lists", "/v1/lists/{catalogue}/{list}", "/v1/catalogues",
    "/v1/catalogues/{name}", "/v1/charter", "/v1/agreement/{catalogue}", "/v1/ledger", "/v1/ledger/events/{position}",
)  # fmt: skip


@pytest.fixture
def openapi_description(register: Any) -> Any:
    """The description that the register gives of itself."""
    from django.core.wsgi import get_wsgi_application

    return schemathesis.openapi.from_wsgi("/v1/openapi.json", get_wsgi_application())


@pytest.mark.parametrize("address", OPERATIONS)
def test_the_description_is_true(openapi_description: Any, address: str) -> None:
    """Whatever is asked, the answer's status, type and body are those that the description promises."""
    operation = openapi_description[address]["GET"]

    @settings(max_examples=share_of_examples(50), suppress_health_check=list(HealthCheck))
    @given(case=st.one_of(operation.as_strategy(), operation.as_strategy(generation_mode=GenerationMode.NEGATIVE)))
    def ask(case: schemathesis.Case) -> None:
        free = (
            [CHECKS.get_one("positive_data_acceptance")] if "identifier" in address else []
        )  # no pattern says them all
        case.call_and_validate(headers={"Host": "localhost"}, excluded_checks=free)

    ask()


OPERATIONS = {
    "get /v1/search": ("goodstanding_web_api_search", "Search"),
    "get /v1/subjects/{identifier}": ("goodstanding_web_api_subject", "Subject"),
    "get /v1/lists": ("goodstanding_web_api_lists", "Lists"),
    "get /v1/lists/{catalogue}/{list}": ("goodstanding_web_api_list_entries", "List Entries"),
    "get /v1/catalogues": ("goodstanding_web_api_catalogues", "Catalogues"),
    "get /v1/catalogues/{name}": ("goodstanding_web_api_catalogue", "Catalogue"),
    "get /v1/charter": ("goodstanding_web_api_the_charter", "The Charter"),
    "get /v1/agreement/{catalogue}": ("goodstanding_web_api_agreement", "Agreement"),
    "get /v1/ledger": ("goodstanding_web_api_ledger", "Ledger"),
    "get /v1/ledger/events/{position}": ("goodstanding_web_api_event", "Event"),
    "post /v1/sources/{source}/batches": ("goodstanding_web_push_send_batch", "Send Batch"),
    "get /v1/sources/{source}/batches/{batch}": ("goodstanding_web_push_batch_state", "Batch State"),
    "put /v1/sources/{source}/batches/{batch}/parts/{number}": ("goodstanding_web_push_send_part", "Send Part"),
    "post /v1/sources/{source}/batches/{batch}/close": ("goodstanding_web_push_close_batch", "Close Batch"),
}


def test_programs_made_from_the_description_keep_their_names(anybody: Any) -> None:
    """An operation keeps its id and its summary wherever the function behind it stands."""
    paths = anybody.get("/v1/openapi.json").json()["paths"]
    assert {
        f"{method} {path}": (operation["operationId"], operation["summary"])
        for path, operations in paths.items()
        for method, operation in operations.items()
    } == OPERATIONS
