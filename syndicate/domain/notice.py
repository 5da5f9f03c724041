"""Notices: one letter to one address outside editions, in a lane of its own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from syndicate.domain.delivery import Batch


class NoticeKind(StrEnum):
    """Why somebody is written to."""

    CONFIRM = "confirm"


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeDraft:
    """A finished letter to one address, before it is stored."""

    kind: NoticeKind
    subscriber: int
    address: str
    subject: str
    html: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice(NoticeDraft):
    """A stored notice. Its ``batch`` has delivery 0, the notice's id as number, and goes through the same states."""

    id: int
    created: datetime
    batch: Batch
