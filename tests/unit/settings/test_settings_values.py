"""What was written becomes the values that rooms take."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from syndicate.deliver.options import OutboxOptions, PostmarkOptions
from syndicate.domain.digest import Every, Schedule
from syndicate.domain.feed import Select
from syndicate.domain.outlet import Recipe, Terms, Unsure, Use
from syndicate.settings import Settings, chosen_file, load

LEAST = """
[site]
title = "The Reader"
url = "https://reader.example.org/"
timezone = "Europe/Paris"
language = "fr"
postal_address = "1 rue Exemple"

[web]
secret = "sixteen or longer"

[mail]
from = "reader@example.org"
"""
MORE = """
[collect]
baseline = false
private_addresses = "allow"

[[outlets]]
id = "saltmarsh"
name = "Saltmarsh Institute"
url = "https://saltmarsh.example/"
terms = { use = "full", from = 2026-01-01, until = 2026-07-01T12:00:00+02:00, embargo = "2h", unsure = "hold" }

[[sources]]
id = "page"
outlet = "saltmarsh"
kind = "listing"
url = "https://saltmarsh.example/articles"
every = "2h"
baseline = true
recipe = { card = "article", title = "h2" }

[[sources]]
id = "files"
outlet = "saltmarsh"
kind = "folder"
path = "articles"

[[feeds]]
id = "all"
title = "All"
select = { topics = ["Ports"] }
content = "full"

[[digests]]
id = "monthly"
title = "The Month"
schedule = { every = "month", on = 3 }
"""


def loaded(folder: Path, text: str, name: str = "syndicate.toml") -> Settings:
    file = folder / name
    file.parent.mkdir(exist_ok=True)
    file.write_text(text, "utf-8")
    return load(file, {})


def test_the_least_there_is(tmp_path: Path) -> None:
    settings = loaded(tmp_path, LEAST)

    assert settings.store_url == f"sqlite:///{tmp_path}/var/syndicate.db"
    assert settings.mailer == OutboxOptions(path=tmp_path / "var/outbox")
    assert (settings.web.host, settings.web.port) == ("127.0.0.1", 8080)
    assert (settings.outlets, settings.sources, settings.feeds, settings.digests) == ({}, {}, {}, {})
    assert settings.collect.user_agent.endswith("; https://reader.example.org/)")
    assert settings.templates is None


def test_paths_count_from_the_folder_that_holds_config(tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    settings = loaded(tmp_path, LEAST, "config/syndicate.toml")

    assert settings.root == tmp_path
    assert settings.store_url == f"sqlite:///{tmp_path}/var/syndicate.db"
    assert settings.templates == tmp_path / "templates"


def test_an_absolute_database_stays_where_it_is(tmp_path: Path) -> None:
    settings = loaded(tmp_path, LEAST + '[store]\nurl = "sqlite:////srv/all.db"\n')

    assert settings.store_url == "sqlite:////srv/all.db"


def test_terms_bound_in_time(tmp_path: Path) -> None:
    terms = loaded(tmp_path, LEAST + MORE).outlets["saltmarsh"].terms

    assert terms == Terms(
        use=Use.FULL,
        starts=datetime(2026, 1, 1, tzinfo=UTC),
        until=datetime(2026, 7, 1, 10, tzinfo=UTC),
        embargo=timedelta(hours=2),
        unsure=Unsure.HOLD,
    )


def test_a_source_says_otherwise_than_collect(tmp_path: Path) -> None:
    settings = loaded(tmp_path, LEAST + MORE)

    assert [source.baseline for source in settings.sources.values()] == [True, False]
    assert settings.sources["page"].every == timedelta(hours=2)
    assert settings.sources["page"].recipe == Recipe(card="article", title="h2")
    assert settings.sources["files"].url == (tmp_path / "articles").as_uri()
    assert settings.collect.private_addresses is True


def test_feeds_select(tmp_path: Path) -> None:
    feed = loaded(tmp_path, LEAST + MORE).feeds["all"]

    assert (feed.select, feed.content) == (Select(topics=frozenset({"Ports"})), Use.FULL)


def test_a_digest_speaks_and_counts_as_its_site_does(tmp_path: Path) -> None:
    digest = loaded(tmp_path, LEAST + MORE).digests["monthly"]

    assert digest.language == "fr"
    assert digest.schedule == Schedule(every=Every.MONTH, on="3", at="07:00", timezone="Europe/Paris")


def test_a_mailer_that_calls_an_api(tmp_path: Path) -> None:
    mail = 'provider = "postmark"\nbatch = 100\nrate = 2.5\n[mail.postmark]\ntoken = "a-token"\ntimeout = "1s"\n'
    settings = loaded(tmp_path, LEAST + mail)

    assert settings.mailer == PostmarkOptions(token="a-token", timeout=timedelta(seconds=1))
    assert (settings.mail.mailer, settings.mail.batch, settings.mail.rate) == ("postmark", 100, 2.5)


def test_one_file_per_outlet_joins_the_main_one(tmp_path: Path) -> None:
    (tmp_path / "outlets").mkdir()
    for name in ("b", "a"):
        told = f'[[outlets]]\nid = "{name}"\nname = "{name}"\nurl = "https://{name}.example"\n'
        (tmp_path / "outlets" / f"{name}.toml").write_text(told, "utf-8")

    assert list(loaded(tmp_path, LEAST + MORE).outlets) == ["saltmarsh", "a", "b"]


def test_a_number_may_come_from_the_environment(tmp_path: Path) -> None:
    file = tmp_path / "syndicate.toml"
    file.write_text(LEAST.replace("[web]", '[web]\nport = "${PORT}"'), "utf-8")

    assert load(file, {"PORT": "9000"}).web.port == 9000


def test_the_file_is_chosen_by_option_then_environment_then_habit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SYNDICATE_CONFIG", raising=False)
    assert chosen_file(None) == Path("config/syndicate.toml")
    monkeypatch.setenv("SYNDICATE_CONFIG", "/srv/other.toml")
    assert chosen_file(None) == Path("/srv/other.toml")
    assert chosen_file(Path("mine.toml")) == Path("mine.toml")
