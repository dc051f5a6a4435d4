"""What code cannot see: the questions that a reviewer answers about records, and what an answer must be."""
