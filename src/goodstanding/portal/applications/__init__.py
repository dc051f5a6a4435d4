"""Applications for a listing: how they are shown, made and answered."""
