"""One schema history for SQLite and PostgreSQL, run by ``schema.upgrade``."""
