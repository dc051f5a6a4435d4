"""Pages and API for people and programs: HTML that works without a script, a JSON twin of every page, and `/v1`."""
