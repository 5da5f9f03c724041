"""What the flows ask of the store, grouped by who asks. Every method is one transaction unless it says otherwise.

Times are aware UTC datetimes. Methods raise ``NotFound`` for an id that names nothing; anything else they raise is
a bug or a broken database. One contract suite holds every implementation to this page.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from typing import Protocol

from syndicate.domain.collecting import Bookmark, Harvest, Kept, WatchedPage
from syndicate.domain.digest import Choice, Composition, Edition, EditionState
from syndicate.domain.feed import FeedDocument
from syndicate.domain.holds import SiteMemory
from syndicate.domain.letter import SealedEdition
from syndicate.domain.publication import Appearance, How, Publication, PublicationFilter, Reading, Revision
from syndicate.domain.subscriber import Consent, Person, Subscriber, Subscription
from syndicate.flows.ledger import DeliveryStore, NoticeStore


class PublicationStore(Protocol):
    """Publications, their identity and their revisions."""

    def known(self, keys: Sequence[str]) -> frozenset[str]:
        """Those of ``keys`` (see ``domain.identity.keys_of``) that belong to a stored publication."""
        ...

    def keep(self, source: str, outlet: str, readings: Sequence[Reading], *, baseline: bool, now: datetime) -> Kept:
        """Store readings: new pieces, further appearances of known ones, and a revision where content changed.

        A piece is known when any of its keys is. Keys of one reading all end up on the same publication. A change
        seen through another source than the first adds an appearance and its keys, never a revision. ``baseline``
        gives new pieces that status. Equal readings change nothing, so a second call is idempotent.
        """
        ...

    def gather(self, harvests: Sequence[Harvest], now: datetime) -> tuple[Kept | None, ...]:
        """Store what several visits brought, bookmarks and looked-at pages included, in one transaction.

        Of each harvest the new pieces that ``domain.flood`` calls old are stored as baseline. A harvest that cannot be
        stored spoils no other: it is left out whole, and its ``Kept`` is None.
        """
        ...

    def watched(self, sources: Sequence[str], now: datetime, most: int) -> Mapping[str, tuple[WatchedPage, ...]]:
        """For each of ``sources`` at most ``most`` pages that are due to be looked at again, longest due first."""
        ...

    def release(self, publication: int, now: datetime) -> Publication:
        """Let a baseline piece out: it is live from now on. Idempotent; another status than these is ``NotAllowed``."""
        ...

    def unread(self, limit: int) -> tuple[Publication, ...]:
        """Publications that near copies were not looked for yet, oldest first."""
        ...

    def near(self, publication: int, fingerprint: int, within: timedelta) -> tuple[tuple[Publication, int], ...]:
        """Others that share a band of the fingerprint and are dated within ``within`` of it, with their fingerprints;
        the oldest first; of many the ``domain.likeness.MOST`` nearest. Pieces of the same source are left out.
        """
        ...

    def mark_read(self, publication: int, fingerprint: int | None, same_as: int | None, how: How | None) -> None:
        """Note that near copies were looked for: with which fingerprint (None: too short to have one), and of which
        older piece this one turned out to be an appearance.
        """
        ...

    def get(self, publication: int) -> Publication: ...

    def by_slug(self, slug: str) -> Publication: ...

    def many(self, publications: Sequence[int]) -> tuple[Publication, ...]:
        """In the order asked; an unknown id is left out."""
        ...

    def find(self, wanted: PublicationFilter) -> tuple[Publication, ...]:
        """Newest first by the time to order by (``Publication.dated``), then by id."""
        ...

    def revisions(self, publication: int) -> tuple[Revision, ...]:
        """Oldest first, each with how it differs from the one before."""
        ...

    def appearances(self, publication: int) -> tuple[Appearance, ...]:
        """Each place the piece was seen at, first one first."""
        ...

    def state(self) -> int:
        """A number that rises with every change that an output could show."""
        ...


class SourceStore(Protocol):
    """What is remembered of each source."""

    def bookmark(self, source: str) -> Bookmark:
        """An empty bookmark for a source never visited."""
        ...

    def note(self, source: str, bookmark: Bookmark) -> None: ...

    def bookmarks(self, sources: Sequence[str]) -> Mapping[str, Bookmark]:
        """Of many at once; an empty bookmark for those never visited."""
        ...

    def enter(self, sources: Mapping[str, str]) -> None:
        """Make every source of the configuration known by its address, so that ``due`` finds those never visited and
        those that moved. Idempotent.
        """
        ...

    def due(self, now: datetime) -> tuple[str, ...]:
        """Entered sources whose turn it is (see ``domain.visiting.is_due``), longest due first; costs what they are."""
        ...

    def schedule(self) -> Mapping[str, datetime | None]:
        """When each entered source is visited next; None for one never visited."""
        ...

    def sites(self, sites: Sequence[str]) -> Mapping[str, SiteMemory]:
        """What is remembered of each site's refusals; sites without any are left out."""
        ...

    def note_site(self, memory: SiteMemory) -> None: ...


class EditionStore(Protocol):
    """Editions, their sealed parts, and the schedule that calls for them."""

    def cursor(self, digest: str, now: datetime) -> datetime:
        """The newest nominal time that fired; a digest seen for the first time starts at ``now``."""
        ...

    def fire(self, digest: str, key: str, last: datetime, nominal: datetime) -> bool:
        """Move the schedule row from ``last`` to ``nominal`` by compare-and-set and take the fire ``key``.

        True for exactly one caller per key, whatever clocks run beside each other.
        """
        ...

    def carried(self, digest: str) -> frozenset[int]:
        """Publications that an edition of this digest carries, other than skipped ones."""
        ...

    def open(
        self,
        digest: str,
        cadence: str,
        nominal: datetime,
        composition: Composition,
        *,
        by_schedule: bool,
        held_because: str,
        now: datetime,
    ) -> Edition:
        """Store an edition; the one that is already there for (digest, cadence, nominal) wins and is returned."""
        ...

    def get(self, edition: int) -> Edition: ...

    def find(self, digest: str | None = None, limit: int = 100) -> tuple[Edition, ...]:
        """Newest nominal first."""
        ...

    def at(self, digest: str, nominal: datetime) -> Edition: ...

    def choices(self, edition: int) -> tuple[Choice, ...]: ...

    def awaiting_seal(self) -> tuple[Edition, ...]:
        """Composed by schedule and not held, skipped or sealed, oldest first."""
        ...

    def awaiting_delivery(self) -> tuple[Edition, ...]:
        """Sealed, and no delivery prepared yet, that go by schedule; oldest first."""
        ...

    def set_state(self, edition: int, state: EditionState, *, held_because: str = "") -> None: ...

    def keep_sealed(self, parts: SealedEdition, now: datetime) -> None:
        """Store sealed parts and mark the edition sealed; equal parts again change nothing."""
        ...

    def sealed(self, edition: int, language: str) -> SealedEdition:
        """Reopened; raises ``Tampered`` where the parts do not match their digest."""
        ...


class SubscriberStore(Protocol):
    """Subscribers, consent and suppressions."""

    def ask(self, person: Subscriber, digests: Sequence[str], cadence: str, consent: Consent) -> Subscriber:
        """A subscriber (``person.id`` is ignored; the address decides) with pending subscriptions, and the consent
        entry noted for each digest. One that is already confirmed stays confirmed; one that left becomes pending.
        """
        ...

    def confirm(self, subscriber: int, digests: Sequence[str], consent: Consent) -> tuple[str, ...]:
        """Make subscriptions confirmed; returns the digests this changed. Idempotent."""
        ...

    def leave(self, subscriber: int, digests: Sequence[str], consent: Consent) -> tuple[str, ...]:
        """End subscriptions; returns the digests this changed. Idempotent; takes effect before the next batch."""
        ...

    def get(self, subscriber: int) -> Subscriber: ...

    def by_address(self, address: str) -> Person: ...

    def subscriptions(self, subscriber: int) -> tuple[Subscription, ...]: ...

    def suppress(self, address_hash: str, reason: str, now: datetime) -> None:
        """Never mail the address with this keyed hash again, whether or not it is a subscriber."""
        ...

    def suppressed(self, address_hash: str) -> bool: ...


class DocumentStore(Protocol):
    """Finished documents, kept until the state they were made of changes."""

    def load(self, name: str, state: str) -> FeedDocument | None: ...

    def keep(self, name: str, state: str, document: FeedDocument) -> None: ...


class Store(Protocol):
    """All state."""

    @property
    def publications(self) -> PublicationStore: ...
    @property
    def sources(self) -> SourceStore: ...
    @property
    def editions(self) -> EditionStore: ...
    @property
    def deliveries(self) -> DeliveryStore: ...
    @property
    def notices(self) -> NoticeStore: ...
    @property
    def subscribers(self) -> SubscriberStore: ...
    @property
    def documents(self) -> DocumentStore: ...

    def install(self) -> str:
        """The id of this installation, made once with the schema."""
        ...

    def ready(self) -> None:
        """Raise ``StoreOutdated`` unless schema and database are usable."""
        ...

    def close(self) -> None:
        """Give back every connection; the store is not used afterwards."""
        ...

    def copied(self) -> bool:
        """Whether the database stands elsewhere than where it was made or last confirmed (promise 11)."""
        ...

    def confirm(self) -> None:
        """A person says that this database is the one to go on with, here. Idempotent."""
        ...

    def delivering(self) -> AbstractContextManager[None]:
        """Be the process that delivers. On SQLite a second one gets ``StoreInUse``; on PostgreSQL many may.

        Nobody delivers from a database that was copied: ``CopiedDatabase``.
        """
        ...
