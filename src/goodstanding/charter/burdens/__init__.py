"""What burdens somebody, whatever a catalogue calls it: the table of measures, who is spared, and how it ends."""
