"""Settings -> House: the only file that knows every room, and the only owner of a clock.

Rooms are loaded when they are first asked for, so a role imports only what it needs: a worker loads neither the
page extractor nor the web.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import cached_property
from importlib import import_module
from typing import TYPE_CHECKING, Any

from syndicate.credit.editor import CreditEditor
from syndicate.deliver.mailers import load as load_mailer
from syndicate.deliver.mime import mime
from syndicate.domain.collecting import Visit, VisitResult
from syndicate.domain.digest import Digest, Edition
from syndicate.domain.feed import FeedDocument, FeedState
from syndicate.domain.item import Item
from syndicate.domain.letter import SealedEdition
from syndicate.domain.notice import NoticeDraft, NoticeKind
from syndicate.domain.subscriber import Subscriber
from syndicate.domain.tokens import keyed_hash
from syndicate.flows.house import FeedRenderer, House
from syndicate.settings import Settings
from syndicate.store import open_store
from syndicate.store import upgrade as upgrade_store

if TYPE_CHECKING:
    from syndicate.flows.house import Collector, LetterRoom

PAGE_READER = "syndicate.credit.detect:read_page"
FORMATS = ("rss", "atom", "json")


def clock() -> datetime:
    """Now, in UTC."""
    return datetime.now(UTC)


def upgrade(settings: Settings) -> str:
    """Bring the schema up to this version; the revision it is at afterwards."""
    return upgrade_store(settings.store_url)


def build(settings: Settings) -> House:
    """The rooms, wired."""
    return House(
        site=settings.site,
        secret=settings.secret,
        outlets=settings.outlets,
        sources=settings.sources,
        feeds=settings.feeds,
        digests=settings.digests,
        mail=settings.mail,
        store=open_store(settings.store_url, hash_address=lambda address: keyed_hash(settings.secret, address)),
        collector=_LateCollector(settings),
        editor=CreditEditor(),
        letters=_LateLetters(settings),
        formats={name: _late_format(name) for name in FORMATS},
        mailer=load_mailer(settings.mail.mailer, settings.mailer),
        mime=mime,
        clock=clock,
        sleep=time.sleep,
        private_network=settings.collect.private_addresses,
    )


class _LateCollector:
    """The collector, imported at the first visit."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    @cached_property
    def _room(self) -> Collector:
        made: Collector = import_module("syndicate.collect").build_collector(self._settings.collect, PAGE_READER)
        return made

    def visit_all(self, visits: Sequence[Visit], now: datetime) -> Iterator[tuple[Visit, VisitResult] | None]:
        return self._room.visit_all(visits, now) if visits else iter(())


class _LateLetters:
    """The letter room, imported at the first letter."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    @cached_property
    def _room(self) -> LetterRoom:
        made: LetterRoom = import_module("syndicate.render.letters").LetterPress(
            self._settings.site, self._settings.templates
        )
        return made

    def seal(self, edition: Edition, digest: Digest, items: Sequence[Item]) -> SealedEdition:
        return self._room.seal(edition, digest, items)

    def notice(self, kind: NoticeKind, digest: Digest, to: Subscriber, link: str) -> NoticeDraft:
        return self._room.notice(kind, digest, to, link)


def _late_format(name: str) -> FeedRenderer:
    """A feed format, imported at the first feed."""

    def render(state: FeedState) -> FeedDocument:
        formats: Mapping[str, Callable[[FeedState], Any]] = import_module("syndicate.render.feeds").FORMATS
        document: FeedDocument = formats[name](state)
        return document

    return render
