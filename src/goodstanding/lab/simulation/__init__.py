"""Lives under a scheme: whole numbers, day by day, in a kernel that is held equal to `standing`."""
