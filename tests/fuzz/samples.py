"""Honest samples of everything that is parsed, written by us, and the words that fuzzing puts into them."""

from __future__ import annotations

RSS = b"""<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:sy="http://purl.org/rss/1.0/modules/syndication/" xmlns:media="http://search.yahoo.com/mrss/"><channel>
<title>Tides</title><link>https://tides.example/</link><ttl>60</ttl><skipHours><hour>3</hour></skipHours>
<skipDays><day>Sunday</day></skipDays><sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency>
<item><title>Low water &amp; high hopes</title><link>https://tides.example/low</link><guid isPermaLink="false">t1</guid>
<pubDate>Sun, 01 Mar 2026 09:00:00 +0100</pubDate><dc:creator>Ann Example and Bob Example</dc:creator>
<category>Coast</category><description>Short.</description><content:encoded><![CDATA[<p>Long <b>text</b>.</p>
<figure><img src="/a.jpg" alt="a"><figcaption>Boats. (Photo: Cy Example)</figcaption></figure>]]></content:encoded>
<media:content url="https://tides.example/b.jpg"/></item></channel></rss>"""
ATOM = b"""<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://tides.example/"><title type="html">Tides</title>
<updated>2026-03-01T09:00:00Z</updated><entry><id>urn:x:1</id><title type="xhtml"><div>Low <i>water</i></div></title>
<link rel="alternate" href="low"/><published>2026-03-01T09:00:00+01:00</published><author><name>Ann</name></author>
<category term="Coast" label="The coast"/><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Text</p>
</div></content><summary>Short.</summary></entry></feed>"""
RDF = b"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">
<channel rdf:about="https://tides.example/"><title>Tides</title></channel><item rdf:about="https://tides.example/1">
<title>Low water</title><link>https://tides.example/1</link></item></rdf:RDF>"""
JSON_FEED = b"""{"version": "https://jsonfeed.org/version/1.1", "title": "Tides", "items": [{"id": "1", "url":
"https://tides.example/1", "title": "Low water", "content_html": "<p>Text</p>", "date_published":
"2026-03-01T09:00:00Z",
"authors": [{"name": "Ann Example"}], "tags": ["coast"], "summary": "Short.", "language": "en"}]}"""
SITEMAP = b"""<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
<url><loc>https://tides.example/1</loc><lastmod>2026-03-01</lastmod><news:news><news:publication><news:name>Tides
</news:name><news:language>en</news:language></news:publication><news:publication_date>2026-03-01T09:00:00Z
</news:publication_date><news:title>Low water</news:title></news:news></url></urlset>"""
SITEMAP_INDEX = (
    b"<sitemapindex><sitemap><loc>https://tides.example/s1.xml</loc><lastmod>2026</lastmod></sitemap></sitemapindex>"
)
WORDPRESS = b"""[{"id": 7, "guid": {"rendered": "https://tides.example/?p=7"}, "date": "2026-03-01T09:00:00",
"date_gmt": "2026-03-01T08:00:00", "modified_gmt": "2026-03-01T08:00:00", "link": "https://tides.example/low",
"title": {"rendered": "Low &amp; high"}, "excerpt": {"rendered": "<p>Short</p>"}, "content": {"rendered": "<p>Text</p>",
"protected": false}, "_embedded": {"author": [{"name": "Ann Example", "description": "Ann counts boats."}], "wp:term":
[[{"taxonomy": "category", "name": "Coast"}]], "wp:featuredmedia": [{"source_url": "https://tides.example/a.jpg",
"alt_text": "a", "caption": {"rendered": "<p>Boats</p>"}}]}, "_links": {"self": [{"href": "x"}]}}]"""
DRUPAL = b"""{"jsonapi": {"version": "1.0"}, "data": [{"type": "node--article", "id": "u1", "attributes": {"title":
"Low water",
"created": "2026-03-01T08:00:00+00:00", "changed": "2026-03-01T08:00:00+00:00", "path": {"alias": "/low"}, "body":
{"value":
"<p>Text</p>", "processed": "<p>Text</p>", "summary": ""}}, "relationships": {"field_authors": {"data": [{"type":
"node--person", "id": "p1"}]}, "field_topics": {"data": [{"type": "taxonomy_term--topic", "id": "t1"}]}}, "links":
{"self":
{"href": "https://tides.example/jsonapi/node/article/u1"}}}], "included": [{"type": "node--person", "id": "p1",
"attributes":
{"title": "Ann Example"}}, {"type": "taxonomy_term--topic", "id": "t1", "attributes": {"name": "Coast"}}], "links":
{"next":
{"href": "https://tides.example/jsonapi/node/article?page%5Boffset%5D=50"}}}"""
LISTING = b"""<!doctype html><html lang="en"><body><main><div class="list"><div class="card"><span
class="kind">Analysis</span>
<h3><a href="/low">Low water</a></h3><time datetime="2026-03-01">1 March 2026</time><p class="by">By Ann Example</p>
<p class="sum">Short.</p></div><div class="card"><span class="kind">Report</span><h3><a href="/high">High water</a></h3>
<time>2 March 2026</time><p class="by">By Bob Example</p><p class="sum">Shorter.</p></div></div>
<nav><a rel="next" href="?page=2">Older</a></nav></main></body></html>"""
PAGE = b"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Low water | Tides</title>
<link rel="canonical" href="https://tides.example/low"><meta property="og:title" content="Low water">
<meta name="author" content="Ann Example"><meta property="article:published_time" content="2026-03-01T09:00:00Z">
<script type="application/ld+json">{"@context": "https://schema.org", "@type": "NewsArticle", "headline": "Low water",
"author": [{"@type": "Person", "name": "Ann Example"}], "datePublished": "2026-03-01", "image": {"caption":
"Boats"}}</script>
</head><body><nav><a href="/">Home</a></nav><article><h1>Low water</h1><p>Type: Analysis</p><p>Topic: Coast, Boats</p>
<p>Monday, March 2, 2026 / By: Ann Example and Bob Example</p><figure><img src="a.jpg" alt="a"><figcaption>Boats wait.
(Cy Example/The Tides)</figcaption></figure><p>This is an adapted excerpt from an article originally published by <a
href="https://lantern.example/x">Lantern Quarterly</a> on March 1, 2026.</p><h2>Why</h2><p>Text of some length, so
that it
looks like the body of a
piece.</p><blockquote><p>Quote</p></blockquote><table><tr><td>1</td></tr></table><ul><li>One</li>
</ul><p>Ann Example is a clerk at the harbour.</p></article><aside><h2>Related</h2><a href="/high">High
water</a></aside>
</body></html>"""
TEXT = b"""Low water

Monday, March 2, 2026 / By: Ann Example; Bob Example

Type: Analysis

Topic: Coast

Boats wait for the tide. (Cy Example/The Tides)

Boats wait for the tide. (Cy Example/The Tides)

Text of some length, so that it looks like the body of a piece and not like a label.

Why it matters

More text of some length, so that it looks like the body of a piece.

Ann Example is a clerk at the harbour.

This is an adapted excerpt from an article originally published by Lantern Quarterly.

Related Publications

High water

High water

Monday, March 2, 2026 / By: Bob Example

Type: Report
"""
MARKDOWN = b"""---
title: "Low water"
date: 2026-03-01
authors: [Ann Example, Bob Example]
tags:
  - coast
---

# Low water

Text with *stress*, `code`, [a link](https://tides.example/x "title") and ![a picture](a.jpg).

> Quote

- One
- Two

| a | b |
|---|---|
| 1 | 2 |

<script>alert(1)</script>
"""
ROBOTS = b"""User-agent: syndicate
User-agent: *
Disallow: /private/
Allow: /private/open$
Crawl-delay: 2

Sitemap: https://tides.example/sitemap.xml
"""
WORDS = (
    *(
        b"<",
        b">",
        b"&",
        b'"',
        b"'",
        b"]]>",
        b"<![CDATA[",
        b"<!--",
        b"-->",
        b"<?xml",
        b"<!DOCTYPE x [",
        b"<!ENTITY a 'b'>",
    ),
    *(
        b"&a;",
        b"&#0;",
        b"&#x110000;",
        b"&#xD800;",
        b"&nbsp;",
        b"\x00",
        b"\x1b",
        b"\x7f",
        b"\xc2\x85",
        b"\xff\xfe",
        b"\xef\xbb\xbf",
    ),
    *(
        b"\xed\xa0\x80",
        b"\xe2\x80\xae",
        b"\xf0\x9f\x98\x80",
        b"\xd9\xa0",
        b"<script>alert(1)</script>",
        b"<svg onload=x>",
    ),
    *(
        b"<img src=x onerror=y>",
        b' href="javascript:x"',
        b' onclick="x"',
        b' style="a:b"',
        b"<base href='//e.example/'>",
    ),
    *(
        b"<math><mtext><style>",
        b"<template>",
        b"<noscript>",
        b"<iframe srcdoc='",
        b"<form>",
        b"<title>",
        b"</p>",
        b"</div>",
    ),
    *(
        b"<plaintext>",
        b"<table><tr>",
        b"<a><a>",
        b"<frameset>",
        b"<body>",
        b"<html>",
        b"null",
        b"true",
        b"{}",
        b"[]",
        b"-1",
    ),
    *(
        b"1e999",
        b"99999999999999999999",
        b"\\ud800",
        b"\\u0000",
        b"{",
        b"}",
        b"[",
        b"]",
        b":",
        b",",
        b"0001-01-01",
        b"9999-12-31",
    ),
    *(
        b"32 March 20266",
        b"25:61",
        b"+9999",
        b"By ",
        b" and ",
        b" with ",
        b"; ",
        b"(Photo/",
        b")",
        b"originally published by ",
    ),
    *(
        b"This is an adapted excerpt from ",
        b"Related",
        b"Type:",
        b"Topic:",
        b"https://",
        b"http://[",
        b"//",
        b"#",
        b"data:,",
        b" " * 300,
    ),
    *(b"a" * 300, b"\n\n", b"\r", b"\t", b"| ", b"```", b"***", b"](", b"![", b"---\n"),
)
