"""Letters: what is sealed once per edition and language, and what is joined for one reader.

Values that differ per reader stand in the sealed parts as tokens. ``TOKENS`` lists them all; source text that
contains one is refused before rendering.
"""

from __future__ import annotations

import hashlib
import html
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import InitVar, dataclass

from syndicate.domain.errors import Tampered

LEAVE = "https://merge.invalid/xq-leave-qx"
ADDRESS = "xq-address-qx"
TOKENS = (LEAVE, ADDRESS)
TOKEN_MARK = ("merge.invalid/xq-", "xq-address-qx")
"""What a source's text must not contain."""

_ONLY_THE_SEAL = object()


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """One item of a sealed letter, in both alternative parts."""

    item: int
    title: str
    html: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What stands around the items."""

    subject: str
    preheader: str
    html_before: str
    html_after: str
    text_before: str
    text_after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedEdition:
    """A checked letter in one language. Made by the seal; ``reopen`` is the one other way to have one."""

    edition: int
    language: str
    frame: Frame
    segments: tuple[Segment, ...]
    digest: str
    made_by: InitVar[object]

    def __post_init__(self, made_by: object) -> None:
        """Refuse to be built anywhere else."""
        if made_by is not _ONLY_THE_SEAL:
            msg = "a SealedEdition comes from the seal or from reopen()"
            raise TypeError(msg)

    def html(self, items: Sequence[int]) -> str:
        """The HTML part of a variant, tokens still in it."""
        return self._joined(items, self.frame.html_before, self.frame.html_after, "html")

    def text(self, items: Sequence[int]) -> str:
        """The plain text part of a variant, tokens still in it."""
        return self._joined(items, self.frame.text_before, self.frame.text_after, "text")

    def _joined(self, items: Sequence[int], before: str, after: str, part: str) -> str:
        by_item = {segment.item: segment for segment in self.segments}
        return before + "".join(getattr(by_item[item], part) for item in items) + after


def digest_of(edition: int, language: str, frame: Frame, segments: Iterable[Segment]) -> str:
    """SHA-256 over every part, each preceded by its length, so no two sets of parts share a digest."""
    total = hashlib.sha256()
    parts = [str(edition), language, frame.subject, frame.preheader]
    parts += [frame.html_before, frame.html_after, frame.text_before, frame.text_after]
    for segment in segments:
        parts += [str(segment.item), segment.title, segment.html, segment.text]
    for part in parts:
        raw = part.encode()
        total.update(len(raw).to_bytes(8, "big"))
        total.update(raw)
    return total.hexdigest()


def sealed(edition: int, language: str, frame: Frame, segments: Sequence[Segment]) -> SealedEdition:
    """Close checked parts. Only ``render.seal`` calls this, after it has re-read the finished bytes."""
    return SealedEdition(
        edition=edition,
        language=language,
        frame=frame,
        segments=tuple(segments),
        digest=digest_of(edition, language, frame, segments),
        made_by=_ONLY_THE_SEAL,
    )


def reopen(edition: int, language: str, frame: Frame, segments: Sequence[Segment], digest: str) -> SealedEdition:
    """Have a sealed edition again from its stored parts; raises ``Tampered`` where they are not what was sealed."""
    again = sealed(edition, language, frame, segments)
    if again.digest != digest:
        raise Tampered(edition)
    return again


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """One address of a call, with the values for its tokens and headers that are its own."""

    subscriber: int
    address: str
    name: str
    values: Mapping[str, str]
    headers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A letter as a mailer takes it: complete but for the tokens. ``headers`` are the same for all recipients."""

    sender: str
    reply_to: str
    subject: str
    html: str
    text: str
    headers: tuple[tuple[str, str], ...]
    tag: str


def personal_html(part: str, values: Mapping[str, str]) -> str:
    """The HTML part with this reader's values, escaped for element and attribute."""
    for token, value in values.items():
        part = part.replace(token, html.escape(value, quote=True))
    return part


def personal_text(part: str, values: Mapping[str, str]) -> str:
    """The text part with this reader's values."""
    for token, value in values.items():
        part = part.replace(token, value)
    return part
