"""The configuration as it may be written: every key, its type, and what is refused.

pydantic stays at this edge; ``values`` turns these tables into the frozen values that the rooms take. A key that
nothing obeys yet is not here, so that writing it is an error and not a hope.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from syndicate.settings.kinds import (
    Address,
    Database,
    Duration,
    Id,
    Language,
    Line,
    Secret,
    Text,
    TimeOfDay,
    Website,
    Zone,
    first_moment,
)

When = Annotated[AwareDatetime | None, BeforeValidator(first_moment)]
Day = Annotated[str, BeforeValidator(lambda raw: str(raw) if isinstance(raw, int) else raw)]
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class Table(BaseModel):
    """A TOML table: an unknown key is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class SiteTable(Table):
    title: Line
    url: Website
    language: Language = "en"
    timezone: Zone = "UTC"
    contact: str = ""
    postal_address: str = ""


class StoreTable(Table):
    url: Database = "sqlite:///var/syndicate.db"


class WebTable(Table):
    host: str = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65535)] = 8080
    secret: Secret


class CollectTable(Table):
    concurrency: Annotated[int, Field(ge=1, le=1000)] = 32
    user_agent: Line = ""
    private_addresses: Literal["refuse", "allow"] = "refuse"
    spacing: Duration = timedelta(seconds=1)
    baseline: bool = True

    @model_validator(mode="after")
    def _polite(self) -> CollectTable:
        """Less than a second between two requests is for a network of one's own."""
        if self.spacing < timedelta(seconds=1) and self.private_addresses != "allow":
            msg = 'spacing below 1s is for a network of your own; leave it out, or set private_addresses = "allow"'
            raise ValueError(msg)
        return self


class TermsTable(Table):
    use: Literal["full", "excerpt", "title", "none"] = "excerpt"
    words: Annotated[int, Field(ge=1)] = 80
    images: bool = False
    starts: Annotated[When, Field(alias="from")] = None
    until: When = None
    embargo: Duration = timedelta(0)
    unsure: Literal["title", "hold", "allow"] = "title"
    canonical: Literal["canonical", "noindex"] = "canonical"
    granted_by: str = ""
    granted_on: date | None = None


class OutletTable(Table):
    id: Id
    name: Line
    url: Website
    contact: str = ""
    terms: TermsTable = TermsTable()


class RecipeTable(Table):
    card: Text
    title: Text
    link: str = ""
    date: str = ""
    byline: str = ""
    summary: str = ""
    type: str = ""
    topic: str = ""
    next: str = ""


class PageTable(Table):
    title: str = ""
    byline: str = ""
    bio: str = ""
    date: str = ""
    updated: str = ""
    type: str = ""
    topic: str = ""
    body: str = ""
    caption: str = ""
    credit: str = ""
    licence: str = ""
    related: str = ""


class SourceTable(Table):
    id: Id
    outlet: str
    kind: Literal["feed", "sitemap", "listing", "wordpress", "drupal", "folder"]
    url: Website = ""
    path: str = ""
    every: Duration = timedelta(minutes=15)
    article: Literal["page", "entry"] = "page"
    baseline: bool | None = None
    recipe: RecipeTable | None = None
    page: PageTable | None = None

    @model_validator(mode="after")
    def _whole(self) -> SourceTable:
        """Each kind has what it is read by, and nothing that it would not look at."""
        place, other = ("path", "url") if self.kind == "folder" else ("url", "path")
        if not getattr(self, place):
            msg = f"a source of kind {self.kind} needs {place}"
            raise ValueError(msg)
        if getattr(self, other):
            msg = f"a source of kind {self.kind} has {place}, not {other}"
            raise ValueError(msg)
        if self.kind == "listing" and self.recipe is None:
            msg = "a source of kind listing needs recipe, with at least card and title"
            raise ValueError(msg)
        if self.kind != "listing" and self.recipe is not None:
            msg = f"recipe is for kind listing; a source of kind {self.kind} is read without one"
            raise ValueError(msg)
        return self


class SelectTable(Table):
    outlets: list[str] = []
    types: list[str] = []
    topics: list[str] = []
    languages: list[str] = []


class FeedTable(Table):
    id: Id
    title: Line
    select: SelectTable = SelectTable()
    items: Annotated[int, Field(ge=1, le=500)] = 50
    content: Literal["excerpt", "full"] = "excerpt"
    words: Annotated[int, Field(ge=1)] = 120


class ScheduleTable(Table):
    every: Literal["day", "week", "month"]
    on: Day = ""
    at: TimeOfDay = "07:00"
    timezone: Zone = ""
    useful_for: Duration = timedelta(hours=6)

    @model_validator(mode="after")
    def _day(self) -> ScheduleTable:
        """``on`` names a day that comes in every such period."""
        if self.every == "day" and self.on:
            msg = "a daily schedule has no on"
            raise ValueError(msg)
        if self.every == "week" and self.on not in ("", *WEEKDAYS):
            msg = f"on = {self.on!r} is not a weekday; write one of {', '.join(WEEKDAYS)}"
            raise ValueError(msg)
        if self.every == "month" and not re.fullmatch(r"|[1-9]|1\d|2[0-8]", self.on):
            msg = f"on = {self.on!r} is not a day that every month has; write 1 to 28"
            raise ValueError(msg)
        return self


class DigestTable(Table):
    id: Id
    title: Line
    language: Language = ""
    select: SelectTable = SelectTable()
    schedule: ScheduleTable | None = None
    items: Annotated[int, Field(ge=1, le=100)] = 12
    words: Annotated[int, Field(ge=1)] = 80


class OutboxTable(Table):
    path: str = "var/outbox"


class PostmarkTable(Table):
    token: Text
    stream: Text = "broadcast"
    base_url: Website = "https://api.postmarkapp.com"
    timeout: Duration = timedelta(seconds=30)
    settle: Duration = timedelta(seconds=60)


class MailTable(Table):
    provider: Literal["outbox", "postmark"] = "outbox"
    sender: Annotated[Address, Field(alias="from")]
    reply_to: Address = ""
    rate: Annotated[float, Field(ge=0)] = 0.0
    batch: Annotated[int, Field(ge=1, le=1000)] = 500
    outbox: OutboxTable = OutboxTable()
    postmark: PostmarkTable | None = None

    @model_validator(mode="after")
    def _provider_told(self) -> MailTable:
        if self.provider == "postmark" and self.postmark is None:
            msg = "provider is postmark, so [mail.postmark] with a token is needed"
            raise ValueError(msg)
        return self


class Configuration(Table):
    """The whole file, outlet files merged in."""

    site: SiteTable
    store: StoreTable = StoreTable()
    web: WebTable
    collect: CollectTable = CollectTable()
    outlets: list[OutletTable] = []
    sources: list[SourceTable] = []
    feeds: list[FeedTable] = []
    digests: list[DigestTable] = []
    mail: MailTable
