"""From the configuration as written to the frozen values that rooms and flows take."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from syndicate.collect.options import USER_AGENT, CollectOptions
from syndicate.deliver.options import OutboxOptions, PostmarkOptions
from syndicate.domain.digest import Digest, Every, Schedule
from syndicate.domain.feed import Feed, Select
from syndicate.domain.mail import MailPolicy
from syndicate.domain.outlet import Outlet, PageRecipe, Recipe, Source, Terms, Unsure, Use
from syndicate.domain.site import Site
from syndicate.settings import models

MailerOptions = OutboxOptions | PostmarkOptions


@dataclass(frozen=True, slots=True, kw_only=True)
class WebOptions:
    """Where the pages are served."""

    host: str
    port: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything that was configured. ``root`` is the project folder; ``templates`` the overrides, if there are any."""

    file: Path
    root: Path
    site: Site
    secret: str = field(repr=False)
    store_url: str = field(repr=False)
    web: WebOptions
    collect: CollectOptions
    outlets: dict[str, Outlet]
    sources: dict[str, Source]
    feeds: dict[str, Feed]
    digests: dict[str, Digest]
    mail: MailPolicy
    mailer: MailerOptions
    templates: Path | None


def settings_of(told: models.Configuration, file: Path) -> Settings:
    """Values for every room. Relative paths count from the project folder: that of ``file``, which is absolute, or
    its parent where that folder is called ``config``. Raises ``ValueError`` where a mailer refuses its options.
    """
    root = file.parent.parent if file.parent.name == "config" else file.parent
    overrides = root / "templates"
    return Settings(
        file=file,
        root=root,
        site=Site(**told.site.model_dump()),
        secret=told.web.secret,
        store_url=_store_url(told.store.url, root),
        web=WebOptions(host=told.web.host, port=told.web.port),
        collect=CollectOptions(
            concurrency=told.collect.concurrency,
            user_agent=told.collect.user_agent or f"{USER_AGENT[:-1]}; {told.site.url})",
            private_addresses=told.collect.private_addresses == "allow",
            spacing=told.collect.spacing,
        ),
        outlets={o.id: _outlet(o) for o in told.outlets},
        sources={s.id: _source(s, root, baseline=told.collect.baseline) for s in told.sources},
        feeds={f.id: _feed(f) for f in told.feeds},
        digests={d.id: _digest(d, told.site) for d in told.digests},
        mail=MailPolicy(
            mailer=told.mail.provider,
            sender=told.mail.sender,
            reply_to=told.mail.reply_to,
            rate=told.mail.rate,
            batch=told.mail.batch,
        ),
        mailer=_mailer(told.mail, root),
        templates=overrides if overrides.is_dir() else None,
    )


def _store_url(url: str, root: Path) -> str:
    prefix = "sqlite:///"
    if not url.startswith(prefix):
        return url
    path = Path(url.removeprefix(prefix))
    return prefix + str(path if path.is_absolute() else root / path)


def _outlet(told: models.OutletTable) -> Outlet:
    terms = told.terms.model_dump()
    terms.update(use=Use(told.terms.use), unsure=Unsure(told.terms.unsure))
    return Outlet(id=told.id, name=told.name, url=told.url, contact=told.contact, terms=Terms(**terms))


def _source(told: models.SourceTable, root: Path, *, baseline: bool) -> Source:
    url = (root / told.path).resolve().as_uri() if told.kind == "folder" else told.url
    return Source(
        id=told.id,
        outlet=told.outlet,
        kind=told.kind,
        url=url,
        every=told.every,
        article=told.article,
        baseline=baseline if told.baseline is None else told.baseline,
        recipe=Recipe(**told.recipe.model_dump()) if told.recipe else None,
        page=PageRecipe(**told.page.model_dump()) if told.page else None,
    )


def _select(told: models.SelectTable) -> Select:
    return Select(**{name: frozenset(values) for name, values in told.model_dump().items()})


def _feed(told: models.FeedTable) -> Feed:
    return Feed(
        id=told.id,
        title=told.title,
        select=_select(told.select),
        items=told.items,
        content=Use(told.content),
        words=told.words,
    )


def _digest(told: models.DigestTable, site: models.SiteTable) -> Digest:
    schedule = None
    if told.schedule:
        schedule = Schedule(
            every=Every(told.schedule.every),
            at=told.schedule.at,
            on=told.schedule.on,
            timezone=told.schedule.timezone or site.timezone,
            useful_for=told.schedule.useful_for,
        )
    return Digest(
        id=told.id,
        title=told.title,
        language=told.language or site.language,
        select=_select(told.select),
        schedule=schedule,
        items=told.items,
        words=told.words,
    )


def _mailer(told: models.MailTable, root: Path) -> MailerOptions:
    if told.provider == "postmark" and told.postmark:
        return PostmarkOptions(**told.postmark.model_dump())
    return OutboxOptions(path=root / told.outbox.path)
