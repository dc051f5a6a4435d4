"""What is refused of experiments and their runs."""

from __future__ import annotations

from goodstanding.messages.message_codes import MessageCode
from goodstanding.messages.message_codes import mark as _


class ExperimentMessage(MessageCode):
    """Why an experiment's file or a run of it is refused."""

    EXPERIMENT_UNKNOWN = "experiment-unknown", _("There is no experiment %(name)s.")
    THRESHOLD_UNCLEAR = "threshold-unclear", _("the threshold has no end, or two")
    THRESHOLD_FORM = "threshold-form", _("either `at_least:` or `at_most:`, and `why:`")
    JOINING_UNCLEAR = "joining-unclear", _("how several schemes make one claim is not said, or is said of one alone")
    JOINING_FORM = "joining-form", _("`schemes:` with `joined:` and the rule in words, or neither")
    THRESHOLDS_OVERLAP = "thresholds-overlap", _("one result would hold and be refuted, or neither could be told apart")
    THRESHOLD_GAP = (
        "threshold-gap",
        _("`holds_when` on one side, `refuted_when` on the other, with a gap or none between"),
    )
    TARGETS_MISSING = "targets-missing", _("the experiment has no targets, or says both")
    TARGETS_FORM = "targets-form", _("`targets:` with published figures, or `no_targets:` with what was looked for")
    SETUP_UNKNOWN = (
        "setup-unknown",
        _("There is no set-up %(setup)s."),
    )
    RESULTS_OF_ANOTHER_RUN = (
        "results-of-another-run",
        _("%(folder)s holds results of another run (experiment, seed, agents or version differ)."),
        _("an empty folder, or the same experiment, seed and number of agents"),
    )
