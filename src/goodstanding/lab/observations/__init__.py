"""What was really observed: published inspections and accounts, in the form that experiments ask for."""
