"""Who wrote it, when, of what type and on what: the lines, boxes, lists and cards that say so on pages."""

# ruff: noqa: E501 - mark-up is written as it stands on pages

from __future__ import annotations

from collections.abc import Callable

from tests.property.pages.facets import Maker, say
from tests.property.pages.stories import Story


def joined(story: Story, form: str = "{}") -> str:
    """The names as the language lists them."""
    names = [form.format(name) for name in story.names]
    joint = f" {story.tongue.joint} "
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])}{joint}{names[-1]}"


def slug(name: str) -> str:
    return "-".join(name.lower().split())


# --- who ----------------------------------------------------------------------------------------------------------
BYLINES: dict[str, Maker] = {
    "paragraph": lambda s: f"<p>{s.tongue.by} {joined(s)}</p>",
    "plain box": lambda s: f"<div>{s.tongue.by} {joined(s)}</div>",
    "colon": lambda s: f"<p><b>{s.tongue.by}:</b> {joined(s, '<a href=#>{}</a>')}</p>",
    "capitals": lambda s: (
        f"<p>{(s.tongue.by + ' ' + joined(s)).upper()}</p>"
        if "van der" not in joined(s)
        else f"<p>{s.tongue.by} {joined(s)}</p>"
    ),
    "links": lambda s: (
        f'<div class="meta">{s.tongue.by} {", ".join(f"<a href=/author/{slug(n)}>{n}</a>" for n in s.names)}</div>'
    ),
    "spans": lambda s: (
        '<div class="byline">' + "".join(f'<span class="author-name">{n}</span> ' for n in s.names) + "</div>"
    ),
    "class on spans": lambda s: (
        f'<span class="byline"> {s.tongue.by.lower()} '
        + f" {s.tongue.joint} ".join(
            f'<span class="author vcard"><a class="url fn n" href="/author/{slug(n)}/">{n}</a></span>' for n in s.names
        )
        + "</span>"
    ),
    "profile links": lambda s: "<p>" + " · ".join(f'<a href="/people/{slug(n)}">{n}</a>' for n in s.names) + "</p>",
    "faces": lambda s: (
        '<ul class="author-list">'
        + "".join(
            f'<li><a href="/author/{slug(n)}"><img class="author-profile-image" src="/f/{slug(n)}.jpg" alt="{n}"></a><h4 class="author-name"><a href="/author/{slug(n)}">{n}</a></h4></li>'
            for n in s.names
        )
        + "</ul>"
    ),
    "with roles": lambda s: (
        '<div class="Page-authors">'
        f"<span>{s.tongue.by}</span> "
        + "".join(
            f'<div class="Page-authorInfo"><a href="/people/{slug(n)}" class="Page-authorName">{n}</a><span class="Page-authorRole">Senior fellow</span></div>'
            for n in s.names
        )
        + "</div>"
    ),
    "address": lambda s: f"<address>{s.tongue.by} {joined(s, '<a rel=author href=/by>{}</a>')}</address>",
    "label alone": lambda s: f"<div><div>{s.tongue.by}</div>" + "".join(f"<div>{n}</div>" for n in s.names) + "</div>",
}
# --- when, of what type, on what --------------------------------------------------------------------------------------
DAYS: dict[str, Maker] = {
    "two lines": lambda s: f"<p>{s.tongue.day(s.published)}</p><p>{s.tongue.updated} {s.tongue.day(s.updated)}</p>",
    "one line": lambda s: (
        f"<p>{s.tongue.published} {s.tongue.day(s.published)} | {s.tongue.updated} {s.tongue.day(s.updated)}</p>"
    ),
    "brackets": lambda s: f"<div>{s.tongue.day(s.published)} ({s.tongue.updated}: {s.tongue.day(s.updated)})</div>",
    "time elements": lambda s: (
        f'<time datetime="{s.published.isoformat()}">{s.tongue.day(s.published)}</time> <span>{s.tongue.updated} <time datetime="{s.updated.isoformat()}">{s.tongue.day(s.updated)}</time></span>'
    ),
    "classic": lambda s: (
        f'<span class="posted-on"><a href="{s.url}" rel="bookmark"><time class="entry-date published" datetime="{s.published.isoformat()}">{s.tongue.day(s.published)}</time><time class="updated" datetime="{s.updated.isoformat()}">{s.tongue.day(s.updated)}</time></a></span>'
    ),
    "fields": lambda s: (
        f'<div class="field field--name-field-date"><div class="field__label">{s.tongue.published}</div><div class="field__item">{s.tongue.day(s.published)}</div></div><div class="field field--name-field-updated"><div class="field__label">{s.tongue.updated}</div><div class="field__item">{s.tongue.day(s.updated)}</div></div>'
    ),
    "list": lambda s: (
        f"<ul><li>{s.tongue.day(s.published)}</li><li>{s.tongue.updated} {s.tongue.day(s.updated)}</li></ul>"
    ),
}
TIMED = frozenset({"time elements", "classic"})
"""The habits that give the minute and the zone."""

ABOUT: dict[str, Maker] = {
    "labels": lambda s: f"<p>{s.tongue.kind}: {s.kind}</p><p>{s.tongue.topics}: {say(', '.join(s.topics))}</p>",
    "bold labels": lambda s: (
        f"<p><b>{s.tongue.kind}:</b> <a href=#>{s.kind}</a></p><p><b>{s.tongue.topics}:</b> {', '.join(f'<a href=#>{say(t)}</a>' for t in s.topics)}</p>"
    ),
    "definition list": lambda s: (
        f"<dl><dt>{s.tongue.kind}</dt><dd>{s.kind}</dd><dt>{s.tongue.topics}</dt>{''.join(f'<dd>{say(t)}</dd>' for t in s.topics)}</dl>"
    ),
    "table": lambda s: (
        f"<table><tr><th>{s.tongue.kind}</th><td>{s.kind}</td></tr><tr><th>{s.tongue.topics}</th><td>{say(', '.join(s.topics))}</td></tr></table>"
    ),
    "fields": lambda s: (
        f'<div class="field field--name-type field--label-inline"><div class="field__label">{s.tongue.kind}</div><div class="field__item">{s.kind}</div></div><div class="field field--name-topics"><div class="field__label">{s.tongue.topics}</div><div class="field__items">{"".join(f"<div class=field__item><a href=/t>{say(t)}</a></div>" for t in s.topics)}</div></div>'
    ),
    "classes": lambda s: (
        f'<span class="content-type">{s.kind}</span><div class="post-categories">{"".join(f"<a href=/c rel=tag>{say(t)}</a> " for t in s.topics)}</div>'
    ),
    "list of terms": lambda s: (
        f'<p class="article-type">{s.kind}</p><ul class="tags">{"".join(f"<li><a href=/c>{say(t)}</a></li>" for t in s.topics)}</ul>'
    ),
}

# --- the notes on the authors -----------------------------------------------------------------------------------------
NOTES_ON_AUTHORS: dict[str, Maker] = {
    "italic paragraphs": lambda s: "".join(f"<p><em>{say(p.bio)}</em></p>" for p in s.people),
    "plain paragraphs": lambda s: "".join(f"<p>{say(p.bio)}</p>" for p in s.people),
    "bold names": lambda s: "".join(f"<p><strong>{p.name}</strong>{say(p.bio[len(p.name) :])}</p>" for p in s.people),
    "linked names": lambda s: "".join(
        f"<p><i><a href=/people/{slug(p.name)}>{p.name}</a>{say(p.bio[len(p.name) :])}</i></p>" for p in s.people
    ),
    "one paragraph": lambda s: f"<p><em>{say(' '.join(p.bio for p in s.people))}</em></p>",
    "one paragraph with breaks": lambda s: f"<p><i>{'<br>'.join(say(p.bio) for p in s.people)}</i></p>",
    "after a rule": lambda s: "<hr>" + "".join(f"<p>{say(p.bio)}</p>" for p in s.people),
    "headed": lambda s: f"<h3>{s.tongue.about}</h3>" + "".join(f"<p>{say(p.bio)}</p>" for p in s.people),
    "bold head": lambda s: (
        f"<p><strong>{s.tongue.about}</strong></p>" + "".join(f"<p>{say(p.bio)}</p>" for p in s.people)
    ),
    "headed aside": lambda s: (
        f"<aside><h3>{s.tongue.about}</h3>" + "".join(f"<p>{say(p.bio)}</p>" for p in s.people) + "</aside>"
    ),
    "cards": lambda s: "".join(
        f'<div class="author-box"><img src="/f/{slug(p.name)}.jpg" alt="{p.name}" width="96" height="96"><div><h4><a href="/author/{slug(p.name)}">{p.name}</a></h4><p>{say(p.bio)}</p><a href="/author/{slug(p.name)}">More by {p.name}</a></div></div>'
        for p in s.people
    ),
    "cards in a section": lambda s: (
        f'<section class="contributors"><h2>{s.tongue.about}</h2>'
        + "".join(
            f'<div class="contributor"><h3>{p.name}</h3><p class="role">Senior fellow</p><p>{say(p.bio)}</p></div>'
            for p in s.people
        )
        + "</section>"
    ),
    "unclassed cards": lambda s: (
        f"<div><h3>{s.tongue.about}</h3>"
        + "".join(f"<div><h4>{p.name}</h4><p>{say(p.bio)}</p></div>" for p in s.people)
        + "</div>"
    ),
    "list": lambda s: f"<h4>{s.tongue.about}</h4><ul>" + "".join(f"<li>{say(p.bio)}</li>" for p in s.people) + "</ul>",
    "footer": lambda s: "<footer>" + "".join(f"<p>{say(p.bio)}</p>" for p in s.people) + "</footer>",
    "definition list": lambda s: (
        '<dl class="authors">' + "".join(f"<dt>{p.name}</dt><dd>{say(p.bio)}</dd>" for p in s.people) + "</dl>"
    ),
}

FACTS = Callable[[Story], str]
