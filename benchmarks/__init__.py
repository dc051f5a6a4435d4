"""Speed and memory, measured: each figure beside a limit or peer of the same run. Benchmarks assert nothing.

`python -m benchmarks [NAME…] [--json]` runs those named, or all. Registers are made in a temporary folder from the
demonstration's own data and are removed at the end. What is heavy runs in a process of its own, so that its memory is
its own; what is drawn at random is drawn with a fixed seed.
"""
