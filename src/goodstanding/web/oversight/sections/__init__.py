"""The sections of the figures on authorities: what each says, from its tables."""
