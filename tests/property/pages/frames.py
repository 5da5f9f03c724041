"""Whole pages: what machines are told in the head, the boxes around the article, and the furniture among it."""

# ruff: noqa: E501 - mark-up is written as it stands on pages

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import escape

from tests.property.pages import facets, people
from tests.property.pages.facets import Maker, say
from tests.property.pages.stories import Shot, Story

SITE = "The Quay Review"


def _told(story: Story, **more: object) -> dict[str, object]:
    return {
        "@type": "NewsArticle",
        "headline": story.title,
        "datePublished": story.published.isoformat(),
        "dateModified": story.updated.isoformat(),
        "genre": story.kind,
        "articleSection": list(story.topics),
        "inLanguage": story.tongue.code,
        "license": story.licence,
        "author": [{"@type": "Person", "name": p.name, "description": p.bio} for p in story.people],
        "publisher": {"@type": "Organization", "name": SITE},
        **more,
    }


def _script(value: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(value)}</script>'


def _graph(story: Story) -> str:
    writers: list[object] = [
        {"@type": "Person", "@id": f"#/p/{n}", "name": p.name, "description": p.bio} for n, p in enumerate(story.people)
    ]
    article = {
        **_told(story, author=[{"@id": f"#/p/{n}"} for n, _ in enumerate(story.people)]),
        "@type": "Article",
        "@id": f"{story.url}#article",
        "isPartOf": {"@id": story.url},
    }
    pages = [
        {"@type": "WebPage", "@id": story.url, "name": story.title},
        {"@type": "WebSite", "@id": "/", "name": SITE},
    ]
    return _script({"@context": "https://schema.org", "@graph": [article, *pages, *writers]})


def _metas(story: Story, names: Mapping[str, object], attribute: str) -> str:
    return "".join(
        f'<meta {attribute}="{name}" content="{escape(str(value))}">'
        for name, values in names.items()
        for value in (values if isinstance(values, list | tuple) else [values])
    )


def _open_graph(story: Story) -> str:
    told = {
        "og:title": story.title,
        "og:site_name": SITE,
        "og:url": story.url,
        "og:type": "article",
        "og:description": story.summary,
        "article:published_time": story.published.isoformat(),
        "article:modified_time": story.updated.isoformat(),
        "article:section": story.topics,
    }
    return _metas(story, told, "property") + _metas(
        story, {"author": story.names, "dcterms.license": story.licence, "dc.type": story.kind}, "name"
    )


def _dublin_core(story: Story) -> str:
    told = {
        "DC.title": story.title,
        "DC.creator": story.names,
        "DC.date.issued": story.published.isoformat(),
        "DCTERMS.modified": story.updated.isoformat(),
        "DC.type": story.kind,
        "DC.language": story.tongue.code,
        "DCTERMS.license": story.licence,
        "article:section": story.topics,
    }
    return _metas(story, told, "name")


HEADS: dict[str, tuple[frozenset[str], Maker]] = {
    "nothing": (frozenset(), lambda s: ""),
    "title only": (frozenset(), lambda s: _metas(s, {"og:title": f"{s.title}", "og:site_name": SITE}, "property")),
    "JSON-LD": (
        frozenset({"facts", "bios", "licence"}),
        lambda s: _script({"@context": "https://schema.org", **_told(s, mainEntityOfPage=s.url)}),
    ),
    "a graph": (frozenset({"facts", "bios", "licence"}), _graph),
    "Open Graph": (frozenset({"facts", "licence"}), _open_graph),
    "Dublin Core": (frozenset({"facts", "licence"}), _dublin_core),
}
"""What is said in the head, and by whom it need not be said again."""

FURNITURE: dict[str, str] = {
    "share bar": '<div class="share-bar"><span>Share this</span><a href="#">Facebook</a> <a href="#">Email</a> <a href="#">Print</a></div>',
    "share list": '<ul class="social"><li><a href="#">LinkedIn</a></li><li><a href="#">Copy link</a></li><li><a href="#">Mail</a></li></ul>',
    "bare share line": "<p>Share: <a href='#'>Facebook</a> | <a href='#'>LinkedIn</a> | <a href='#'>E-mail</a></p>",
    "print link": '<p><a href="/print/17">Print this page</a></p>',
    "letter box": '<div class="newsletter-box"><h3>Get our letter</h3><p>Every Friday we send you the five pieces that our editors argued about most. It is free.</p><form><input type="email"><button>Sign up</button></form></div>',
    "unclassed letter box": '<div><h4>Get our letter</h4><p>Every Friday we send you five pieces. It is free.</p><form action="/letter"><label>Your address</label><input type="email"><button>Sign up</button></form></div>',
    "substack box": '<div class="subscription-widget-wrap"><div class="subscription-widget"><p>The Quay Review is supported by its readers. To receive new posts, consider becoming a subscriber.</p><form><input type="email"></form></div></div>',
    "cookies": '<div id="cookie-banner" role="dialog"><p>We use cookies to count visits and to keep the lamps lit. Read our policy to learn more about them.</p><button>Accept</button></div>',
    "unclassed cookies": "<div><div>This site uses cookies to count visits. By using it you accept them all.</div><a href='#'>OK</a></div>",
    "comments": '<div id="comments"><h2>2 thoughts on the harbour</h2><ol class="comment-list"><li><article class="comment"><p>I sailed there for thirty years and it was never like this, believe me, never once.</p></article></li></ol></div>',
    "advert": '<div class="ad-slot"><p>Advertisement</p><p>Buy the best rope in the harbour at half the price until Sunday evening, only here.</p></div>',
    "advert line": "<p>Advertisement</p>",
    "sidebar": '<aside class="sidebar"><h3>Most read</h3><ul><li><a href="/a">The price of rope has doubled</a></li><li><a href="/b">The ferry that never came</a></li></ul><p>Our editors choose these pieces every morning, and readers choose them every evening.</p></aside>',
    "pager": '<nav class="post-navigation"><a href="/prev" rel="prev">Previous: The price of rope</a><a href="/next" rel="next">Next: The ferry that never came</a></nav>',
    "audio player": '<div class="audio-player"><span>Listen to this article</span><audio src="/a.mp3"></audio><span>7 min</span></div>',
    "reading time": '<span class="reading-time">7 min read</span>',
    "download": '<p><a href="/f.pdf">Download PDF</a></p>',
    "paywall teaser": '<div class="paywall"><p>You have read two of three free pieces this month. Become a member of the Quay Review.</p></div>',
    "skip link": '<a class="skip-link" href="#main">Skip to content</a>',
    "breadcrumb": '<ol class="breadcrumb"><li><a href="/">Home</a></li><li><a href="/p">Pieces</a></li><li>This piece</li></ol>',
    "unclassed breadcrumb": '<p><a href="/">Home</a> &gt; <a href="/p">Pieces</a> &gt; Harbour</p>',
    "donation": '<div class="donate-callout"><p>Our work is free to read because readers pay for it. Give the price of a coil of rope today.</p><a href="/give">Give</a></div>',
}
TOP = ("cookies", "unclassed cookies", "skip link", "breadcrumb", "unclassed breadcrumb")
HEAD = ("share bar", "share list", "bare share line", "print link", "audio player", "reading time", "download")
MIDDLE = ("letter box", "unclassed letter box", "substack box", "advert", "advert line", "donation")
END = ("share bar", "share list", "letter box", "paywall teaser", "print link", "donation")
AFTER = ("comments", "sidebar", "pager", "letter box", "unclassed cookies")


@dataclass(frozen=True)
class Slots:
    """What a frame puts in its places."""

    title: str
    facts: str
    body: str
    foot: str
    related: str
    after: str


MENU = "<ul>" + "".join(f'<li><a href="/s/{n}">Section {n} of the house</a></li>' for n in range(7)) + "</ul>"
FOOT = f"<p>© 2026 {SITE}. All rights reserved.</p><ul><li><a href='/imprint'>Imprint</a></li><li><a href='/privacy'>Privacy</a></li></ul>"
FRAMES: dict[str, Callable[[Slots], str]] = {
    "article": lambda x: (
        f"<header><nav>{MENU}</nav></header><main><article><h1>{x.title}</h1>{x.facts}{x.body}{x.foot}</article>{x.related}</main>{x.after}<footer>{FOOT}</footer>"
    ),
    "related inside": lambda x: (
        f"<header>{MENU}</header><article><header><h1>{x.title}</h1>{x.facts}</header>{x.body}{x.foot}{x.related}</article>{x.after}<footer>{FOOT}</footer>"
    ),
    "boxes": lambda x: (
        f"<div><div>{MENU}</div><div><div><h1>{x.title}</h1><div>{x.facts}</div></div><div>{x.body}</div><div>{x.foot}</div></div><div>{x.related}</div>{x.after}<div>{FOOT}</div></div>"
    ),
    "flat": lambda x: f"{MENU}<h1>{x.title}</h1>{x.facts}{x.body}{x.foot}{x.related}{x.after}{FOOT}",
    "classic theme": lambda x: (
        f'<div id="page" class="hfeed site"><header id="masthead" class="site-header"><p class="site-title"><a href="/">{SITE}</a></p><nav class="main-navigation">{MENU}</nav></header><div id="content" class="site-content"><div id="primary" class="content-area"><main><article id="post-77" class="post-77 post type-post hentry"><header class="entry-header"><h1 class="entry-title">{x.title}</h1><div class="entry-meta">{x.facts}</div></header><div class="entry-content">{x.body}{x.foot}</div></article>{x.related}</main></div></div>{x.after}<footer class="site-footer">{FOOT}</footer></div>'
    ),
    "node": lambda x: (
        f'<div class="dialog-off-canvas-main-canvas"><header role="banner">{MENU}</header><main role="main"><a id="main-content" tabindex="-1"></a><div class="layout-content"><div class="region region-content"><div class="block block-page-title-block"><h1 class="page-title"><span class="field field--name-title">{x.title}</span></h1></div><article class="node node--type-publication node--view-mode-full"><div class="node__content"><div class="node__meta">{x.facts}</div><div class="clearfix text-formatted field field--name-body field--type-text-with-summary">{x.body}</div>{x.foot}</div></article><div class="views-element-container block">{x.related}</div></div></div></main>{x.after}<footer role="contentinfo">{FOOT}</footer></div>'
    ),
    "publishing house": lambda x: (
        f'<div class="Page-content"><header class="Page-header">{MENU}</header><main class="Page-main"><div class="Page-lead"><h1 class="Page-headline">{x.title}</h1><div class="Page-byline">{x.facts}</div></div><div class="Page-articleBody RichTextArticleBody RichTextBody">{x.body}</div><div class="Page-below">{x.foot}</div><div class="Page-aside">{x.related}</div></main>{x.after}<footer class="Page-footer">{FOOT}</footer></div>'
    ),
    "newspaper": lambda x: (
        f'<div id="fusion-app"><header>{MENU}</header><section class="article-header"><h1 class="b-headline">{x.title}</h1>{x.facts}</section><article class="article-body-wrapper">{x.body}</article><section class="b-below">{x.foot}</section>{x.related}{x.after}<footer>{FOOT}</footer></div>'
    ),
    "ghost": lambda x: (
        f'<div class="gh-viewport"><header id="gh-head">{MENU}</header><main class="gh-main"><article class="gh-article post"><header class="gh-article-header gh-canvas"><h1 class="gh-article-title">{x.title}</h1><div class="gh-article-meta">{x.facts}</div></header><section class="gh-content gh-canvas">{x.body}{x.foot}</section></article></main>{x.related}{x.after}<footer class="gh-foot">{FOOT}</footer></div>'
    ),
    "letter": lambda x: (
        f'<div id="entry"><div class="main-menu">{MENU}</div><div class="single-post-container"><div class="container"><div class="single-post"><article class="typography newsletter-post post"><div class="post-header" role="region"><h1 dir="auto" class="post-title">{x.title}</h1>{x.facts}</div><div><div class="available-content"><div dir="auto" class="body markup">{x.body}{x.foot}</div></div></div></article></div>{x.related}</div></div>{x.after}</div>'
    ),
    "builder": lambda x: (
        f'<div id="siteWrapper"><header>{MENU}</header><main><section class="page-section"><div class="content-wrapper"><div class="blog-item-wrapper"><div class="blog-item-title"><h1 class="entry-title">{x.title}</h1></div>{x.facts}<div class="sqs-layout"><div class="row"><div class="col"><div class="sqs-block html-block"><div class="sqs-block-content"><div class="sqs-html-content">{x.body}</div></div></div><div class="sqs-block html-block"><div class="sqs-block-content">{x.foot}</div></div></div></div></div></div></div></section><section class="page-section">{x.related}</section></main>{x.after}<footer>{FOOT}</footer></div>'
    ),
    "layout table": lambda x: (
        f'<table width="100%"><tr><td colspan="2">{SITE}</td></tr><tr><td valign="top" width="150">{MENU}</td><td><h1>{x.title}</h1>{x.facts}{x.body}{x.foot}{x.related}</td></tr></table>{x.after}'
    ),
    "facts at the end": lambda x: f"<main><h1>{x.title}</h1>{x.body}{x.facts}{x.foot}</main>{x.related}{x.after}",
    "facts aside": lambda x: (
        f'<main><h1>{x.title}</h1><div class="columns"><aside class="article-meta">{x.facts}</aside><div class="text">{x.body}{x.foot}</div></div></main>{x.related}{x.after}'
    ),
    "microdata": lambda x: (
        f'<div>{MENU}</div><div itemscope itemtype="https://schema.org/Article"><h1 itemprop="headline">{x.title}</h1>{x.facts}<div itemprop="articleBody">{x.body}</div>{x.foot}</div>{x.related}{x.after}'
    ),
    "custom elements": lambda x: (
        f"<q-shell><q-menu>{MENU}</q-menu><q-piece><h1>{x.title}</h1><q-facts>{x.facts}</q-facts><q-text>{x.body}</q-text>{x.foot}</q-piece><q-more>{x.related}</q-more>{x.after}</q-shell>"
    ),
    "second heading": lambda x: (
        f"<header><h1><a href='/'>{SITE}</a></h1>{MENU}</header><div id='main'><div class='post'><h1>{x.title}</h1>{x.facts}<div class='post-body'>{x.body}</div>{x.foot}</div>{x.related}</div>{x.after}"
    ),
    "other teasers": lambda x: (
        f"<header>{MENU}</header><main><article><h1>{x.title}</h1>{x.facts}<div>{x.body}</div>{x.foot}</article></main>{x.related}{x.after}<section><h2>Latest from the house</h2><article><h3><a href='/z'>The price of rope</a></h3><p>Rope is dear this year, and it will be dearer next year, say all who sell it on the quay.</p></article><article><h3><a href='/y'>The ferry that never came</a></h3><p>It was seen at dawn, it was heard at noon, and in the evening there was only the fog.</p></article></section>"
    ),
}


@dataclass(frozen=True)
class Choice:
    """One page to be: the habit chosen from each family."""

    story: Story
    frame: str
    head: str
    heading: str
    paragraph: str
    figure: str
    quote: str
    listing: str
    table: str
    related: str
    related_head: str
    note: str
    licence: str
    byline: str
    days: str
    about: str
    bio: str
    furniture: Mapping[str, str]

    @property
    def told(self) -> frozenset[str]:
        """What the head says."""
        return HEADS[self.head][0]


def body_of(choice: Choice) -> str:
    """The article's own text."""
    parts = [_block(choice, kind, content) for kind, content in choice.story.blocks]
    middle = len(parts) // 2
    return "".join([*parts[:middle], FURNITURE.get(choice.furniture.get("middle", ""), ""), *parts[middle:]])


def _block(choice: Choice, kind: str, content: object) -> str:
    if isinstance(content, Shot):
        return facets.FIGURES[choice.figure](content, choice.story.tongue.photo)
    if kind in ("ul", "ol"):
        return facets.LISTS[choice.listing](kind, content)
    if kind == "table":
        return facets.TABLES[choice.table](content)
    if kind == "quote":
        return facets.QUOTES[choice.quote](say(str(content)))
    if kind in ("h2", "h3"):
        return facets.HEADINGS[choice.heading](kind, str(content))
    return facets.PARAGRAPHS[choice.paragraph](say(str(content)))


def page_of(choice: Choice) -> str:
    """The whole page."""
    story, put = choice.story, {place: FURNITURE.get(name, "") for place, name in choice.furniture.items()}
    place, note = facets.NOTES[choice.note][0], facets.NOTES[choice.note][1](story)
    facts = people.BYLINES[choice.byline](story)
    if "facts" not in choice.told:
        facts += people.DAYS[choice.days](story) + people.ABOUT[choice.about](story)
    bios = "" if "bios" in choice.told else people.NOTES_ON_AUTHORS[choice.bio](story)
    licence = "" if "licence" in choice.told else facets.LICENCES[choice.licence](story)
    slots = Slots(
        title=say(story.title),
        facts=put.get("head", "") + facts,
        body=(note if place == "top" else "") + body_of(choice),
        foot=bios + (note if place == "end" else "") + licence + put.get("end", ""),
        related=facets.RELATED[choice.related][1](story, choice.related_head),
        after=put.get("after", ""),
    )
    shown = put.get("top", "") + FRAMES[choice.frame](slots)
    title = f"<title>{say(story.title)} | {SITE}</title>"
    link = f'<link rel="canonical" href="{story.url}">'
    return f'<!doctype html><html lang="{story.tongue.code}"><head><meta charset="utf-8">{title}{link}{HEADS[choice.head][1](story)}</head><body>{shown}</body></html>'
