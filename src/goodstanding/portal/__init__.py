"""Journeys of people who are signed in: `cases`, `desk`, `own_file`, `applications`, `submissions` and `accounts`."""
