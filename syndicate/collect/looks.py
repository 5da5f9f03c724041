"""Another look at pages whose publications are known: whether they changed, and whether they are still there.

Called by ``collect.web`` after the list, as part of a visit. What a look shows is for the store and an editor to judge.
"""

from __future__ import annotations

import asyncio
import re
from urllib.parse import urlsplit

from syndicate.collect.entries import Document, Entry, ReadPiece
from syndicate.collect.tools import Tools
from syndicate.collect.troubles import GONE, NOT_FOUND, NOT_MODIFIED, page_failure
from syndicate.domain.collecting import Cause, Checked, Look, Visit, WatchedPage
from syndicate.domain.publication import Reading
from syndicate.net.address import host_of, shown
from syndicate.net.answer import Answer, Failed, Validators, validators_after

ACCEPT = "text/html,application/xhtml+xml;q=0.9,*/*;q=0.1"
_PATIENCE = 3
_HOME = re.compile(r"/?(?:[a-z]{2}(?:-[a-z]{2})?/?)?|/(?:404|not-?found)(?:\.\w+)?/?", re.IGNORECASE)
_NOTHING_HERE = re.compile(
    r"(?:error\s+)?404(?:\W{1,3}(?:page\s+)?not\s+found)?(?:\s\W\s.*)?|page\s+not\s+found(?:\s\W\s.*)?", re.IGNORECASE
)


async def look_again(visit: Visit, tools: Tools, ends: float) -> tuple[Checked, ...]:
    """One look at each watched page, politely, until ``ends`` of the loop's clock; those not reached are left out."""
    checked: list[Checked] = []
    failures = 0
    for page in visit.watched:
        if failures >= _PATIENCE or asyncio.get_running_loop().time() >= ends:
            break
        sent = Validators(etag=page.etag, last_modified=page.last_modified, representation=page.representation)
        answer = await tools.fetcher.get(
            page.url, {"Accept": ACCEPT}, validators=sent, permission=tools.robots.permission
        )
        if isinstance(answer, Failed):
            checked.append(_failed(page, answer.problem))
            failures = _PATIENCE if answer.cause is Cause.BUSY else failures + 1
        else:
            checked.append(await _judged(visit, tools, page, answer))
            failures = 0
    return tuple(checked)


async def _judged(visit: Visit, tools: Tools, page: WatchedPage, answer: Answer) -> Checked:
    """What an answer says of a page. Only a server that says so, or leads home, makes a page missing."""
    if answer.status == NOT_MODIFIED and answer.conditional:
        return _kept(page, Look.SAME, answer)
    if answer.status in (NOT_FOUND, GONE):
        problem = f"{shown(page.url)} answers {answer.status}"
        return Checked(publication=page.publication, look=Look.MISSING, problem=problem)
    failure = page_failure(page.url, answer)
    if failure:
        return _failed(page, failure.problem)
    if _leads_home(page.url, answer.url, visit.outlet.url):
        problem = f"{shown(page.url)} leads to {shown(answer.url)} instead"
        return Checked(publication=page.publication, look=Look.MISSING, problem=problem)
    return await _read(visit, tools, page, answer)


async def _read(visit: Visit, tools: Tools, page: WatchedPage, answer: Answer) -> Checked:
    task = ReadPiece(
        entry=Entry(link=page.url, place="watched page", guid=page.guid),
        outlet=visit.outlet.name,
        now=tools.now.timestamp(),
        document=Document(url=answer.url, body=answer.body, charset=answer.charset),
        page=visit.source.page,
    )
    read = await tools.readers.read(task)
    if not isinstance(read, Reading):
        return _failed(page, f"{shown(page.url)} {getattr(read, 'problem', 'was read as something else')}")
    if _NOTHING_HERE.fullmatch(read.title):
        problem = f"{shown(page.url)} says {read.title!r}"
        return Checked(publication=page.publication, look=Look.MISSING, problem=problem)
    return _kept(page, Look.READ, answer, read)


def _kept(page: WatchedPage, look: Look, answer: Answer, reading: Reading | None = None) -> Checked:
    sent = Validators(etag=page.etag, last_modified=page.last_modified, representation=page.representation)
    validators = validators_after(answer, sent)
    return Checked(
        publication=page.publication,
        look=look,
        reading=reading,
        etag=validators.etag,
        last_modified=validators.last_modified,
        representation=validators.representation,
    )


def _failed(page: WatchedPage, problem: str) -> Checked:
    """Nothing was learned; the validators of the last look stay."""
    return Checked(
        publication=page.publication,
        look=Look.FAILED,
        etag=page.etag,
        last_modified=page.last_modified,
        representation=page.representation,
        problem=problem,
    )


def _leads_home(asked: str, came: str, home: str) -> bool:
    """Whether a page redirects to the front page or a page for lost visitors: a soft 404."""
    if came == asked or _path(asked) == _path(came):
        return False
    own_front = host_of(came) == host_of(home) and _path(came).rstrip("/") == _path(home).rstrip("/")
    return not urlsplit(came).query and (own_front or bool(_HOME.fullmatch(_path(came))))


def _path(link: str) -> str:
    return urlsplit(link).path
