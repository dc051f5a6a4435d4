"""One subject's file: who it is, its records, its effects and why they hold, its cases."""
