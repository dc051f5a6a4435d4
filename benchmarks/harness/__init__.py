"""What runs the benchmarks: processes of their own, registers to measure, peers, and results in a table."""
