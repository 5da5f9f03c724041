"""Databases made once for many tests: a copy of one would be taken for a copied database (promise 11)."""

from __future__ import annotations

from sqlalchemy import create_engine, make_url, text


def homeless(url: str) -> None:
    """Forget where the database was made, so that its copies are at home wherever they are."""
    made = make_url(url)
    engine = create_engine(made if made.get_backend_name() == "sqlite" else made.set(drivername="postgresql+psycopg"))
    try:
        with engine.begin() as connection:
            connection.execute(text("UPDATE installation SET place = NULL"))
    finally:
        engine.dispose()
