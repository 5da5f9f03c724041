"""A pass: visit the sources whose turn it is, store what each gave as it comes in, and plan the next visits.

What ended is stored while others are still under way, so a pass may be interrupted at any point: the bookmarks of what
was stored have moved on, the rest is still due.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from hashlib import blake2b

import orjson

from syndicate.domain.collecting import (
    Bookmark,
    Cause,
    Found,
    Harvest,
    Kept,
    Spoiled,
    Trouble,
    Unchanged,
    Visit,
    VisitResult,
)
from syndicate.domain.holds import Observation, SiteMemory, held_until, observed
from syndicate.domain.letter import TOKEN_MARK
from syndicate.domain.outlet import Source
from syndicate.domain.publication import Reading
from syndicate.domain.remembering import at_address
from syndicate.domain.visiting import LONGEST_WISH, may_visit, next_bookmark, offline, welcome_from
from syndicate.flows.collected import Collected, report
from syndicate.flows.house import House
from syndicate.net.address import host_of, site_of

WATCHED = 20
"""How many known pages of one source are looked at again on the occasion of one visit."""
TOGETHER = 50
"""How many visits are stored in one transaction at most."""
_MOST_SECONDS = 1e9
_MARKS = tuple(mark.encode() for mark in TOKEN_MARK)
_NOTHING = Kept(new=(), updated=(), unchanged=())
_Ended = tuple[Visit, VisitResult]


@dataclass(slots=True)
class _Pass:
    """What is known of a pass while it runs. ``seen`` are the answers of each site: where it served us, where not."""

    sites: dict[str, SiteMemory]
    copied: bool = False
    visits: int = 0
    seen: dict[str, tuple[str | Observation, ...]] = field(default_factory=dict)
    hosts: set[str] = field(default_factory=set)
    silent: set[str] = field(default_factory=set)
    unreachable: list[_Ended] = field(default_factory=list)


Progress = Callable[[int, int], None]
"""Told how many of how many visits have ended."""


def collect_each(
    house: House, now: datetime, names: Sequence[str] = (), progress: Progress | None = None
) -> Iterator[Collected]:
    """Yield a report for each source as it is stored; leaving the iterator early ends the pass, and loses nothing.

    Without ``names`` the sources that are due are visited; with them those, even if not due. What a server said of
    waiting holds in any case: those are reported as waiting.
    """
    visits, waits, sites = _planned(house, now, names)
    yield from waits
    run = _Pass(sites=dict(sites), copied=house.store.copied(), visits=len(visits))
    ended = house.collector.visit_all(visits, now)
    del visits  # each is let go of when it has ended, or a long pass would hold all of them
    yield from _visited(house, ended, run, now, progress)


def _planned(
    house: House, now: datetime, names: Sequence[str]
) -> tuple[list[Visit], list[Collected], Mapping[str, SiteMemory]]:
    """The visits of a pass, the sources that have to wait, and what is remembered of the sites."""
    chosen = _chosen(house, names, now)
    bookmarks = house.store.sources.bookmarks([source.id for source in chosen])
    sites = house.store.sources.sites(sorted({site_of(source.url) for source in chosen if _on_the_web(source)}))
    visits, waits = [], []
    for source in chosen:
        bookmark = at_address(source, bookmarks[source.id])
        wait = _wait(source, bookmark, sites, now, unasked=not names)
        if wait is None:
            visits.append(_visit(house, source, bookmark))
        else:
            waits.append(Collected(source=source.id, status="waiting", next_visit=wait))
    return _with_watched(house, visits, now), waits, sites


def collect_due(house: House, now: datetime, names: Sequence[str] = ()) -> tuple[Collected, ...]:
    """Bring home what each source has published since we last looked, in the order of the configuration.

    Without ``names`` those that are due, and the others as waiting; with them those, even if not due. One that fails
    spoils nothing else.
    """
    reports = {report.source: report for report in collect_each(house, now, names)}
    if not names:
        reports = {report.source: report for report in waiting(house)} | reports
    return tuple(reports[source] for source in house.sources if source in reports)


def waiting(house: House) -> tuple[Collected, ...]:
    """Every source as it waits for its next visit."""
    planned = house.store.sources.schedule()
    return tuple(Collected(source=name, status="waiting", next_visit=planned.get(name)) for name in house.sources)


def _chosen(house: House, names: Sequence[str], now: datetime) -> list[Source]:
    if names:
        return [house.source_called(name) for name in dict.fromkeys(names)]
    house.store.sources.enter({source.id: source.url for source in house.sources.values()})
    return [house.sources[name] for name in house.store.sources.due(now) if name in house.sources]


def _on_the_web(source: Source) -> bool:
    return not source.url.startswith("file:")


def _wait(
    source: Source, bookmark: Bookmark, sites: Mapping[str, SiteMemory], now: datetime, *, unasked: bool
) -> datetime | None:
    """Until when the source must not be asked, whoever wants it: its own server said so, or that of its neighbours.

    A pass that comes late may find a source due in an hour at which its feed wants no visits but those of a person.
    """
    until = None if may_visit(bookmark, now) else bookmark.hold_until
    memory = sites.get(site_of(source.url)) if _on_the_web(source) else None
    shared = held_until(memory, source.url, now) if memory else None
    welcome = welcome_from(bookmark.pace, now) if unasked else None
    waits = [wait for wait in (until, shared, welcome) if wait is not None and wait > now]
    return max(waits, default=None)


def _visit(house: House, source: Source, bookmark: Bookmark) -> Visit:
    outlet = house.outlets[source.outlet]
    return Visit(source=source, outlet=outlet, bookmark=bookmark, known=house.store.publications.known)


def _with_watched(house: House, visits: Sequence[Visit], now: datetime) -> list[Visit]:
    """The visits with the known pages that are due to be looked at again on this occasion."""
    watching = [v.source.id for v in visits if v.source.article == "page" or not _on_the_web(v.source)]
    watched = house.store.publications.watched(watching, now, WATCHED) if watching else {}
    return [replace(v, watched=watched[v.source.id]) if v.source.id in watched else v for v in visits]


def _visited(
    house: House, visits: Iterator[_Ended | None], run: _Pass, now: datetime, progress: Progress | None
) -> Iterator[Collected]:
    """Visit, store in groups as results come in, and settle at the end what only the whole pass can tell."""
    gathered: list[_Ended] = []
    count = 0
    try:
        for ended in visits:
            if ended is not None:
                count += 1
                _note(run, *ended, now)
                (run.unreachable if _is_unreachable(ended[1]) else gathered).append(ended)
                if progress:
                    progress(count, run.visits)
            if gathered and (ended is None or len(gathered) >= TOGETHER):
                reports = _store(house, gathered, now, copied=run.copied)
                gathered.clear()
                yield from reports
    except BaseException:
        # Interrupted: what has ended is kept before the pass ends.
        _store(house, gathered, now, copied=run.copied)
        raise
    yield from _store(house, gathered, now, copied=run.copied)
    yield from _store(house, run.unreachable, now, we_are_offline=offline(len(run.hosts), len(run.silent)))
    _remember_sites(house, run, now)


def _is_unreachable(result: VisitResult) -> bool:
    return isinstance(result, Trouble) and result.cause is Cause.UNREACHABLE


def _note(run: _Pass, visit: Visit, result: VisitResult, now: datetime) -> None:
    """What the pass learns of hosts and sites from one visit."""
    if not _on_the_web(visit.source):
        return
    host = host_of(visit.address)
    run.hosts.add(host)
    if _is_unreachable(result):
        run.silent.add(host)
    elif isinstance(result, Found | Unchanged):
        site = site_of(visit.address)
        run.seen[site] = (*run.seen.get(site, ()), visit.address)
    elif result.cause is Cause.BUSY and result.retry_after is not None:
        where = result.where or visit.address
        until = now + min(timedelta(seconds=min(result.retry_after, _MOST_SECONDS)), LONGEST_WISH)
        site = site_of(where)
        run.seen[site] = (*run.seen.get(site, ()), Observation(url=where, at=now, until=until))


def _store(
    house: House, ended: Sequence[_Ended], now: datetime, *, we_are_offline: bool = False, copied: bool = False
) -> list[Collected]:
    """One transaction for all of ``ended``; then their reports. In a ``copied`` database all that is new is held."""
    if not ended:
        return []
    ended = [(visit, _without_tokens(result)) for visit, result in ended]
    harvests = [
        replace(_harvest(house, visit, result, now, we_are_offline=we_are_offline), hold=copied)
        for visit, result in ended
    ]
    kept = house.store.publications.gather(harvests, now)
    return [
        report(visit.source, result, harvest.after, what, we_are_offline=we_are_offline)
        for (visit, result), harvest, what in zip(ended, harvests, kept, strict=True)
    ]


def _harvest(house: House, visit: Visit, result: VisitResult, now: datetime, *, we_are_offline: bool) -> Harvest:
    jitter = _jitter(visit.source.id, visit.bookmark)
    after = next_bookmark(
        visit.source,
        visit.bookmark,
        result,
        now,
        jitter,
        offline=we_are_offline,
        private=house.private_network,
    )
    found = result if isinstance(result, Found) else None
    return Harvest(
        source=visit.source,
        readings=found.readings if found else (),
        before=visit.bookmark,
        after=after,
        listed=found.seen if found else 0,
        checked=() if isinstance(result, Trouble) else result.checked,
    )


def _remember_sites(house: House, run: _Pass, now: datetime) -> None:
    """Fold what was seen of each site into its memory, where anybody was ever refused."""
    for site, answers in run.seen.items():
        memory = run.sites.get(site)
        if memory is None and not any(isinstance(each, Observation) for each in answers):
            continue
        memory = memory or SiteMemory(site=site)
        for each in answers:
            served = Observation(url=each, at=now) if isinstance(each, str) else each
            memory = observed(memory, served, now)
        house.store.sources.note_site(memory)


def _without_tokens(result: VisitResult) -> VisitResult:
    """Leave out pieces that hold a mark of ours for a reader's private link: no letter with one could be sealed."""
    if not isinstance(result, Found):
        return result
    bent = [r for r in result.readings if _holds_mark(r)]
    if not bent:
        return result
    problem = "holds a mark that stands for readers' private links in our letters, so it is left out"
    spoiled = tuple(Spoiled(where=r.url, problem=f"{r.url} {problem}") for r in bent)
    kept = tuple(r for r in result.readings if r not in bent)
    return replace(result, readings=kept, spoiled=(*result.spoiled, *spoiled))


def _holds_mark(reading: Reading) -> bool:
    """Whether any text of ``reading`` does. JSON is the fastest way to have all of them; it takes no lone surrogate."""
    try:
        written = orjson.dumps(reading)
    except TypeError:
        written = repr(reading).encode("utf-8", "replace")
    return any(mark in written for mark in _MARKS)


def _jitter(source: str, bookmark: Bookmark) -> float:
    """In [0, 1), from what is known, so that a pass is repeatable and sources still spread."""
    seed = f"{source}/{bookmark.failures}/{bookmark.last_visit}".encode()
    return int.from_bytes(blake2b(seed, digest_size=4).digest(), "big") / (1 << 32)
