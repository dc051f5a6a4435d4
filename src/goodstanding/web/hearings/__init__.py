"""Cases on pages: what is said about them, the forms of their acts, and the letters that they send."""
