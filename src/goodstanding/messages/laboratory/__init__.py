"""What is refused in the laboratory: its numbers and files, its populations."""
