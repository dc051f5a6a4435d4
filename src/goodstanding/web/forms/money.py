"""Sums of money as people type and read them, and as events keep them: in the smallest unit of their currency."""

from __future__ import annotations

import re
from decimal import Decimal

from django.utils.translation import gettext as _

from goodstanding.errors import BadInput
from goodstanding.register.cases.applications import MoneyAmount

_FIGURE = re.compile(r"[0-9]{1,13}(?:[.,][0-9]{1,3})?")
_CODE = re.compile(r"[A-Z]{3}")
_WITHOUT_DECIMALS = (
    "BIF",
    "CLP",
    "DJF",
    "GNF",
    "ISK",
    "JPY",
    "KMF",
    "KRW",
    "PYG",
    "RWF",
    "UGX",
    "VND",
    "VUV",
    "XAF",
    "XOF",
    "XPF",
)
_WITH_THREE_DECIMALS = ("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND")
CURRENCY_DIGITS = dict.fromkeys(_WITHOUT_DECIMALS, 0) | dict.fromkeys(
    _WITH_THREE_DECIMALS, 3
)  # ISO 4217; all others have two


def parse_amount(figure: str, currency: str) -> MoneyAmount | None:
    """The sum that was typed, None where none was; raises BadInput for what cannot be meant."""
    text, code = figure.strip().replace(" ", ""), currency.strip().upper()
    if not text and not code:
        return None
    if not _CODE.fullmatch(code):
        raise BadInput(
            _("This is not a currency."), where="currency", remedy=_("three letters, such as EUR (ISO 4217)")
        )
    digits = CURRENCY_DIGITS.get(code, 2)
    if not _FIGURE.fullmatch(text) or len(text.replace(",", ".").partition(".")[2]) > digits:
        example = "1200" if not digits else f"1200.{'50'.ljust(digits, '0')}"
        remedy = _("a figure such as %(example)s, without separators of thousands") % {"example": example}
        raise BadInput(_("This is not an amount."), where="amount", remedy=remedy)
    return MoneyAmount(int(Decimal(text.replace(",", ".")).scaleb(digits)), code)


def format_amount(amount: MoneyAmount | None) -> str:
    """A sum as people read it: 1,200.50 EUR; nothing where there is none."""
    if amount is None:
        return ""
    digits = CURRENCY_DIGITS.get(amount.currency, 2)
    return f"{Decimal(amount.units).scaleb(-digits):,.{digits}f} {amount.currency}"
