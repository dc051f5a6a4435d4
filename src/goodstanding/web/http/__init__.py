"""What every request and answer shares: who asks, parameters, pages, errors, the clock, headers."""
