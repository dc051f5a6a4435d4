"""Every room that holds content says who clears it when something is erased."""

from __future__ import annotations

from django.apps import apps
from django.utils.module_loading import import_string

from goodstanding import config

WITHOUT_CONTENT = {
    "register.SendingPart": "goes with its submission, when that is closed or was left open too long",
    "register.SeenNonce": "random numbers of signed requests",
    "web.LookUp": "who looked at a file stays for five years (charter article 20)",
}


def test_every_model_with_content_has_a_purger(register_folder: config.RegisterSettings) -> None:
    """A new table of what sources send or people hold is either cleared by an erasure, or said to hold no content."""
    from goodstanding.register.erasure.hooks import list_purged_models

    models = {
        f"{label}.{model.__name__}"
        for label in ("register", "web")
        for model in apps.get_app_config(label).get_models()
    }
    assert models == list_purged_models() | set(WITHOUT_CONTENT)


def test_every_purger_is_there(register_folder: config.RegisterSettings) -> None:
    """The paths that rooms name lead to functions."""
    from goodstanding.register.erasure import hooks

    assert all(callable(import_string(path)) for path in hooks._models_by_purger)
