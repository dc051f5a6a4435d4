"""Why a catalogue breaches the articles that need many words, and what would be right."""
