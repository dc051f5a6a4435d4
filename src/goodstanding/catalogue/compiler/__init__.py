"""From the texts of a catalogue's folder to a checked catalogue."""
