"""WordPress sites, read through the REST API that almost all of them have (``/wp/v2/posts``).

The address is the site's home or its API's root. Names, topics and pictures come embedded, so a list costs one request.
Plugins close parts of the API; what they close is done without, and where they close all of it a person is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from syndicate.collect.dates import moment
from syndicate.collect.entries import Entry, Listing, ReadList, Unreadable
from syndicate.collect.told import figure, parsed, table, tables, text
from syndicate.collect.tools import Tools
from syndicate.collect.web import WebList, visit_web
from syndicate.collect.words import one_line, title_of
from syndicate.domain.collecting import Cause, Trouble, Visit, VisitResult
from syndicate.domain.publication import Moment
from syndicate.markup.page import parse_page, visible_text
from syndicate.net.address import web_address
from syndicate.net.fetch import Failed

PER_PAGE = 50
RELATION = "https://api.w.org/"
"""The relation by which a site names its API, in a ``Link`` header and in a ``link`` element."""
_ACCEPT = "application/json, */*;q=0.1"
_PAGE_ACCEPT = "text/html,*/*;q=0.1"
_FIELDS = "id,guid,date,date_gmt,modified,modified_gmt,link,title,excerpt,lang,_links,_embedded"
_HEADER = re.compile(r"<([^<>]{1,2000})>\s*;[^,]{0,200}\brel\s*=\s*\"?https://api\.w\.org/", re.IGNORECASE)
_ELEMENT = re.compile(rb"<link\b[^<>]{0,2000}\bhttps://api\.w\.org/[^<>]{0,2000}>", re.IGNORECASE)
_HREF = re.compile(rb"\bhref\s*=\s*[\"']?([^\"'<>\s]{1,2000})", re.IGNORECASE)
_UNZONED = re.compile(r"^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?$")
_NO_TOPIC = frozenset({"uncategorized", "uncategorised", "allgemein", "non classé", "sin categoría", "senza categoria"})
_SAYS_TYPE = re.compile(r"type|format|genre", re.IGNORECASE)
_SAYS_PERSON = re.compile(r"author|person|people|expert|contributor", re.IGNORECASE)
_MOST = 50


async def visit(visit: Visit, tools: Tools) -> VisitResult:
    """Read the newest posts, page by page while there is news.

    The API is looked for where it usually is, then where the site's own page says it is.
    """
    whole = visit.source.article == "entry"
    result = await visit_web(_at(visit, posts_address(visit.address, whole=whole)), tools, WebList(accept=_ACCEPT))
    if not isinstance(result, Trouble) or result.cause not in (Cause.REFUSED, Cause.UNREADABLE):
        return result
    told = "" if is_api(visit.address) else await _api_of(visit.address, tools)
    if told and posts_address(told, whole=whole) != posts_address(visit.address, whole=whole):
        return await visit_web(_at(visit, posts_address(told, whole=whole)), tools, WebList(accept=_ACCEPT))
    advice = "if this site is WordPress, its API is closed; `syndicate sources doctor` finds other ways in"
    return replace(result, problem=f"{result.problem}; {advice}")


def is_api(address: str) -> bool:
    """Whether an address is that of an API and not of a site."""
    return "wp-json" in address or "rest_route=" in address


def posts_address(address: str, *, whole: bool) -> str:
    """The address of the newest posts, for a site's home, its API's root or a collection; ``whole`` with their text."""
    parts = urlsplit(address)
    wanted = {"per_page": str(PER_PAGE), "orderby": "date", "order": "desc", "_embed": "1"}
    if not whole:
        wanted["_fields"] = _FIELDS
    query = dict(parse_qsl(parts.query, keep_blank_values=True))
    path = parts.path.rstrip("/")
    if "rest_route" in query:
        query["rest_route"] = _collection(query["rest_route"].rstrip("/"))
    else:
        path = _collection(path if "/wp-json" in path else path + "/wp-json")
    return urlunsplit((parts.scheme, parts.netloc, path or "/", urlencode({**wanted, **query}, safe="/,:"), ""))


def _collection(path: str) -> str:
    """Posts, unless the path names another collection already."""
    return path if "/wp/v2/" in path else path.removesuffix("/wp/v2") + "/wp/v2/posts"


def _at(visit: Visit, address: str) -> Visit:
    """The same visit at another address: what was learned of a move has been followed by then."""
    return replace(visit, source=replace(visit.source, url=address))


async def _api_of(home: str, tools: Tools) -> str:
    """Where the site's own page says that its API is."""
    answer = await tools.fetcher.get(home, {"Accept": _PAGE_ACCEPT}, permission=tools.robots.permission)
    if isinstance(answer, Failed):
        return ""
    return api_named(answer.headers.get("link", ""), answer.body, answer.url)


def api_named(link_header: str, body: bytes, url: str) -> str:
    """The root of the API that a page of ``url`` names in its ``Link`` header or in its head; empty where none."""
    found = _HEADER.search(link_header)
    if found:
        return web_address(parse_page("", url).absolute(found[1]))
    element = _ELEMENT.search(body[: 256 * 1024])
    href = _HREF.search(element[0]) if element else None
    return web_address(parse_page("", url).absolute(href[1].decode("utf-8", "replace"))) if href else ""


def parse(task: ReadList) -> Listing | Unreadable:
    """The posts of one page of the API, in its order; a full page has a next one."""
    told = parsed(task.document.body)
    if isinstance(told, dict) and "code" in told:
        said = one_line(title_of(text(told.get("message")))) or text(told.get("code"))
        return Unreadable(problem=f"is a WordPress API that refuses ({said[:200]}); ask the outlet to open it")
    if not isinstance(told, list):
        return Unreadable(problem="is no list of WordPress posts; check that this site has an open REST API")
    now = datetime.fromtimestamp(task.now, UTC)
    posts = tables(told)
    entries = [entry for post in posts[: task.most] if (entry := _entry(post, task.document.url, now)).link]
    if posts and not entries:
        return Unreadable(problem="lists posts, but none has a link; read the site through its feed or a listing")
    return Listing(entries=tuple(entries), more=_following(task.document.url, len(posts)))


def _following(url: str, count: int) -> tuple[str, ...]:
    """The next page. A page that is not full is the last one, so nobody is asked for one that is not there."""
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query, keep_blank_values=True))
    size, page = query.get("per_page", ""), query.get("page", "1")
    if not (size.isascii() and size.isdigit() and page.isascii() and page.isdigit()):
        return ()
    if count < min(int(size[:4]), 100) or not count:
        return ()
    query["page"] = str(int(page[:6]) + 1)
    return (urlunsplit(parts._replace(query=urlencode(query, safe="/,:"))),)


def _entry(post: Mapping[str, Any], url: str, now: datetime) -> Entry:
    embedded = table(post.get("_embedded"))
    terms = list(_terms(embedded))
    topics, tags, kinds, people = (
        tuple(name for part, name in terms if part == wanted)[:_MOST] for wanted in ("topic", "tag", "type", "person")
    )
    return Entry(
        link=web_address(text(post.get("link"))),
        place="WordPress post",
        title=title_of(_rendered(post.get("title"))),
        guid=one_line(_rendered(post.get("guid")) or text(post.get("id")))[:1000],
        authors=people or tuple(dict.fromkeys(_authors(embedded)))[:_MOST],
        published=_moment(post, "date", now),
        updated=_moment(post, "modified", now),
        type=kinds[0] if kinds else "",
        topics=topics,
        tags=tags,
        language=one_line(text(post.get("lang")))[:40],
        summary=_plain(_rendered(post.get("excerpt")), url),
        html=_picture(embedded, _rendered(post.get("content"))) + _rendered(post.get("content")),
    )


def _rendered(value: object) -> str:
    """WordPress wraps what it renders: ``{"rendered": "..."}``."""
    return text(table(value).get("rendered")) if isinstance(value, dict) else text(value)


def _moment(post: Mapping[str, Any], name: str, now: datetime) -> Moment | None:
    """``NAME_gmt`` is UTC though it does not say so; ``NAME`` alone is in a zone that nobody tells."""
    universal = text(post.get(f"{name}_gmt")).strip()
    found = moment(universal + "Z", now) if _UNZONED.match(universal) else None
    return found if found and found.parsed else moment(text(post.get(name)), now)


def _authors(embedded: Mapping[str, Any]) -> Iterator[str]:
    """Where a plugin closed the users, an error stands in their place; it has no name."""
    for author in tables(embedded.get("author")):
        name = title_of(text(author.get("name")))
        if name and "code" not in author:
            yield name


def _terms(embedded: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """(what it is, name) of every term; sites add taxonomies of their own beside categories and tags."""
    groups = embedded.get("wp:term")
    for group in groups if isinstance(groups, list) else ():
        for term in tables(group):
            name, taxonomy = title_of(text(term.get("name"))), text(term.get("taxonomy"))
            if name and name.casefold() not in _NO_TOPIC:
                yield _part(taxonomy), name


def _part(taxonomy: str) -> str:
    if taxonomy in ("category", "post_tag"):
        return "topic" if taxonomy == "category" else "tag"
    if _SAYS_PERSON.search(taxonomy):
        return "person"
    return "type" if _SAYS_TYPE.search(taxonomy) else "topic"


def _picture(embedded: Mapping[str, Any], content: str) -> str:
    """The picture above the post as a figure, unless the text shows it itself."""
    for media in tables(embedded.get("wp:featuredmedia")):
        source = web_address(text(media.get("source_url")))
        if not source or media.get("media_type") not in (None, "image"):
            continue
        name = re.sub(r"(?:-\d+x\d+|-scaled)?\.\w+$", "", source.rpartition("/")[2])
        if name and name in content:
            return ""
        return figure(source, title_of(text(media.get("alt_text"))), title_of(_rendered(media.get("caption"))))
    return ""


def _plain(html: str, url: str) -> str:
    """An excerpt as words, without the sign that there is more."""
    words = one_line(visible_text(parse_page(html, url).root)) if html.strip() else ""
    return re.sub(r"\s*(?:\[(?:…|\.\.\.)\]|(?:Continue reading|Read more)\b.{0,200})$", "", words)
