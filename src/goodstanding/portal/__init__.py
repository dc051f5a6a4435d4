"""Journeys of signed-in people: `cases`, `desk`, `own_file`, `applications`, `sources`, `submissions`, `accounts`."""
