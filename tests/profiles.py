"""How many examples a property is tried on: the numbers in tests are those of the profile `deep`, others take a share.

`pytest --hypothesis-profile deep` tries them all, other ones each time; the profile `default` tries a fourth of them,
the same ones each time. No profile minds how long an example takes: that says how busy the machine is.
"""

from __future__ import annotations

from hypothesis import HealthCheck, settings

DEFAULT, DEEP = "default", "deep"
WHOLE, FEWEST = 100, 4  # examples of a property that names no number; of one that names few

settings.register_profile(
    DEEP, max_examples=WHOLE, deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
settings.register_profile(DEFAULT, settings.get_profile(DEEP), max_examples=WHOLE // 4, derandomize=True)


def share_of_examples(number: int) -> int:
    """The share of so many examples that the profile in use takes."""
    return max(min(FEWEST, number), number * settings.default.max_examples // WHOLE)
