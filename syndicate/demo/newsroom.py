"""The sample newsroom on loopback: invented outlets with a feed, a listing and a news sitemap of their own.

It stands in for the world in ``syndicate demo``; the line reads it over HTTP like any other site.
"""

from __future__ import annotations

import threading
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files
from typing import Any

_PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{title} | {outlet}</title>
<link rel="canonical" href="{url}">{head}</head>
<body><header><nav><a href="{home}">{outlet}</a> <a href="{home}publications">Publications</a> <a href="#">Events</a>
</nav></header><main>{main}</main>
<aside><h2>Sign up for our newsletter</h2><form><input type="email"><button>Subscribe</button></form></aside>
<footer><p>© {outlet}. All rights reserved.</p></footer></body></html>
"""

Roots = Mapping[str, str]
"""The address of each outlet's site, by its id, without a slash at the end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One invented publication."""

    outlet: str
    name: str
    slug: str
    title: str
    day: date
    type: str
    topic: str
    byline: str
    summary: str
    body: str
    bio: str = ""
    attribution: str = ""
    original_outlet: str = ""
    original: str = ""

    def address(self, roots: Roots) -> str:
        """Where the piece stands."""
        return f"{roots[self.outlet]}/publications/{self.slug}"


def pieces(today: date) -> tuple[list[Mapping[str, Any]], list[Piece]]:
    """The outlets and their pieces, newest first, dated back from ``today``."""
    told = tomllib.loads(files("syndicate.demo").joinpath("newsroom.toml").read_text("utf-8"))
    names = {outlet["id"]: outlet["name"] for outlet in told["outlets"]}
    made = []
    for raw in told["publications"]:
        fields = {key: value for key, value in raw.items() if key != "days"}
        made.append(Piece(name=names[raw["outlet"]], day=today - timedelta(days=raw["days"]), **fields))
    return told["outlets"], sorted(made, key=lambda piece: piece.day, reverse=True)


def site(outlet: str, roots: Roots, today: date) -> dict[str, tuple[str, str]]:
    """Every address of one outlet's site: path -> (media type, text)."""
    outlets, made = pieces(today)
    told = next(each for each in outlets if each["id"] == outlet)
    own = [piece for piece in made if piece.outlet == outlet]
    pages = {
        "/robots.txt": ("text/plain", "User-agent: *\nAllow: /\n"),
        "/": ("text/html", _home(roots, told, own)),
        "/publications": ("text/html", _listing(roots, told, own)),
        "/feed.xml": ("application/rss+xml", _feed(roots, told, own)),
        "/news.xml": ("application/xml", _sitemap(roots, told, own)),
    }
    for piece in own:
        pages[f"/publications/{piece.slug}"] = ("text/html", _article(roots, piece, own, made))
    return pages


class Newsroom:
    """Serves each sample outlet on a free loopback port of its own until closed; ``roots`` are their addresses."""

    def __init__(self, today: date) -> None:
        self._sites = {outlet["id"]: _Site() for outlet in pieces(today)[0]}
        self.roots: Roots = {name: site.root for name, site in self._sites.items()}
        for name, served in self._sites.items():
            served.pages.update(site(name, self.roots, today))

    def close(self) -> None:
        """Stop serving."""
        for served in self._sites.values():
            served.close()


class _Site:
    """One small web server; what ``pages`` does not hold is a 404."""

    def __init__(self) -> None:
        self.pages: dict[str, tuple[str, str]] = {}
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _answering(self.pages))
        self.root = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, name="newsroom", daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def _answering(pages: Mapping[str, tuple[str, str]]) -> type[BaseHTTPRequestHandler]:
    class Answering(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            kind, text = pages.get(self.path, ("text/plain", "not here"))
            octets = text.encode()
            self.send_response(200 if self.path in pages else 404)
            self.send_header("Content-Type", f"{kind}; charset=utf-8")
            self.send_header("Content-Length", str(len(octets)))
            self.end_headers()
            self.wfile.write(octets)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's own name
            """Say nothing; the collector reports what matters."""

    return Answering


def _page(roots: Roots, outlet: str, name: str, path: str, title: str, head: str, main: str) -> str:
    root = roots[outlet]
    shown = {"title": escape(title), "outlet": escape(name), "url": root + path, "home": f"{root}/"}
    return _PAGE.format(**shown, head=head, main=main)


def _home(roots: Roots, outlet: Mapping[str, Any], own: list[Piece]) -> str:
    links = "".join(f'<li><a href="{p.address(roots)}">{escape(p.title)}</a></li>' for p in own)
    main = f"<h1>{escape(outlet['name'])}</h1><p>{escape(outlet['strapline'])}</p><ul>{links}</ul>"
    feed = f'<link rel="alternate" type="application/rss+xml" href="{roots[outlet["id"]]}/feed.xml">'
    return _page(roots, outlet["id"], outlet["name"], "/", outlet["name"], feed, main)


def _card(roots: Roots, piece: Piece) -> str:
    return (
        '<article class="teaser"><h3 class="teaser-title">'
        f'<a href="{piece.address(roots)}">{escape(piece.title)}</a></h3>'
        f'<p class="teaser-date">{piece.day:%A, %B} {piece.day.day}, {piece.day.year}</p>'
        f'<p class="teaser-byline">By: {escape(piece.byline)}</p>'
        f'<div class="teaser-summary"><p>{escape(piece.summary)}</p></div>'
        f'<p class="teaser-type"><b>Type:</b> {escape(piece.type)}</p>'
        f'<p class="teaser-topic"><a href="#">{escape(piece.topic)}</a></p></article>'
    )


def _listing(roots: Roots, outlet: Mapping[str, Any], own: list[Piece]) -> str:
    main = "<h1>Publications</h1><section>" + "".join(_card(roots, piece) for piece in own) + "</section>"
    return _page(roots, outlet["id"], outlet["name"], "/publications", "Publications", "", main)


def _article(roots: Roots, piece: Piece, own: list[Piece], made: list[Piece]) -> str:
    blocks = [_block(block) for block in piece.body.strip().split("\n\n")]
    if piece.bio:
        blocks.append(f"<p><em>{escape(piece.bio)}</em></p>")
    if piece.attribution:
        source = next(p for p in made if (p.outlet, p.slug) == (piece.original_outlet, piece.original))
        link = f'<a href="{source.address(roots)}">{escape(source.name)}</a>'
        blocks.append(f"<p><em>{piece.attribution.format(link=link)}</em></p>")
    related = "".join(_card(roots, other) for other in own if other is not piece)
    main = (
        f"<article><p>{escape(piece.topic)}</p><h1>{escape(piece.title)}</h1>"
        f"<p>{piece.day:%A, %B} {piece.day.day}, {piece.day.year} / <b>By:</b> {escape(piece.byline)}</p>"
        f"<p><b>Publication Type:</b> {escape(piece.type)}</p>{''.join(blocks)}</article>"
        f'<section class="related"><h2>Related Publications</h2>{related}</section>'
    )
    head = (
        f'<meta property="og:title" content="{escape(piece.title)}">'
        f'<meta property="og:site_name" content="{escape(piece.name)}">'
        f'<meta property="article:published_time" content="{piece.day.isoformat()}T06:00:00Z">'
        f'<meta name="author" content="{escape(piece.byline)}">'
    )
    path = f"/publications/{piece.slug}"
    return _page(roots, piece.outlet, piece.name, path, piece.title, head, main)


def _block(block: str) -> str:
    if block.startswith("## "):
        return f"<h2>{escape(block[3:])}</h2>"
    return f"<p>{escape(block, quote=False)}</p>"


def _feed(roots: Roots, outlet: Mapping[str, Any], own: list[Piece]) -> str:
    entries = "".join(
        f"<item><title>{escape(p.title)}</title><link>{p.address(roots)}</link>"
        f'<guid isPermaLink="true">{p.address(roots)}</guid>'
        f"<pubDate>{p.day:%a, %d %b %Y} 06:00:00 +0000</pubDate>"
        f"<category>{escape(p.topic)}</category><description>{escape(p.summary)}</description></item>"
        for p in own
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel>'
        f"<title>{escape(outlet['name'])}</title><link>{roots[outlet['id']]}/</link>"
        f"<description>{escape(outlet['strapline'])}</description>{entries}</channel></rss>"
    )


def _sitemap(roots: Roots, outlet: Mapping[str, Any], own: list[Piece]) -> str:
    entries = "".join(
        f"<url><loc>{p.address(roots)}</loc><news:news><news:publication><news:name>{escape(outlet['name'])}</news:name>"
        f"<news:language>en</news:language></news:publication><news:publication_date>{p.day.isoformat()}"
        f"</news:publication_date><news:title>{escape(p.title)}</news:title></news:news></url>"
        for p in own
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        f'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">{entries}</urlset>'
    )
