"""What figures are worth: exact and resampled intervals, how well a score sorts, how groups differ."""
