"""Names that people sign in with, and passwords that give them away."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from goodstanding import config

PASSWORD = "violet-harbour-7719-quince"
ANN, JAN = "ann of the quay", "J\u00e1n"


def make_user(name: str, **fields: Any) -> Any:
    """An account with a password."""
    from django.contrib.auth import get_user_model

    get_user_model().objects.filter(username=name).delete()
    return get_user_model().objects.create_user(name, password=PASSWORD, **fields)


def sign_in(client: Any, name: str) -> str | None:
    """Who is signed in after a name and the password were sent."""
    client.post("/sign-in", {"username": name, "password": PASSWORD})
    signed_in = client.get("/sign-in.json").json()["name"]
    client.post("/sign-out")
    return None if signed_in is None else str(signed_in)


def test_a_name_signs_in_in_every_spelling(register: config.RegisterSettings, anybody: Any) -> None:
    """In other capitals, another width or composition it is the same account."""
    make_user(ANN), make_user(JAN)
    for spelling in (ANN, ANN.upper(), "\uff21\uff2e\uff2e of the quay"):
        assert sign_in(anybody, spelling) == ANN
    for spelling in (JAN, "ja\u0301n"):
        assert sign_in(anybody, spelling) == JAN


def test_an_older_second_account_locks_nobody_out(register: config.RegisterSettings, anybody: Any) -> None:
    """Each of two signs in by its own spelling; a spelling that is neither's opens none of them."""
    make_user("una"), make_user("Una")
    assert [sign_in(anybody, name) for name in ("una", "Una", "UNA")] == ["una", "Una", None]


def test_wrong_tries_in_other_spellings_are_tries_of_one_name(register: config.RegisterSettings, anybody: Any) -> None:
    """After ten wrong ones the right password opens nothing for a while, however the name is spelled."""
    make_user("bo quay")
    spellings = ("bo quay", "BO QUAY", "Bo Quay", "bO quay", "\uff42\uff4f quay")
    for number in range(10):
        anybody.post("/sign-in", {"username": spellings[number % 5], "password": f"wrong {number}"})
    answer = anybody.post("/sign-in", {"username": "bo Quay", "password": PASSWORD})
    assert answer.status_code == 429


@pytest.mark.parametrize(
    "password",
    ["password1234", "123456789012", "aaaaaaaaaaaa", "abababababab", "abcdefghijklm", "dora harbour 77",
     "DORA-7719-quince", "at-mail-box-7719", "short-7719"],
)  # fmt: skip
def test_a_weak_password_and_one_s_own_name_are_refused(register: config.RegisterSettings, password: str) -> None:
    """Common, repeating, counting, short, or with a part of the name or the address in it."""
    from django.contrib.auth import get_user_model
    from django.contrib.auth.password_validation import validate_password

    user = get_user_model()(username="Dora", first_name="Dora Director", email="mail@company.example")
    with pytest.raises(ValidationError):
        validate_password(password, user)
    validate_password(PASSWORD, user)
