"""What is handed in as evidence, looked at as hostile: what it is, whether it acts; others use `looking.look_at`."""
