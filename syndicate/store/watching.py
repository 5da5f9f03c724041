"""Another look at known pages: what it showed is stored, and a page that is missing for good is noted, not acted on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, literal, select, union_all

from syndicate.domain.collecting import Checked, Harvest, Look, WatchedPage
from syndicate.domain.publication import Change, Part
from syndicate.domain.revising import changes
from syndicate.domain.watching import PageMemory, after_look, is_missing
from syndicate.store import tables
from syndicate.store.database import Database
from syndicate.store.keeping import Keeping
from syndicate.store.merging import looked_at_again, merged
from syndicate.store.shelf import Piece

_QUESTIONS = 100
"""SQLite joins at most 500 questions into one."""


def watched_pages(
    database: Database, sources: Sequence[str], now: datetime, most: int
) -> Mapping[str, tuple[WatchedPage, ...]]:
    """For each source that has any the pages that are due, at most ``most``, longest due first."""
    wanted = list(dict.fromkeys(sources))
    found: dict[str, list[WatchedPage]] = {}
    with database.reading() as connection:
        for start in range(0, len(wanted), _QUESTIONS):
            some = wanted[start : start + _QUESTIONS]
            for row in connection.execute(union_all(*(_due_of(source, now, most) for source in some))):
                told = row._mapping  # noqa: SLF001 - public in SQLAlchemy, underscored against name clashes
                page = WatchedPage(**{name: told[name] for name in WatchedPage.__dataclass_fields__})
                found.setdefault(row.source, []).append(page)
    return {source: tuple(pages) for source, pages in found.items()}


def look(keeping: Keeping, harvest: Harvest, now: datetime) -> tuple[int, ...]:
    """Stage what the looks of one visit showed; the ids of the pieces that changed."""
    changed = []
    for checked in harvest.checked:
        piece = keeping.shelf.pieces.get(checked.publication)
        if piece is not None and piece.source == harvest.source.id and _looked(keeping, piece, checked, now):
            changed.append(piece.id)
    return tuple(dict.fromkeys(changed))


def find_checked(keeping: Keeping, harvests: Sequence[Harvest]) -> None:
    """Load what ``look`` needs to know, for all of them together."""
    looks = [checked for harvest in harvests for checked in harvest.checked]
    numbers = [checked.publication for checked in looks]
    keeping.shelf.find_pieces(numbers)
    keeping.shelf.find_pages(numbers)
    keeping.shelf.load_content(checked.publication for checked in looks if checked.reading is not None)


def _due_of(source: str, now: datetime, most: int) -> Select[Any]:
    page = tables.pages.c
    due = select(tables.pages).where(page.source == source, page.next_check <= literal(now, page.next_check.type))
    return select(due.order_by(page.next_check, page.publication).limit(most).subquery())


def _looked(keeping: Keeping, piece: Piece, checked: Checked, now: datetime) -> bool:
    memory = keeping.shelf.pages.get(piece.id, PageMemory())
    memory = after_look(memory, checked, piece.dated, piece.first_seen, now)
    stored = keeping.shelf.content_of(piece)
    keeping.shelf.pages[piece.id] = memory
    keeping.staged.watch(piece, stored.url, stored.guid, memory)
    if is_missing(memory) and piece.missing_since is None:
        piece.missing_since = memory.missing_since or now
        keeping.visible = True
        keeping.staged.touch(piece)
    return checked.look in (Look.SAME, Look.READ) and _there(keeping, piece, checked)


def _there(keeping: Keeping, piece: Piece, checked: Checked) -> bool:
    """The page was there: perhaps changed, perhaps again; the list of changes says both."""
    before = after = keeping.shelf.content_of(piece)
    if checked.reading is not None:
        after = merged(before, looked_at_again(before, checked.reading), piece.first_seen)
    found = changes(before, after)
    if piece.missing_since is not None:
        gone = f"gone from its outlet since {piece.missing_since:%Y-%m-%d}"
        found = (Change(part=Part.OTHER, before=gone, after="there again", loud=True), *found)
        piece.missing_since = None
        keeping.staged.touch(piece)
    if not found:
        return False
    keeping.write_revision(piece, after, found)
    return True
