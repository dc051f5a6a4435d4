"""Applications for a listing on pages: how they are said, and the forms by which people make and answer them."""
