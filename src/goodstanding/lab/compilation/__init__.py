"""Compiling by asking: what the rules say of every record that a behaviour can produce, as arrays; nothing translated.

`compiler` makes them and `scheme_arrays` says what a kernel reads.
"""
