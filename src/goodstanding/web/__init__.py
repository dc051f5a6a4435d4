"""The public site and what all pages share: HTML that works without a script, and a JSON twin of every page.

Journeys are `about`, `subjects`, `lists`, `catalogues`, `calculator`, `charter`, `laboratory`, `ledger`, `retention`
and `oversight`; they share `http`, `schemas`, `forms`, `wording`, `templatetags` and `models`.
"""
