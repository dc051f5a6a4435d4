"""Claims to act for a subject: made by a person, answered by an office."""
