"""Which process of a test run runs which tests: each takes the next one; a module that shares much stays together."""

from __future__ import annotations

from xdist.scheduler import LoadScopeScheduling

TOGETHER = {  # modules, or tests, of which several share what is long made: a browser, a register, a table, a kernel
    "tests/acceptance/test_accounts.py::test_a_demonstration_has_an_account_for_every_role": "demonstration",
    "tests/acceptance/test_accounts_browser.py": "accounts in a browser",
    "tests/acceptance/test_commands.py": "commands",
    "tests/acceptance/test_court_judgments.py": "demonstration",
    "tests/acceptance/test_demonstration.py": "demonstration",
    "tests/acceptance/test_journeys_browser.py": "journeys in a browser",
    "tests/acceptance/test_pages_browser.py": "pages in a browser",
    "tests/acceptance/test_upgrade.py": "upgrade",
    "tests/law/test_replay.py": "replay",
    "tests/law/test_whole_tables.py": "whole tables",
    "tests/property/test_subjects_search.py": "search",
    "tests/unit/test_documented_paths.py": "house",
    "tests/unit/test_doors.py": "house",
    "tests/unit/test_names.py": "house",
    "tests/unit/intake/mapping/test_feed_mapping.py": "feed mapping",
    "tests/unit/lab/simulation/test_agreement.py": "lives",
    "tests/unit/lab/simulation/test_processors.py": "lives",
    "tests/unit/lab/simulation/test_runs.py": "lives",
    "tests/unit/web/oversight/test_views.py": "oversight",
    "tests/unit/web/test_access_matrix.py": "access matrix",
}


class GroupedScheduling(LoadScopeScheduling):
    """Hands out tests one by one, what stays together first: no process is left with much to do at the end."""

    def _split_scope(self, nodeid: str) -> str:
        """What a test is handed out with: by the name of a group, or by its own alone."""
        return TOGETHER.get(nodeid) or TOGETHER.get(nodeid.partition("::")[0], nodeid)
