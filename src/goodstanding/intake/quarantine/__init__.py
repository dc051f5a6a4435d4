"""Rows that could not be taken in: kept with their reason until they are mended or gone."""
