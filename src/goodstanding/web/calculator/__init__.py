"""What would follow from made-up facts; nothing is kept."""
