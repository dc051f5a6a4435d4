"""Journeys of people who are signed in: cases, desk, own file, applications, submissions and accounts."""
