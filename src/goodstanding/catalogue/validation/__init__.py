"""What must hold in a catalogue beyond its form."""
