"""Words for what the register holds: cases, durations, legal bases, roles and rules."""
