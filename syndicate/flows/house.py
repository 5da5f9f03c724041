"""House: everything a flow may use, as one frozen value made by ``wiring``."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from syndicate.domain.collecting import Visit, VisitResult
from syndicate.domain.credit import Credit, Excerpt
from syndicate.domain.delivery import Answer, Compiled, Finding, Limits, Submission
from syndicate.domain.digest import Digest, Edition
from syndicate.domain.errors import NotFound
from syndicate.domain.feed import Feed, FeedDocument, FeedState
from syndicate.domain.gate import Cleared
from syndicate.domain.item import Item
from syndicate.domain.letter import SealedEdition
from syndicate.domain.mail import MailPolicy
from syndicate.domain.notice import NoticeDraft, NoticeKind
from syndicate.domain.outlet import Outlet, Source
from syndicate.domain.site import Site
from syndicate.domain.subscriber import Subscriber
from syndicate.flows.ports import Store


class Collector(Protocol):
    """Visits sources, many at once, each in its own bounds; one that hangs delays no other."""

    def visit_all(self, visits: Sequence[Visit], now: datetime) -> Iterator[tuple[Visit, VisitResult] | None]:
        """Yield each visit with what came of it as it ends. Failures are ``Trouble`` values, never exceptions.

        None is yielded where nothing ended for a moment, so that what has ended need not wait for what has not.
        """
        ...


class Editor(Protocol):
    """Writes credits and cuts excerpts: the ``credit`` room."""

    def credit(self, cleared: Cleared, language: str, *, cut: bool) -> Credit:
        """The credit of a piece in ``language``; ``cut`` says that we show less than the outlet did."""
        ...

    def excerpt(self, cleared: Cleared, words: int, language: str) -> Excerpt | None:
        """At most ``words`` words (0: as many as the terms allow), cut at a sentence end where one is near; None where
        only the title may go out.
        """
        ...


class LetterRoom(Protocol):
    """Renders, inlines and seals letters: the ``render`` room."""

    def seal(self, edition: Edition, digest: Digest, items: Sequence[Item]) -> SealedEdition:
        """One sealed letter; raises ``SealRefused`` where the finished bytes lack what they must carry."""
        ...

    def notice(self, kind: NoticeKind, digest: Digest, to: Subscriber, link: str) -> NoticeDraft:
        """A finished notice with its one link."""
        ...


FeedRenderer = Callable[[FeedState], FeedDocument]
"""One feed format: a pure function of the state."""


Mime = Callable[[Submission], bytes]
"""The first letter of a submission as one RFC 5322 message: what a preview shows and an outbox keeps."""


class Mailer(Protocol):
    """One mail API. Expected failures are values; only bugs raise."""

    name: str
    limits: Limits

    def compile(self, submission: Submission) -> Compiled:
        """The call in the provider's own form: pure, and equal bytes for equal submissions."""
        ...

    def submit(self, compiled: Compiled) -> Answer:
        """Make the call, once."""
        ...

    def find(self, submission: Submission) -> Finding:
        """What became of an earlier call with this key."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """The rooms, wired. Mappings are by id in the order of the configuration."""

    site: Site
    secret: str
    outlets: Mapping[str, Outlet]
    sources: Mapping[str, Source]
    feeds: Mapping[str, Feed]
    digests: Mapping[str, Digest]
    mail: MailPolicy
    store: Store
    collector: Collector
    editor: Editor
    letters: LetterRoom
    formats: Mapping[str, FeedRenderer]
    mailer: Mailer
    mime: Mime
    clock: Callable[[], datetime]
    sleep: Callable[[float], None]
    private_network: bool = False
    """Whether sources may be in a network of our own, where how often they are asked is the operator's business."""

    def source_called(self, name: str) -> Source:
        """The source with this id, or ``NotFound`` naming those there are."""
        if name not in self.sources:
            raise NotFound("source", name, tuple(self.sources))
        return self.sources[name]
