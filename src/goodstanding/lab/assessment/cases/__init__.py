"""What is measured of lives under schemes that keep cases and lists."""
