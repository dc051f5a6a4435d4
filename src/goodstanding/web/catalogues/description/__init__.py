"""A catalogue in the order in which a citizen asks: what is recorded, what follows, for how long, how to get off."""
