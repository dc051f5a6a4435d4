"""Search over names: FTS5 trigrams on SQLite; on PostgreSQL an array of trigrams with GIN, and how common each is."""

from __future__ import annotations

from typing import Any

from django.db import migrations

SQLITE = """
CREATE VIRTUAL TABLE subject_search USING fts5(
  searchable,
  content='subject',
  content_rowid='id',
  tokenize='trigram case_sensitive 1',
  detail=none,
  columnsize=0
);
CREATE VIRTUAL TABLE subject_gram USING fts5vocab(subject_search, row);
"""
POSTGRES = """
ALTER TABLE subject ADD COLUMN grams text[] COLLATE "C" NOT NULL DEFAULT '{}';
CREATE INDEX subject_grams ON subject USING gin (grams);
CREATE TABLE gram (gram text COLLATE "C" PRIMARY KEY, n bigint NOT NULL);
"""


def make(apps: Any, editor: Any) -> None:
    statements = SQLITE if editor.connection.vendor == "sqlite" else POSTGRES
    for statement in statements.split(";\n"):
        if statement.strip():
            editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("projection", "0001_initial")]
    operations = [migrations.RunPython(make, migrations.RunPython.noop, elidable=False)]
