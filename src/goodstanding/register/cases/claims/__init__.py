"""Whose file somebody claims to act for, and which offices may answer that."""
