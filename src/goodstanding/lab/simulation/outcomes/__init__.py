"""Schemes that grade the newest record or a mean: their standings, and which measures follow from each."""
