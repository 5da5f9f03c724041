"""From sealed parts and subscribers to one call: headers, links and values; pure but for reading the house."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from email.utils import format_datetime
from urllib.parse import urlsplit

from syndicate.domain.delivery import Batch, Submission, key_of
from syndicate.domain.digest import Digest, Edition
from syndicate.domain.letter import ADDRESS, LEAVE, Letter, Recipient, SealedEdition
from syndicate.domain.notice import Notice
from syndicate.domain.site import Site
from syndicate.domain.subscriber import Subscriber, masked
from syndicate.flows.house import House
from syndicate.flows.subscribing import leave_link


def web_copy_path(digest: str, nominal: datetime) -> str:
    """Where the web copy of an edition stands."""
    return f"/editions/{digest}/{nominal:%Y-%m-%dT%H%MZ}"


def letter_of(house: House, edition: Edition, digest: Digest, parts: SealedEdition, items: Sequence[int]) -> Letter:
    """One variant of a sealed edition as a mailer takes it, tokens still in it."""
    return Letter(
        sender=house.mail.sender,
        reply_to=house.mail.reply_to,
        subject=parts.frame.subject,
        html=parts.html(items),
        text=parts.text(items),
        headers=list_headers(house.site, digest, edition),
        tag=digest.id,
    )


def list_headers(site: Site, digest: Digest, edition: Edition) -> tuple[tuple[str, str], ...]:
    """Headers that every letter of a list carries: RFC 2919, RFC 2369, RFC 8058, and Gmail's Feedback-ID."""
    host = urlsplit(site.url).hostname or "localhost"
    title = "".join(c for c in digest.title if c.isascii() and c not in '<>"\\' and c.isprintable()).strip()
    return (
        ("Date", format_datetime(edition.nominal)),
        ("List-Id", f"{title} <{digest.id}.{host}>".strip()),
        ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"),
        ("List-Archive", f"<{site.link(web_copy_path(digest.id, edition.nominal))}>"),
        ("Feedback-ID", f"{edition.id}:{digest.id}:edition:{host}"),
        ("Precedence", "bulk"),
    )


def recipient_of(house: House, subscriber: Subscriber, digest: str) -> Recipient:
    """One reader's own values: the link to leave, in the letter and in its header, and their address, masked."""
    leave = leave_link(house, subscriber.id, digest)
    return Recipient(
        subscriber=subscriber.id,
        address=subscriber.address,
        name=subscriber.name,
        values={LEAVE: leave, ADDRESS: masked(subscriber.address)},
        headers=(("List-Unsubscribe", f"<{leave}>"),),
    )


def asking(house: House, batch: Batch, ids: Iterable[int], known: Iterable[Subscriber]) -> Submission:
    """A submission good enough to ask about: the key and the frozen ids, with addresses where they are still known."""
    addresses = {s.id: s.address for s in known}
    nothing = Letter(sender=house.mail.sender, reply_to="", subject="", html="", text="", headers=(), tag="")
    recipients = tuple(Recipient(subscriber=i, address=addresses.get(i, ""), name="", values={}) for i in ids)
    return Submission(key=key_of(house.store.install(), batch), letter=nothing, recipients=recipients)


def notice_submission(house: House, notice: Notice) -> Submission:
    """A notice as one call to one address; ``Auto-Submitted`` as RFC 3834 section 5 wants it."""
    letter = Letter(
        sender=house.mail.sender,
        reply_to=house.mail.reply_to,
        subject=notice.subject,
        html=notice.html,
        text=notice.text,
        headers=(("Date", format_datetime(notice.created)), ("Auto-Submitted", "auto-generated")),
        tag=notice.kind.value,
    )
    to = Recipient(subscriber=notice.subscriber, address=notice.address, name="", values={})
    batch = notice.batch
    key = f"{house.store.install()}/notice/{notice.id}/{batch.generation}"
    return Submission(key=key, letter=letter, recipients=(to,))
