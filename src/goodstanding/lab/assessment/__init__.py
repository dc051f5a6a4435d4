"""What a run did to whom: findings, each with its interval, and what could not be found, each with its reason."""
