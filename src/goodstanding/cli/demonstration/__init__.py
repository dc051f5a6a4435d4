"""The demonstration register: its data, its cases and its command."""
