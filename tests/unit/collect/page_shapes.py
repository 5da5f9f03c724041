"""The same article in the mark-up of many kinds of sites. Every function here gives one whole page.

The shapes are of our own making; where one follows the habits of a widespread system, only the habits are taken.
"""

# ruff: noqa: E501 - mark-up is written as it stands on pages

from __future__ import annotations

import json
from collections.abc import Callable
from html import escape

from tests.unit.collect.page_article import ARTICLE as A
from tests.unit.collect.page_article import URL

Shape = Callable[[], str | bytes]
SITE = "The Quay Review"


def page(body: str, head: str = "", attributes: str = 'lang="en"') -> str:
    return f"<!doctype html><html {attributes}><head><meta charset=utf-8><title>{A.title} | {SITE}</title>{head}</head><body>{body}</body></html>"


def paragraphs(texts: tuple[str, ...], tag: str = "p") -> str:
    return "".join(f"<{tag}>{text}</{tag}>" for text in texts)


def picture() -> str:
    return f'<img src="{A.picture}" alt="{A.alt}">'


def figure() -> str:
    return f"<figure>{picture()}<figcaption>{A.caption} ({A.credit})</figcaption></figure>"


def items() -> str:
    return "<ul>" + "".join(f"<li>{point}</li>" for point in A.points) + "</ul>"


def table() -> str:
    head, *rows = A.rows
    shown = "".join(f"<tr><td>{one}</td><td>{two}</td></tr>" for one, two in rows)
    return f"<table><thead><tr><th>{head[0]}</th><th>{head[1]}</th></tr></thead><tbody>{shown}</tbody></table>"


def text(
    *,
    paragraph: str = "p",
    heading: str = "<h2>{}</h2>",
    sub: str = "<h3>{}</h3>",
    shot: str | None = None,
    quote: str = "",
) -> str:
    """The article's own text, from the first paragraph to the last."""
    quoted = quote or f"<blockquote><p>{A.quote}</p></blockquote>"
    return "".join(
        (
            paragraphs(A.first[:1], paragraph),
            figure() if shot is None else shot,
            paragraphs(A.first[1:], paragraph),
            heading.format(A.headings[0]),
            paragraphs(A.second, paragraph),
            items(),
            paragraphs(A.third, paragraph),
            quoted,
            sub.format(A.headings[1]),
            paragraphs(A.fourth, paragraph),
            table(),
            heading.format(A.headings[2]),
            paragraphs(A.fifth, paragraph),
        )
    )


def bios() -> str:
    return "".join(f"<p><em>{person.bio}</em></p>" for person in A.people)


def cards(wrap: str = '<section class="related"><h2>Related</h2>{}</section>', card: str = "") -> str:
    form = card or '<article><h3><a href="{0}">{1}</a></h3><p>{2}</p><p>By {3}</p><p>Type: {4}</p></article>'
    return wrap.format("".join(form.format(c.url, c.title, c.day, c.author, c.kind) for c in A.cards))


def licence() -> str:
    return f'<p>This work is licensed under a <a rel="license" href="{A.licence}">Creative Commons licence</a>.</p>'


def credit() -> str:
    return f"<p><em>{A.sentence}</em></p>"


def byline() -> str:
    return (
        f"<p>{A.day} / By {A.names}</p><p>Updated: {A.updated_day}</p><p>Publication type: {A.kind}</p>"
        f"<p>Topics: {', '.join(A.topics)}</p>"
    )


def navigation(count: int = 6) -> str:
    return "<nav><ul>" + "".join(f'<li><a href="/s/{n}">Section {n}</a></li>' for n in range(count)) + "</ul></nav>"


def linked_data(**more: object) -> str:
    told = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": A.title,
        "mainEntityOfPage": URL,
        "datePublished": A.published,
        "dateModified": A.updated,
        "genre": A.kind,
        "articleSection": list(A.topics),
        "inLanguage": "en",
        "license": A.licence,
        "author": [{"@type": "Person", "name": p.name, "description": p.bio} for p in A.people],
        "image": {"@type": "ImageObject", "url": A.picture, "caption": A.caption, "creditText": A.credit},
        **more,
    }
    return f'<script type="application/ld+json">{json.dumps(told)}</script>'


def marked() -> str:
    return page(
        f"{navigation()}<main><article><h1>{A.title}</h1>{byline()}{text()}{bios()}{credit()}{licence()}</article>{cards()}</main>"
    )


def div_soup() -> str:
    return page(
        f'<div id="top">{navigation()}</div><div id="w"><div class="c1"><h1>{A.title}</h1>{byline()}</div>'
        f'<div class="c2">{text()}</div><div class="c3">{bios()}{credit()}{licence()}</div></div>'
        f'<div class="c4">{cards("<div><h3>Related articles</h3>{}</div>")}</div><div id="foot"><p>© 2026 {SITE}</p></div>'
    )


def paragraphs_are_divs() -> str:
    inner = text(paragraph="div", quote=f"<blockquote>{A.quote}</blockquote>")
    notes = "".join(f"<div>{person.bio}</div>" for person in A.people)
    return page(
        f"<div><h1>{A.title}</h1>{byline()}<div>{inner}</div>{notes}<div>{A.sentence}</div>{licence()}</div>{cards()}"
    )


def table_layout() -> str:
    links = "".join(f'<a href="/s/{n}">Section {n}</a><br>' for n in range(8))
    return page(
        f'<table width="100%" border="0"><tr><td colspan="2"><a href="/">{SITE}</a></td></tr><tr><td width="160">{links}</td>'
        f"<td><h1>{A.title}</h1>{byline()}{text()}{bios()}{credit()}{licence()}{cards('<div><h3>Related</h3>{}</div>')}</td></tr></table>"
    )


def breaks_for_paragraphs() -> str:
    notes = "<br><br>".join(person.bio for person in A.people)
    lines = (
        f"{A.day} / By {A.names}<br><br>Updated: {A.updated_day}<br><br>Publication type: {A.kind}<br><br>"
        f"Topics: {', '.join(A.topics)}<br><br>"
    )
    body = (
        f"{A.first[0]}<br><br>{figure()}{A.first[1]}<h2>{A.headings[0]}</h2>{A.second[0]}{items()}{A.third[0]}<br><br>"
        f"<blockquote>{A.quote}</blockquote><h3>{A.headings[1]}</h3>{A.fourth[0]}{table()}<h2>{A.headings[2]}</h2>"
        f"{A.fifth[0]}<br />\n<br />{A.fifth[1]}<br><br>{notes}<br><br>{A.sentence}"
    )
    return page(f"<div id=content><h1>{A.title}</h1>{lines}{body}{licence()}</div>{cards()}")


def told_in_json_ld() -> str:
    return page(f"{navigation()}<div><h1>{A.title}</h1>{text(shot=picture())}{credit()}</div>{cards()}", linked_data())


def text_in_json_ld_alone() -> str:
    head = linked_data(articleBody=f"<h1>{A.title}</h1>{text(shot=picture())}{credit()}")
    return page(f'{navigation()}<div id="app"></div>{cards()}', head)


def graph_in_json_ld() -> str:
    people = [
        {"@type": "Person", "@id": f"#p{n}", "name": p.name, "description": p.bio} for n, p in enumerate(A.people)
    ]
    shot = {"@type": "ImageObject", "@id": "#i", "contentUrl": A.picture, "caption": A.caption, "creditText": A.credit}
    told = {
        "@type": ["Article", "AnalysisNewsArticle"],
        "@id": f"{URL}#article",
        "isPartOf": {"@id": URL},
        "headline": A.title,
        "author": [{"@id": "#p0"}, {"@id": "#p1"}],
        "datePublished": A.published,
        "dateModified": A.updated,
        "image": {"@id": "#i"},
        "articleSection": list(A.topics),
        "license": A.licence,
    }
    graph = {"@context": "https://schema.org", "@graph": [{"@type": "WebPage", "@id": URL}, told, *people, shot]}
    head = f'<script type="application/ld+json">{json.dumps(graph)}</script>'
    return page(f"<main><h1>{A.title}</h1>{text(shot=picture())}{credit()}</main>{cards()}", head)


def microdata() -> str:
    people = "".join(
        f'<div itemprop="author" itemscope itemtype="https://schema.org/Person"><span itemprop="name">{p.name}</span>'
        f'<p itemprop="description">{p.bio}</p></div>'
        for p in A.people
    )
    shot = (
        f'<div itemprop="image" itemscope itemtype="https://schema.org/ImageObject"><img itemprop="contentUrl" src="{A.picture}" '
        f'alt="{A.alt}"><p itemprop="caption">{A.caption}</p><p itemprop="creditText">{A.credit}</p></div>'
    )
    topics = "".join(f'<meta itemprop="articleSection" content="{topic}">' for topic in A.topics)
    return page(
        f'<div itemscope itemtype="https://schema.org/Article"><h1 itemprop="headline">{A.title}</h1>{topics}'
        f'<meta itemprop="genre" content="{A.kind}"><time itemprop="datePublished" datetime="{A.published}">{A.day}</time>'
        f'<meta itemprop="dateModified" content="{A.updated}"><link itemprop="license" href="{A.licence}">{people}'
        f'<div itemprop="articleBody">{text(shot=shot)}{credit()}</div></div>{cards()}'
    )


def rdfa() -> str:
    people = "".join(
        f'<div property="schema:author" typeof="schema:Person"><span property="schema:name">{p.name}</span>'
        f'<span property="schema:description" content="{p.bio}"></span></div>'
        for p in A.people
    )
    topics = "".join(f'<span property="schema:articleSection">{topic}</span> ' for topic in A.topics)
    return page(
        f'<div prefix="schema: http://schema.org/" typeof="schema:Article"><h1 property="schema:headline">{A.title}</h1>{people}'
        f'<span property="schema:datePublished" content="{A.published}">{A.day}</span><span property="schema:dateModified" '
        f'content="{A.updated}"></span><span property="schema:genre">{A.kind}</span><div>{topics}</div>'
        f'<div property="schema:articleBody">{text()}{credit()}</div><a property="schema:license" href="{A.licence}">CC</a></div>'
        f"{cards()}"
    )


def block_theme() -> str:
    terms = ", ".join(f'<a href="/category/{t.lower()}/" rel="tag">{t}</a>' for t in A.topics)
    people = "".join(
        f'<div class="wp-block-post-author"><div class="wp-block-post-author__content"><p class="wp-block-post-author__name">'
        f'{p.name}</p><p class="wp-block-post-author__bio">{p.bio}</p></div></div>'
        for p in A.people
    )
    names = " and ".join(
        f'<a href="/author/{p.name.split()[0].lower()}/" class="wp-block-post-author-name__link">{p.name}</a>'
        for p in A.people
    )
    shot = (
        f'<figure class="wp-block-image size-large"><img src="{A.picture}" alt="{A.alt}"/><figcaption class="wp-element-caption">'
        f"{A.caption} Photo: {A.credit}</figcaption></figure>"
    )
    meta = (
        f'<div class="wp-block-group"><div class="wp-block-post-author-name">By {names}</div><div class="wp-block-post-date">'
        f'<time datetime="{A.published}">{A.day}</time></div><div class="wp-block-post-date__modified-date wp-block-post-date">'
        f'Updated <time datetime="{A.updated}">{A.updated_day}</time></div>'
        f'<div class="taxonomy-category wp-block-post-terms">{terms}</div><p>Type: {A.kind}</p></div>'
    )
    inner = text(
        shot=shot,
        heading='<h2 class="wp-block-heading">{}</h2>',
        sub='<h3 class="wp-block-heading">{}</h3>',
        quote=f'<blockquote class="wp-block-quote is-layout-flow"><p>{A.quote}</p></blockquote>',
    )
    return page(
        f'<div class="wp-site-blocks"><header class="wp-block-template-part">{navigation()}</header><main class="wp-block-group">'
        f'<h1 class="wp-block-post-title">{A.title}</h1>{meta}<div class="entry-content wp-block-post-content">{inner}{credit()}{licence()}'
        f"</div>{people}</main>{cards()}<footer class='wp-block-template-part'><p>Proudly shown by {SITE}</p></footer></div>"
    )


def field_by_field() -> str:
    def fld(name: str, label: str, values: tuple[str, ...]) -> str:
        shown = "".join(f'<div class="field__item">{value}</div>' for value in values)
        return (
            f'<div class="field field--name-field-{name} field--label-inline"><div class="field__label">{label}</div>'
            f'<div class="field__items">{shown}</div></div>'
        )

    people = fld("authors", "Authors", tuple(p.name for p in A.people))
    facts = fld("date", "Published", (f'<time datetime="{A.published}">{A.day}</time>',)) + fld(
        "upd", "Updated", (A.updated_day,)
    )
    facts += fld("type", "Publication Type", (A.kind,)) + fld("topic", "Topics", A.topics)
    notes = "".join(f'<div class="field field--name-field-bio"><p>{p.bio}</p></div>' for p in A.people)
    return page(
        f'{navigation()}<div class="region region-content"><article class="node node--type-publication"><div class="node__content">'
        f'<h1 class="page-title">{A.title}</h1>{people}{facts}<div class="clearfix text-formatted field field--name-body '
        f'field__item">{text()}{credit()}</div>{notes}{licence()}</div></article></div>'
        f'<div class="views-element-container"><h2>Related publications</h2>{cards("<div class=view-content>{}</div>")}</div>'
    )


def static_generator() -> str:
    tags = "".join(f'<li><a href="/tags/{t.lower()}/">{t}</a></li>' for t in A.topics)
    return page(
        f'<header class="site-header"><a href="/">{SITE}</a></header><main><article class="post h-entry"><header class="post-header">'
        f'<h1 class="post-title p-name">{A.title}</h1><p class="post-meta"><time class="dt-published" datetime="{A.published}">'
        f'{A.day}</time> • <span class="p-author h-card">{A.names}</span> • Updated <time class="dt-updated" datetime="{A.updated}">{A.updated_day}</time></p>'
        f'<p class="post-type">{A.kind}</p><ul class="post-tags">{tags}</ul></header><div class="post-content e-content">{text()}{credit()}'
        f"</div><div class='author-bio'>{bios()}</div>{licence()}</article></main>{cards()}<footer><p>Made with patience</p></footer>"
    )


def accelerated() -> str:
    shot = (
        f'<figure><amp-img src="{A.picture}" alt="{A.alt}" width="900" height="600" layout="responsive"></amp-img>'
        f"<figcaption>{A.caption} ({A.credit})</figcaption></figure>"
    )
    inner = f"<article><h1>{A.title}</h1>{byline()}{text(shot=shot)}{bios()}{credit()}{licence()}</article>"
    return page(
        f'<amp-sidebar id="s">{navigation()}</amp-sidebar><main>{inner}</main>{cards()}<amp-ad width="300"></amp-ad>',
        f'<link rel="canonical" href="{URL}"><style amp-custom>p{{color:red}}</style>',
        'amp lang="en"',
    )


def custom_elements() -> str:
    people = "".join(f"<quay-author-bio>{p.bio}</quay-author-bio>" for p in A.people)
    shot = f"<quay-figure>{picture()}<quay-caption>{A.caption}</quay-caption><quay-credit>{A.credit}</quay-credit></quay-figure>"
    return page(
        f"<quay-header>{navigation()}</quay-header><quay-story><h1>{A.title}</h1><quay-byline>By {A.names}</quay-byline>"
        f"<quay-date>{A.day}</quay-date><quay-date>Updated: {A.updated_day}</quay-date><quay-label>Type: {A.kind}</quay-label>"
        f"<quay-label>Topics: {', '.join(A.topics)}</quay-label><quay-body>{text(shot=shot)}</quay-body>{people}"
        f"<quay-note>{A.sentence}</quay-note>{licence()}</quay-story><quay-rail>{cards('<div><h4>Related stories</h4>{}</div>')}</quay-rail>"
    )


def print_page() -> str:
    return page(
        f"<h1>{A.title}</h1>{byline()}<hr>{text()}<hr>{bios()}{credit()}{licence()}<hr><p>Printed from {URL} on 4 February 2026</p>"
        f"<h4>Related</h4><ul>"
        + "".join(
            f'<li><a href="{c.url}">{c.title}</a><br>{c.day}<br>By {c.author}<br>Type: {c.kind}</li>' for c in A.cards
        )
        + "</ul>"
    )


def hydrated_app() -> str:
    state = {
        "props": {
            "pageProps": {
                "menu": [{"title": "Home", "url": "/"}] * 5,
                "article": {
                    "title": A.title,
                    "authors": [{"name": p.name, "bio": p.bio} for p in A.people],
                    "publishedAt": A.published,
                    "updatedAt": A.updated,
                    "publicationType": {"name": A.kind},
                    "topics": [{"name": topic} for topic in A.topics],
                    "license": A.licence,
                    "heroImage": {"url": A.picture, "alt": A.alt, "caption": A.caption, "credit": A.credit},
                    "body": text(shot=picture()) + credit(),
                    "related": [
                        {
                            "title": c.title,
                            "url": c.url,
                            "publishedAt": c.day,
                            "authors": [{"name": c.author}],
                            "type": c.kind,
                        }
                        for c in A.cards
                    ],
                },
            }
        },
        "build": "x1",
    }
    return page(
        f'<div id="root">{navigation()}</div><script id="__STATE__" type="application/json">{json.dumps(state)}</script>'
    )


def assigned_state() -> str:
    blocks: list[dict[str, object]] = [{"type": "paragraph", "text": A.first[0]}]
    blocks += [{"type": "image", "url": A.picture, "alt": A.alt, "caption": A.caption, "credit": A.credit}]
    blocks += [{"type": "paragraph", "text": A.first[1]}, {"type": "heading", "level": 2, "text": A.headings[0]}]
    blocks += [{"type": "paragraph", "text": A.second[0]}, {"type": "list", "items": list(A.points)}]
    blocks += [{"type": "paragraph", "text": A.third[0]}, {"type": "quote", "text": A.quote}]
    blocks += [{"type": "heading", "level": 3, "text": A.headings[1]}, {"type": "paragraph", "text": A.fourth[0]}]
    blocks += [{"type": "html", "html": table()}, {"type": "heading", "level": 2, "text": A.headings[2]}]
    blocks += [{"type": "paragraph", "text": text} for text in (*A.fifth, A.sentence)]
    story = {
        "headline": A.title,
        "byline": [{"fullName": p.name, "biography": p.bio} for p in A.people],
        "published": A.published,
        "modified": A.updated,
        "contentType": A.kind,
        "tags": list(A.topics),
        "licence": A.licence,
        "blocks": blocks,
        "relatedArticles": [
            {"headline": c.title, "href": c.url, "published": c.day, "byline": [{"fullName": c.author}], "kind": c.kind}
            for c in A.cards
        ],
    }
    return page(f"<div id=app></div><script>window.__QUAY_STATE__ = {json.dumps({'story': story})};</script>")


def all_in_sections() -> str:
    return page(
        f"<section>{navigation()}</section><section><section><h1>{A.title}</h1></section><section>{byline()}</section>"
        f"<section>{paragraphs(A.first[:1])}</section><section>{figure()}</section><section>{paragraphs(A.first[1:])}</section>"
        f"<section><h2>{A.headings[0]}</h2>{paragraphs(A.second)}{items()}{paragraphs(A.third)}<blockquote>{A.quote}</blockquote></section>"
        f"<section><h3>{A.headings[1]}</h3>{paragraphs(A.fourth)}{table()}</section>"
        f"<section><h2>{A.headings[2]}</h2>{paragraphs(A.fifth)}</section><section>{bios()}</section><section>{credit()}</section>"
        f"<section>{licence()}</section></section>{cards()}"
    )


def bold_for_headings() -> str:
    bold = "<p><strong>{}</strong></p>"
    return page(
        f"<article><h1>{A.title}</h1>{byline()}{text(heading=bold, sub='<p><b>{}</b></p>')}{bios()}{credit()}{licence()}</article>{cards()}"
    )


def note_at_the_top() -> str:
    note = f'<div class="editors-note"><p><strong>Editor’s note:</strong> {A.sentence}</p></div>'
    return page(
        f"<main><article><h1>{A.title}</h1>{note}{byline()}{text()}{bios()}{licence()}</article></main>{cards()}"
    )


def note_in_the_text() -> str:
    note = f"<p><em>Editor's note: {A.sentence}</em></p>"
    return page(f"<div><h1>{A.title}</h1>{byline()}{note}{text()}{bios()}{licence()}</div>{cards()}")


def note_in_an_aside() -> str:
    note = f"<aside><h4>Editor’s note</h4><p>{A.sentence}</p></aside>"
    return page(
        f"<main><article><h1>{A.title}</h1>{byline()}{text()}{note}{bios()}{licence()}</article></main>{cards()}"
    )


def caption_in_a_paragraph() -> str:
    shot = f"<p>{picture()}</p><p>{A.caption} ({A.credit})</p>"
    return page(
        f"<article><h1>{A.title}</h1>{byline()}{text(shot=shot)}{bios()}{credit()}{licence()}</article>{cards()}"
    )


def caption_in_a_box() -> str:
    shot = f'<div class="image-box">{picture()}<div class="caption">{A.caption}</div><div class="credit">© {A.credit}</div></div>'
    return page(f"<div><h1>{A.title}</h1>{byline()}{text(shot=shot)}{bios()}{credit()}{licence()}</div>{cards()}")


def caption_twice() -> str:
    shot = f"{figure()}<p>{A.caption} ({A.credit})</p>"
    return page(
        f"<article><h1>{A.title}</h1>{byline()}{text(shot=shot)}{bios()}{credit()}{licence()}</article>{cards()}"
    )


def facts_below_the_text() -> str:
    facts = f"<p>By {A.names}</p><p>Published {A.day}</p><p>Updated {A.updated_day}</p><p>Type: {A.kind}</p><p>Topics: {', '.join(A.topics)}</p>"
    return page(f"<div><h1>{A.title}</h1>{text()}{facts}{bios()}{credit()}{licence()}</div>{cards()}")


def byline_in_a_list() -> str:
    facts = (
        f"<ul class='facts'><li>By {A.people[0].name}</li><li>{A.people[1].name}</li><li>{A.day}</li><li>Updated {A.updated_day}</li>"
        f"<li>Type: {A.kind}</li><li>Topics: {', '.join(A.topics)}</li></ul>"
    )
    return page(f"<main><h1>{A.title}</h1>{facts}{text()}{bios()}{credit()}{licence()}</main>{cards()}")


def facts_in_a_definition_list() -> str:
    facts = (
        f"<dl><dt>Authors</dt><dd>{A.people[0].name}</dd><dd>{A.people[1].name}</dd><dt>Published</dt><dd>{A.day}</dd><dt>Updated</dt>"
        f"<dd>{A.updated_day}</dd><dt>Type</dt><dd>{A.kind}</dd><dt>Topics</dt><dd>{A.topics[0]}</dd><dd>{A.topics[1]}</dd></dl>"
    )
    return page(f"<main><h1>{A.title}</h1>{facts}{text()}{bios()}{credit()}{licence()}</main>{cards()}")


def bios_in_an_aside() -> str:
    notes = f'<aside class="about"><h3>About the authors</h3>{"".join(f"<p>{p.bio}</p>" for p in A.people)}</aside>'
    return page(
        f"<main><article><h1>{A.title}</h1>{byline()}{text()}{credit()}{licence()}</article>{notes}</main>{cards()}"
    )


def bios_in_one_paragraph() -> str:
    notes = f"<p><em>{' '.join(p.bio for p in A.people)}</em></p>"
    return page(
        f"<main><article><h1>{A.title}</h1>{byline()}{text()}{notes}{credit()}{licence()}</article></main>{cards()}"
    )


def author_cards() -> str:
    notes = "".join(
        f'<div class="author-card"><img src="/faces/{n}.jpg" width="80" height="80" alt=""><h4>{p.name}</h4><p>{p.bio}</p></div>'
        for n, p in enumerate(A.people)
    )
    return page(
        f"<main><article><h1>{A.title}</h1>{byline()}{text()}{credit()}{licence()}</article>{notes}</main>{cards()}"
    )


def related_before_the_end() -> str:
    list_ = (
        "<ul>"
        + "".join(
            f'<li><a href="{c.url}">{c.title}</a><p>{c.day}</p><p>By {c.author}</p><p>Type: {c.kind}</p></li>'
            for c in A.cards
        )
        + "</ul>"
    )
    inner = text().replace(f"<h2>{A.headings[2]}</h2>", f"<div><h4>Read more</h4>{list_}</div><h2>{A.headings[2]}</h2>")
    return page(f"<article><h1>{A.title}</h1>{byline()}{inner}{bios()}{credit()}{licence()}</article>")


def much_furniture() -> str:
    menu = (
        "<div><ul>" + "".join(f'<li><a href="/m/{n}">Part {n} of the menu</a></li>' for n in range(60)) + "</ul></div>"
    )
    cookies = "<div><p>We use cookies to make this site work and to count visits. Do you accept all of them?</p><button>Accept</button></div>"
    letter = "<div class='newsletter-signup'><p>Our letter comes on Friday. It is free, it is short, and you may leave it at any time.</p></div>"
    share = "<ul class='share-links'><li><a href='#'>Facebook</a></li><li><a href='#'>Mail</a></li></ul>"
    more = f"<p>Read more: <a href='{A.cards[0].url}'>{A.cards[0].title}</a></p>"
    inner = text().replace(
        paragraphs(A.third), f"{letter}{paragraphs(A.third)}{more}<aside class='pullquote'>{A.quote}</aside>"
    )
    comments = "<div id='comments'><h3>2 comments</h3><div><p>I have sailed there for thirty years and it was never like this, believe me.</p></div></div>"
    return page(
        f"{cookies}{menu}<div class='layout'><h1>{A.title}</h1>{byline()}{share}{inner}{bios()}{credit()}{licence()}</div>{cards()}{comments}{menu}"
    )


def in_german() -> str:
    names = " und ".join(p.name for p in A.people)
    facts = (
        f"<p>Von {names}</p><p>Veröffentlicht am 2. Februar 2026</p><p>Aktualisiert am 3. Februar 2026</p><p>Textart: {A.kind}</p>"
        f"<p>Themen: {', '.join(A.topics)}</p>"
    )
    shot = f"<figure>{picture()}<figcaption>{A.caption} Foto: {A.credit}</figcaption></figure>"
    related = cards(
        "<section><h2>Mehr zum Thema</h2>{}</section>",
        '<article><h3><a href="{0}">{1}</a></h3><p>{2}</p><p>Von {3}</p><p>Textart: {4}</p></article>',
    )
    box = f"<p>Dieser Text steht unter der Lizenz <a href='{A.licence}deed.de'>CC BY 4.0</a>.</p>"
    return page(
        f"<main><h1>{A.title}</h1>{facts}{text(shot=shot)}<h3>Über die Autoren</h3>{bios()}{credit()}{box}</main>{related}"
    )


def in_french() -> str:
    names = " et ".join(p.name for p in A.people)
    facts = (
        f"<p>Par {names}</p><p>Publié le 2 février 2026 | Mis à jour le 3 février 2026</p><p>Type de publication : {A.kind}</p>"
        f"<p>Thèmes : {', '.join(A.topics)}</p>"
    )
    shot = f"<figure>{picture()}<figcaption>{A.caption} Crédit photo : {A.credit}</figcaption></figure>"
    related = cards(
        "<section><h2>À lire aussi</h2>{}</section>",
        '<article><h3><a href="{0}">{1}</a></h3><p>{2}</p><p>Par {3}</p><p>Type : {4}</p></article>',
    )
    box = "<p>Texte sous licence Creative Commons BY 4.0</p>"
    return page(
        f"<main><h1>{A.title}</h1>{facts}{text(shot=shot)}<h3>À propos des auteurs</h3>{bios()}{credit()}{box}</main>{related}"
    )


def right_to_left() -> str:
    names = " و ".join(p.name for p in A.people)
    facts = (
        f"<p>بقلم: {names}</p><p>تاريخ النشر: ٢ فبراير ٢٠٢٦</p><p>آخر تحديث: ٣ فبراير ٢٠٢٦</p><p>النوع: {A.kind}</p>"
        f"<p>المواضيع: {'، '.join(A.topics)}</p>"
    )
    return page(
        f"<main><h1>{A.title}</h1>{facts}{text()}{bios()}{credit()}{licence()}</main>{cards()}",
        "",
        'lang="en" dir="rtl"',
    )


def uppercase_and_unclosed() -> str:
    body = (
        f"<H1>{A.title}</H1><P>{A.day} / By {A.names}<P>Updated: {A.updated_day}<P>Publication type: {A.kind}<P>Topics: {', '.join(A.topics)}"
        f"<P>{A.first[0]}<P><IMG SRC={A.picture} ALT='{A.alt}'><P>{A.caption} ({A.credit})<P>{A.first[1]}<H2>{A.headings[0]}</H2><P>{A.second[0]}"
        "<UL>"
        + "".join(f"<LI>{point}" for point in A.points)
        + f"</UL><P>{A.third[0]}<BLOCKQUOTE>{A.quote}</BLOCKQUOTE>"
        f"<H3>{A.headings[1]}</H3><P>{A.fourth[0]}<TABLE>"
        + "".join(f"<TR><TD>{one}<TD>{two}" for one, two in A.rows)
        + "</TABLE>"
        f"<H2>{A.headings[2]}</H2><P>{A.fifth[0]}<P>{A.fifth[1]}<P>{A.people[0].bio}<P>{A.people[1].bio}<P><I>{A.sentence}</I>{licence()}"
        f"<H2>Related</H2><UL>"
        + "".join(f"<LI><A HREF={c.url}>{c.title}</A><P>{c.day}<P>By {c.author}<P>Type: {c.kind}" for c in A.cards)
        + "</UL>"
    )
    return f"<HTML LANG=en><TITLE>{A.title} | {SITE}</TITLE><BODY BGCOLOR=white>{body}"


def windows_1252() -> bytes:
    note = f"<p><b>Editor’s note:</b> {A.sentence}</p>"
    whole = page(
        f"<main><h1>{A.title}</h1>{byline()}{text()}{bios()}{note}{licence()}</main>{cards()}<footer>© “{SITE}”</footer>"
    )
    return whole.replace("charset=utf-8", "charset=windows-1252").encode("cp1252")


def open_graph() -> str:
    told = {
        "og:type": "article",
        "og:title": f"{A.title}",
        "og:url": URL,
        "og:site_name": SITE,
        "article:published_time": A.published,
        "article:modified_time": A.updated,
        "article:section": A.topics[0],
        "og:locale": "en_GB",
    }
    head = "".join(f'<meta property="{name}" content="{escape(value)}">' for name, value in told.items())
    head += f'<meta property="article:section" content="{A.topics[1]}">'
    head += "".join(f'<meta name="author" content="{p.name}">' for p in A.people)
    head += f'<meta name="dcterms.license" content="{A.licence}"><meta name="dc.type" content="{A.kind}">'
    return page(f"<div><div><h2>{A.title}</h2>{text()}{bios()}{credit()}</div></div>{cards()}", head, "")


SHAPES: tuple[Shape, ...] = (
    *(
        marked,
        div_soup,
        paragraphs_are_divs,
        table_layout,
        breaks_for_paragraphs,
        told_in_json_ld,
        text_in_json_ld_alone,
    ),
    *(graph_in_json_ld, microdata, rdfa, block_theme, field_by_field, static_generator, accelerated, custom_elements),
    *(print_page, hydrated_app, assigned_state, all_in_sections, bold_for_headings, note_at_the_top, note_in_the_text),
    *(
        note_in_an_aside,
        caption_in_a_paragraph,
        caption_in_a_box,
        caption_twice,
        facts_below_the_text,
        byline_in_a_list,
    ),
    *(facts_in_a_definition_list, bios_in_an_aside, bios_in_one_paragraph, author_cards, related_before_the_end),
    *(much_furniture, in_german, in_french, right_to_left, uppercase_and_unclosed, windows_1252, open_graph),
)
