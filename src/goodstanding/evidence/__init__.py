"""Files handed in as evidence, looked at as hostile: what each is, and whether it acts.

Other rooms use `inspection`, `media_types`, `file_names` and `zip_archive`.
"""
