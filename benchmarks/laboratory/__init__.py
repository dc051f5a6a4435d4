"""What the laboratory is measured by: people, lives, and peers of the same run."""
