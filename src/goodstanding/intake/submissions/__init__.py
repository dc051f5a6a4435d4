"""What a source sends as one: in parts, in which form, with which key, tried before it is taken."""
