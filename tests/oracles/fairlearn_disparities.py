"""Writes what Fairlearn says of `group_outcomes`, beside this file, for `tests/unit/lab/assessment` to compare with.

Fairlearn brings pandas, which pyarrow and DuckDB import wherever it is installed, so it has an environment of its own:

    .venv/bin/uv run --isolated --no-project --with fairlearn==0.15.0 python tests/oracles/fairlearn_disparities.py
"""

from __future__ import annotations

import json
from pathlib import Path

from fairlearn.metrics import MetricFrame, selection_rate
from group_outcomes import list_outcomes

FILE = Path(__file__).with_suffix(".json")


def main() -> None:
    """Shares by group, the greatest difference between two groups, and the smallest ratio."""
    groups, outcomes = zip(*list_outcomes(), strict=True)
    frame = MetricFrame(metrics=selection_rate, y_true=outcomes, y_pred=outcomes, sensitive_features=list(groups))
    answers = {
        "by_group": {group: float(share) for group, share in frame.by_group.items()},
        "difference": float(frame.difference(method="between_groups")),
        "ratio": float(frame.ratio(method="between_groups")),
    }
    FILE.write_text(json.dumps(answers, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
