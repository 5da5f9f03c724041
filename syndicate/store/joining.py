"""Making two stored pieces one: the other hides, and all that led to it leads to the one that stays."""

from __future__ import annotations

from sqlalchemy import Connection, case

from syndicate.domain.publication import How
from syndicate.store import tables


def join(connection: Connection, stays: int, hides: int, how: How) -> None:
    """``hides`` turned out to be ``stays``. Its places are recognised ``how`` from now on; its page is not watched."""
    identity, seen, piece, page = tables.identities.c, tables.appearances.c, tables.publications.c, tables.pages.c
    connection.execute(tables.identities.update().where(identity.publication == hides).values(publication=stays))
    recognised = case((seen.how == How.SOURCE.value, how.value), else_=seen.how)
    connection.execute(
        tables.appearances.update().where(seen.publication == hides).values(publication=stays, how=recognised)
    )
    connection.execute(
        tables.publications.update()
        .where((piece.id == hides) | (piece.same_as == hides))
        .values(same_as=stays, read=True)
    )
    connection.execute(tables.pages.delete().where(page.publication == hides))
