"""The names of the subjects and sources for which somebody acts; the identifier itself where nobody knows it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from goodstanding.access import Role
from goodstanding.access.mandates import OVERSEERS_OFFICE
from goodstanding.errors import GoodstandingError
from goodstanding.register.files.subjects import find_subject_id, get_subject
from goodstanding.register.rules.enacted_catalogues import list_on_file


def get_scope_title(role: Role, scope: str) -> str:
    """The name of the subject or source that an identifier stands for; the identifier itself where nobody knows it."""
    if role is Role.SUBJECT:
        return get_subject_title(scope)
    sources = (source for enacted in list_on_file().values() for source in enacted.catalogue.sources)
    return next((source.name for source in sources if source.id == scope), scope)


def get_office_title(office: str) -> str:
    """The name of the office that settled a claim or granted a mandate."""
    return _("the overseer") if office == OVERSEERS_OFFICE else get_scope_title(Role.SOURCE, office)


def get_subject_title(identifier: str) -> str:
    """The name of whoever holds an identifier; the identifier itself where nobody does any more."""
    try:
        return get_subject(find_subject_id(identifier)).name or identifier
    except GoodstandingError:
        return identifier
