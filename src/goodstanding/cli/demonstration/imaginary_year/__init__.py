"""A year of cases in Aldermark, a province that does not exist: drawn from a seed, written at once, never by hand."""
