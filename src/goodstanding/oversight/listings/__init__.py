"""Listings as authorities handle them: `end_delays` measures how soon they stated what ended one."""
