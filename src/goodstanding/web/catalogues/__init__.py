"""The library of catalogues: rules in force, their drafts, and how they agree with what sources publish."""
