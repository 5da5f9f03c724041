"""Why an answer cannot be used, in one line for a person and one word for the visit plan.

Called by ``collect.web`` for lists, by ``collect.pieces`` and ``collect.looks`` for pages.
"""

from __future__ import annotations

from datetime import datetime

from syndicate.domain.collecting import Cause, Trouble
from syndicate.net.address import shown
from syndicate.net.answer import Answer, Failed
from syndicate.net.headers import wait_of
from syndicate.net.walls import wall_of

OK = 200
NOT_MODIFIED = 304
NOT_FOUND = 404
GONE = 410
_NO_ENTRY = (401, 402, 403)
_TOO_MANY_REQUESTS = 429
_BUSY = (_TOO_MANY_REQUESTS, 503)
_PASSING = frozenset({408, 425, 429})
_SERVER_ERROR = 500


def list_trouble(url: str, answer: Answer | Failed, now: datetime) -> Trouble | None:
    """Why the list at ``url`` cannot be read, or None where there is something to read or nothing new."""
    if isinstance(answer, Failed):
        return Trouble(problem=answer.problem, cause=answer.cause, retry_after=answer.wait, where=answer.where or url)
    wall = wall_of(answer)
    if wall:
        return Trouble(problem=f"{shown(url)} {walled(wall, url)}", cause=Cause.WALL, where=answer.url)
    if answer.status == OK or (answer.status == NOT_MODIFIED and answer.conditional):
        return None
    return Trouble(
        problem=f"{shown(url)} answers {answer.status}: {_advice(answer.status)}",
        retry_after=wait_of(answer.headers, now) if answer.status in _BUSY else None,
        cause=_cause(answer.status),
        where=answer.url,
    )


def page_failure(url: str, answer: Answer) -> Failed | None:
    """Why the page at ``url`` cannot be read, or None where it can."""
    wall = wall_of(answer)
    if wall:
        return Failed(problem=f"{shown(url)} {walled(wall, url)}", passing=True, cause=Cause.WALL)
    if answer.status != OK:
        passing = answer.status in _PASSING or answer.status >= _SERVER_ERROR
        # One page may answer 503 for ever; a host that means all of it says for how long, and the fetcher holds it.
        cause = Cause.BUSY if answer.status == _TOO_MANY_REQUESTS else Cause.REFUSED
        return Failed(problem=f"{shown(url)} answers {answer.status}", passing=passing, cause=cause)
    if answer.cut:
        return Failed(problem=f"{shown(url)} breaks off in the middle; it is tried again later", passing=True)
    return None


def walled(wall: str, url: str) -> str:
    """The end of a sentence that begins with the address."""
    return (
        f"stands behind a wall against machines ({wall}), which is never evaded; "
        f"ask the outlet for access: `syndicate sources doctor {shown(url)}` drafts the letter"
    )


def _cause(status: int) -> Cause:
    if status == GONE:
        return Cause.GONE
    return Cause.BUSY if status in _BUSY else Cause.REFUSED


def _advice(status: int) -> str:
    if status == GONE:
        return "gone for good, says the server; remove the source or find its new address"
    if status == NOT_FOUND:
        return "nothing is there; check the address, it is tried again later"
    if status in _NO_ENTRY:
        return "we are not let in; ask the outlet, it is tried again later"
    if status in _BUSY:
        return "the server is busy and asks us to wait"
    if status == NOT_MODIFIED:
        return "it says that nothing changed, though we had nothing to compare; it is tried again later"
    return "it is tried again later; if it stays so, ask the outlet"
