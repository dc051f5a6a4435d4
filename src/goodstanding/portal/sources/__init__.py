"""Which sources there are: proposed by one person of the overseer's office, and signed by another."""
