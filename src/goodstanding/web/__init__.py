"""The public site and what all pages share: HTML that works without a script, and a JSON twin of every page."""
