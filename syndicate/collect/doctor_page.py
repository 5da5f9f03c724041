"""What a page tells of the ways into its site: feeds it names, the API behind it, links that lead to lists.

Runs in the parsing worker, asked through ``sources.parser_of``; the ``place`` of each entry says what was found.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from syndicate.collect.entries import Entry, Listing, ReadList
from syndicate.collect.recipes.reading import address_of, said
from syndicate.collect.words import one_line, title_of, without_site
from syndicate.markup.decode import decoded
from syndicate.markup.page import Page, parse_page
from syndicate.net.address import web_address

FEED, WORDPRESS, DRUPAL, LIST = "feed", "wordpress", "drupal", "list"
_FEED_TYPES = frozenset(
    {"application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml", "application/json"}
)
_COMMENTS = re.compile(r"comments?(?:[/_\s-]|$)|kommentare|commentaires|comentarios|commenti", re.IGNORECASE)
_API = "https://api.w.org/"
_LISTS = re.compile(
    r"publications?|analys[ei]s|articles?|news(?:room)?|commentar(?:y|ies)|research|insights?|reports?|stories|blog|latest|"
    r"press|papers?|magazine|archives?|opinions?|publikationen|veröffentlichungen|aktuell(?:es)?|nachrichten|artikel|"
    r"beiträge|studien|analysen|actualités?|analyses|études|publicaciones|noticias|análisis|artículos|publicações|"
    r"notícias|análises|artigos|pubblicazioni|notizie|analisi|articoli|publicaties|nieuws|публикации|новости|статьи|"
    r"文章|新闻|新聞|分析|記事|ニュース|发布|기사|뉴스|منشورات|أخبار|مقالات",
    re.IGNORECASE,
)
_MOST_WORDS = 4
_MOST_LISTS = 12
_MOST_FEEDS = 12


def parse(task: ReadList) -> Listing:
    """The ways a page names, and the name of its site."""
    page = parse_page(decoded(task.document.body, task.document.charset), task.document.url)
    ways = [*_feeds(page), *_systems(page), *_lists(page)]
    return Listing(entries=tuple(ways), title=_site_name(page))


def _feeds(page: Page) -> Iterator[Entry]:
    """Feeds that the head names, and links to what calls itself one; those of comments are left out."""
    found: dict[str, str] = {}
    for link in page.root.iter("link"):
        kind = (link.get("type") or "").partition(";")[0].strip().lower()
        named = kind in _FEED_TYPES and "alternate" in (link.get("rel") or "").lower().split()
        if named and "wp-json" not in (link.get("href") or ""):
            found.setdefault(_address(page, link.get("href")), one_line(link.get("title") or ""))
    for link in page.root.iter("a"):
        href = link.get("href") or ""
        if re.search(r"(?:^|[/._=])(?:rss|atom|feed)(?:\.xml|\.json|/)?$", href, re.IGNORECASE):
            found.setdefault(_address(page, href), said(link))
    kept = [
        (url, title) for url, title in found.items() if url and not _COMMENTS.search(f"{title} {urlsplit(url).path}")
    ]
    for url, title in kept[:_MOST_FEEDS]:
        yield Entry(link=url, place=FEED, title=title)


def _address(page: Page, href: str | None) -> str:
    return web_address(page.absolute(href)) if href and href.strip() else ""


def _systems(page: Page) -> Iterator[Entry]:
    """The content system behind the page, by its own word."""
    generator = " ".join(meta.get("content") or "" for meta in page.root.iter("meta") if _is(meta, "generator"))
    apis = (link.get("href") for link in page.root.iter("link") if _API in (link.get("rel") or ""))
    api = _address(page, next(apis, ""))
    assets = [element.get("href") or element.get("src") or "" for element in page.root.iter("link", "script", "img")]
    if api or "wordpress" in generator.lower() or any("/wp-content/" in asset for asset in assets):
        yield Entry(link=api, place=WORDPRESS)
    if "drupal" in generator.lower() or any("/sites/default/files/" in asset for asset in assets):
        yield Entry(link="", place=DRUPAL)


def _is(meta: object, name: str) -> bool:
    told = getattr(meta, "get", lambda _: None)("name")
    return isinstance(told, str) and told.lower() == name


def _lists(page: Page) -> Iterator[Entry]:
    """Links of a few words, or of a short path, that sound like lists of pieces; those of the navigation first."""
    host = urlsplit(page.url).hostname
    found: dict[str, tuple[int, str]] = {}
    for link in page.root.iter("a"):
        url, words = address_of(page, link), said(link)
        path = urlsplit(url).path.strip("/")
        if not url or urlsplit(url).hostname != host or url == page.url or path.count("/") > 1:
            continue
        if len(words.split()) <= _MOST_WORDS and (_LISTS.search(words) or _LISTS.fullmatch(path.rpartition("/")[2])):
            in_menu = any(around.tag in ("nav", "header", "menu") for around in link.iterancestors())
            found.setdefault(url, (0 if in_menu else 1, words))
    for url, (_, words) in sorted(found.items(), key=lambda pair: pair[1][0])[:_MOST_LISTS]:
        yield Entry(link=url, place=LIST, title=words)


def _site_name(page: Page) -> str:
    """What the site calls itself, else the end of its title, where most sites have their name."""
    for meta in page.root.iter("meta"):
        name = meta.get("property") or meta.get("name") or ""
        if name in ("og:site_name", "application-name") and title_of(meta.get("content") or ""):
            return title_of(meta.get("content") or "")[:100]
    element = next(page.root.iter("title"), None)
    title = title_of(element.text or "") if element is not None else ""
    return without_site(re.split(r"\s[|\u2013\u2014\u00b7-]\s", title)[-1], ("Home",)).strip()[:100]
