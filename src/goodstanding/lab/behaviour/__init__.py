"""What people and authorities do under one catalogue, as its `behaviour.yaml` assumes; no part of the rules."""
