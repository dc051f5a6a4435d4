"""Many subjects at once: by name, by what they have, by list, and against what sources publish."""
