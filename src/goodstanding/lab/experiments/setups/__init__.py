"""What an experiment does at one point of its range: a function of the values, a seed and the mechanism switched."""
