"""What an edition would look like if it were composed now: the same rooms, the same bytes, nothing stored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from syndicate.domain.delivery import Submission
from syndicate.domain.digest import Edition, EditionState
from syndicate.domain.errors import NotAllowed
from syndicate.domain.letter import personal_html, personal_text
from syndicate.domain.subscriber import Subscriber
from syndicate.flows.composing import consider, digest_called
from syndicate.flows.house import House
from syndicate.flows.lettering import letter_of, recipient_of
from syndicate.flows.pipeline import items_of

_READER = Subscriber(id=0, address="reader@example.org", domain="example.org", name="A Reader")


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """One letter as a made-up reader would get it, and what the seal saw."""

    html: str
    text: str
    eml: bytes
    seal: Mapping[str, object]


def preview(house: House, digest_id: str, now: datetime) -> Preview:
    """Compose, render and seal without storing anything; ``NotAllowed`` says why where there is nothing to show."""
    digest = digest_called(house, digest_id)
    composition = consider(house, digest, now)
    if composition.skipped_because:
        raise NotAllowed(f"a preview of {digest.id}", composition.skipped_because)
    edition = Edition(
        id=0,
        digest=digest.id,
        cadence=digest.cadence,
        nominal=now.replace(second=0, microsecond=0),
        state=EditionState.COMPOSED,
        items=composition.items,
    )
    parts = house.letters.seal(edition, digest, items_of(house, edition, now))
    letter = letter_of(house, edition, digest, parts, composition.items)
    reader = recipient_of(house, _READER, digest.id)
    eml = house.mime(Submission(key="preview/0/0/1", letter=letter, recipients=(reader,)))
    report = {
        "digest": digest.id,
        "language": parts.language,
        "subject": parts.frame.subject,
        "preheader": parts.frame.preheader,
        "items": [{"id": s.item, "title": s.title} for s in parts.segments],
        "html_bytes": len(letter.html.encode()),
        "text_bytes": len(letter.text.encode()),
        "seal": parts.digest,
    }
    return Preview(
        html=personal_html(letter.html, reader.values),
        text=personal_text(letter.text, reader.values),
        eml=eml,
        seal=report,
    )
