"""The habits that pages differ in, one family each: how they head, quote, list, show pictures, name people, and so on.

Every function shows one fact of a story in one kind of mark-up. The mark-up is of our own making; where a habit is that
of a widespread system, only the habit is taken.
"""

# ruff: noqa: E501 - mark-up is written as it stands on pages

from __future__ import annotations

from collections.abc import Callable
from html import escape

from tests.property.pages.stories import Card, Shot, Story

Maker = Callable[[Story], str]


def say(text: str) -> str:
    """Words as mark-up."""
    return escape(text, quote=False)


# --- headings -----------------------------------------------------------------------------------------------------
HEADINGS: dict[str, Callable[[str, str], str]] = {
    "plain": lambda tag, text: f"<{tag}>{say(text)}</{tag}>",
    "with an anchor": lambda tag, text: (
        f'<{tag} id="s-{len(text)}"><a class="anchor" href="#s-{len(text)}" aria-hidden="true">#</a>{say(text)}</{tag}>'
    ),
    "bold inside": lambda tag, text: (
        f"<{tag}><strong><span style='font-weight:400'>{say(text)}</span></strong></{tag}>"
    ),
    "bold paragraphs": lambda tag, text: f"<p><strong>{say(text)}</strong></p>",
    "bold with a break": lambda tag, text: f"<p><b>{say(text)}<br></b></p>",
    "classed boxes": lambda tag, text: f'<div class="article-subheading">{say(text)}</div>',
    "roles": lambda tag, text: f'<div role="heading" aria-level="{tag[1]}">{say(text)}</div>',
    "one level lower": lambda tag, text: f"<h{int(tag[1]) + 1}>{say(text)}</h{int(tag[1]) + 1}>",
    "boxed": lambda tag, text: f'<div class="heading-block"><{tag} class="wp-block-heading">{say(text)}</{tag}></div>',
}

# --- paragraphs ---------------------------------------------------------------------------------------------------
PARAGRAPHS: dict[str, Callable[[str], str]] = {
    "plain": lambda text: f"<p>{text}</p>",
    "boxes": lambda text: f"<div>{text}</div>",
    "boxed": lambda text: (
        f'<div class="paragraph paragraph--type--text"><div class="field__item"><p>{text}</p></div></div>'
    ),
    "spans": lambda text: f'<p style="margin:0"><span lang="EN-US"><span>{text}</span></span></p>',
    "fonts": lambda text: f'<p><font face="Verdana" size="2">{text}</font></p>',
    "dir": lambda text: f'<p dir="ltr" class="MsoNormal">{text}</p><p>&nbsp;</p>',
    "sections": lambda text: f"<section><p>{text}</p></section>",
    "wrapped lines": lambda text: "<p>\n" + text.replace(" ", "\n    ", 3) + "\n</p>",
}


# --- pictures -----------------------------------------------------------------------------------------------------
def img(shot: Shot) -> str:
    return f'<img src="{shot.src}" alt="{escape(shot.alt)}">'


def both(shot: Shot) -> str:
    return f"{say(shot.caption)} ({say(shot.credit)})"


FIGURES: dict[str, Callable[[Shot, str], str]] = {
    "figcaption": lambda s, label: f"<figure>{img(s)}<figcaption>{both(s)}</figcaption></figure>",
    "figcaption label": lambda s, label: (
        f"<figure>{img(s)}<figcaption>{say(s.caption)} {label}: {say(s.credit)}</figcaption></figure>"
    ),
    "figcaption bar": lambda s, label: (
        f"<figure>{img(s)}<figcaption>{say(s.caption)} | {label}: {say(s.credit)}</figcaption></figure>"
    ),
    "figcaption sign": lambda s, label: (
        f"<figure>{img(s)}<figcaption>{say(s.caption)} © {say(s.credit)}</figcaption></figure>"
    ),
    "credit span": lambda s, label: (
        f"<figure class='img'><a href='{s.src}'>{img(s)}</a><figcaption><span class='caption'>{say(s.caption)}</span> <span class='credit'>{say(s.credit)}</span></figcaption></figure>"
    ),
    "credit label span": lambda s, label: (
        f"<figure>{img(s)}<figcaption><p>{say(s.caption)}</p><small class='figure__credit'>{label}: {say(s.credit)}</small></figcaption></figure>"
    ),
    "cite": lambda s, label: (
        f"<figure>{img(s)}<figcaption>{say(s.caption)} <cite>{label}: {say(s.credit)}</cite></figcaption></figure>"
    ),
    "image by": lambda s, label: (
        f"<figure>{img(s)}<figcaption>{say(s.caption)} <em>(Image credit: {say(s.credit)})</em></figcaption></figure>"
    ),
    "shortcode": lambda s, label: (
        f'<div id="attachment_77" style="width:610px" class="wp-caption alignnone"><img class="size-full" src="{s.src}" alt="{escape(s.alt)}"><p id="caption-attachment-77" class="wp-caption-text">{both(s)}</p></div>'
    ),
    "gallery list": lambda s, label: (
        f'<div class="gallery"><dl class="gallery-item"><dt class="gallery-icon">{img(s)}</dt><dd class="wp-caption-text gallery-caption">{both(s)}</dd></dl></div>'
    ),
    "paragraph after": lambda s, label: f"<p>{img(s)}</p><p>{both(s)}</p>",
    "same paragraph": lambda s, label: f"<p>{img(s)}<br>{both(s)}</p>",
    "italics after": lambda s, label: (
        f"<p style='text-align:center'><a href='{s.src}'>{img(s)}</a></p><p><em>{both(s)}</em></p>"
    ),
    "small after": lambda s, label: (
        f"<div>{img(s)}</div><div><small>{say(s.caption)} {label}: {say(s.credit)}</small></div>"
    ),
    "media field": lambda s, label: (
        f'<div class="media media--type-image"><div class="field field--name-field-media-image">{img(s)}</div><div class="field field--name-field-caption">{say(s.caption)}</div><div class="field field--name-field-credit">{say(s.credit)}</div></div>'
    ),
    "picture element": lambda s, label: (
        f'<figure><picture><source srcset="{s.src}?w=400 400w" type="image/webp">{img(s)}</picture><figcaption>{both(s)}</figcaption></figure>'
    ),
    "lazy": lambda s, label: (
        f'<figure><img class="lazy" src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" data-src="{s.src}" alt="{escape(s.alt)}"><noscript>{img(s)}</noscript><figcaption>{both(s)}</figcaption></figure>'
    ),
    "inset": lambda s, label: (
        f'<div class="captioned-image-container"><figure><a class="image-link" href="{s.src}"><div class="image2-inset"><picture>{img(s)}</picture></div></a><figcaption class="image-caption">{both(s)}</figcaption></figure></div>'
    ),
    "card": lambda s, label: (
        f'<figure class="kg-card kg-image-card kg-card-hascaption"><img class="kg-image" loading="lazy" src="{s.src}" alt="{escape(s.alt)}"><figcaption><span style="white-space: pre-wrap;">{both(s)}</span></figcaption></figure>'
    ),
    "table": lambda s, label: (
        f"<table class='image' align='right'><tr><td>{img(s)}</td></tr><tr><td class='caption'>{both(s)}</td></tr></table>"
    ),
    "attributes": lambda s, label: (
        f'<figure><img src="{s.src}" alt="{escape(s.alt)}" data-credit="{escape(s.credit)}"><figcaption>{say(s.caption)}</figcaption></figure>'
    ),
    "two boxes": lambda s, label: (
        f'<div class="ArticleImage"><div class="ArticleImage-media">{img(s)}</div><div class="ArticleImage-caption">{say(s.caption)}</div><div class="ArticleImage-attribution">{say(s.credit)}</div></div>'
    ),
    "with a button": lambda s, label: (
        f"<figure>{img(s)}<button type='button'>Enlarge this image</button><figcaption><div class='caption'><p>{say(s.caption)}</p></div><span class='credit' aria-label='Image credit'>{say(s.credit)}</span></figcaption></figure>"
    ),
    "background credit first": lambda s, label: (
        f"<figure>{img(s)}<span class='photo-credit'>{label}: {say(s.credit)}</span><figcaption>{say(s.caption)}</figcaption></figure>"
    ),
    "label alone": lambda s, label: (
        f"<figure>{img(s)}<figcaption>{say(s.caption)}<span class='credit'><span class='visually-hidden'>Credit</span> {say(s.credit)}</span></figcaption></figure>"
    ),
}

# --- quotations, lists, tables ------------------------------------------------------------------------------------
QUOTES: dict[str, Callable[[str], str]] = {
    "paragraph": lambda text: f"<blockquote><p>{text}</p></blockquote>",
    "bare": lambda text: f"<blockquote>{text}</blockquote>",
    "classed": lambda text: f'<blockquote class="wp-block-quote is-layout-flow"><p>{text}</p></blockquote>',
    "boxed": lambda text: f'<div class="quote-wrapper"><blockquote><div>{text}</div></blockquote></div>',
    "in a figure": lambda text: f'<figure class="wp-block-quote-wrap"><blockquote><p>{text}</p></blockquote></figure>',
}


def rows(content: object) -> list[tuple[str, str]]:
    return [(str(one), str(two)) for one, two in content] if isinstance(content, tuple) else []


def plain_table(content: object) -> str:
    head, *rest = rows(content)
    shown = "".join(f"<tr><td>{one}</td><td>{two}</td></tr>" for one, two in rest)
    return f"<table><thead><tr><th>{head[0]}</th><th>{head[1]}</th></tr></thead><tbody>{shown}</tbody></table>"


TABLES: dict[str, Callable[[object], str]] = {
    "headed": plain_table,
    "cells": lambda c: (
        "<table border='1'>"
        + "".join(f"<tr><td><p>{a}</p></td><td><p>{b}</p></td></tr>" for a, b in rows(c))
        + "</table>"
    ),
    "framed": lambda c: f'<figure class="wp-block-table">{plain_table(c)}</figure>',
    "scrolled": lambda c: f'<div class="table-responsive" tabindex="0">{plain_table(c)}</div>',
    "row heads": lambda c: (
        "<table>" + "".join(f'<tr><th scope="row">{a}</th><td>{b}</td></tr>' for a, b in rows(c)) + "</table>"
    ),
}
LISTS: dict[str, Callable[[str, object], str]] = {
    "plain": lambda tag, c: (
        f"<{tag}>" + "".join(f"<li>{say(str(x))}</li>" for x in (c if isinstance(c, tuple) else ())) + f"</{tag}>"
    ),
    "paragraphs": lambda tag, c: (
        f"<{tag}>"
        + "".join(f"<li><p>{say(str(x))}</p></li>" for x in (c if isinstance(c, tuple) else ()))
        + f"</{tag}>"
    ),
    "linked": lambda tag, c: (
        f"<{tag} class='bullets'>"
        + "".join(
            f"<li aria-level='1'><a href='/register#{n}'>{say(str(x))}</a></li>"
            for n, x in enumerate(c if isinstance(c, tuple) else ())
        )
        + f"</{tag}>"
    ),
}

# --- related pieces -----------------------------------------------------------------------------------------------
DETAILED = "all"
"""What a card shows: its title and address always; "all" adds day, person, type and the summary."""


def _cards(story: Story, form: Callable[[Card, Story], str]) -> str:
    return "".join(form(card, story) for card in story.cards)


def _facts(card: Card, story: Story, tag: str = "p") -> str:
    t = story.tongue
    return f"<{tag}>{t.day(card.day)}</{tag}><{tag}>{t.by} {card.author}</{tag}><{tag}>{say(card.summary)}</{tag}><{tag}>{t.kind}: {card.kind}</{tag}>"


def _teaser(card: Card, story: Story) -> str:
    return f'<div class="teaser"><a class="teaser__image" href="{card.url}"><img src="/t{card.url}.jpg" alt=""></a><h3 class="teaser__title"><a href="{card.url}">{say(card.title)}</a></h3>{_facts(card, story, "div")}</div>'


RELATED: dict[str, tuple[str, Callable[[Story, str], str]]] = {
    "section of articles": (
        DETAILED,
        lambda s, h: (
            f'<section class="related"><h2>{h}</h2>{_cards(s, lambda c, _: f"<article><h3><a href={c.url}>{say(c.title)}</a></h3>{_facts(c, s)}</article>")}</section>'
        ),
    ),
    "heading and list": (
        "titles",
        lambda s, h: f"<h2>{h}</h2><ul>{_cards(s, lambda c, _: f'<li><a href={c.url}>{say(c.title)}</a></li>')}</ul>",
    ),
    "heading and list with facts": (
        DETAILED,
        lambda s, h: (
            f"<h3>{h}</h3><ul>{_cards(s, lambda c, _: f'<li><a href={c.url}>{say(c.title)}</a>{_facts(c, s)}</li>')}</ul>"
        ),
    ),
    "teasers": (
        DETAILED,
        lambda s, h: (
            f'<div class="view view-related"><h2 class="block-title">{h}</h2><div class="view-content">{_cards(s, _teaser)}</div></div>'
        ),
    ),
    "unclassed teasers": (
        DETAILED,
        lambda s, h: f"<div><div><h3>{h}</h3></div><div>{_cards(s, _teaser)}</div></div>",
    ),
    "paragraph of links": (
        "titles",
        lambda s, h: (
            f"<p><strong>{h}:</strong> {' | '.join(f'<a href={c.url}>{say(c.title)}</a>' for c in s.cards)}</p>"
        ),
    ),
    "bold line and paragraphs": (
        "titles",
        lambda s, h: f"<p><b>{h}</b></p>{_cards(s, lambda c, _: f'<p><a href={c.url}>{say(c.title)}</a></p>')}",
    ),
    "bold line and list": (
        "titles",
        lambda s, h: (
            f"<p><strong>{h}:</strong></p><ul>{_cards(s, lambda c, _: f'<li><a href={c.url}>{say(c.title)}</a></li>')}</ul>"
        ),
    ),
    "aside": (
        "titles",
        lambda s, h: (
            f"<aside><h4>{h}</h4><ol>{_cards(s, lambda c, _: f'<li><a href={c.url}>{say(c.title)}</a></li>')}</ol></aside>"
        ),
    ),
    "nav": (
        "titles",
        lambda s, h: (
            f"<nav aria-label='{h}'><h2>{h}</h2><ul>{_cards(s, lambda c, _: f'<li><a href={c.url}>{say(c.title)}</a></li>')}</ul></nav>"
        ),
    ),
    "links around cards": (
        DETAILED,
        lambda s, h: (
            f'<section><header><h2>{h}</h2></header><div class="grid">{_cards(s, lambda c, _: f"<a class=card href={c.url}><div><h3>{say(c.title)}</h3>{_facts(c, s)}</div></a>")}</div></section>'
        ),
    ),
    "sibling boxes": (
        DETAILED,
        lambda s, h: (
            f"<h2>{h}</h2>{_cards(s, lambda c, _: f'<div><h3><a href={c.url}>{say(c.title)}</a></h3>{_facts(c, s)}</div>')}"
        ),
    ),
    "sibling headings": (
        DETAILED,
        lambda s, h: (
            f"<h2>{h}</h2>{_cards(s, lambda c, _: f'<h3><a href={c.url}>{say(c.title)}</a></h3>{_facts(c, s)}')}"
        ),
    ),
    "table": (
        "titles",
        lambda s, h: (
            f"<h3>{h}</h3><table>{_cards(s, lambda c, _: f'<tr><td>{s.tongue.day(c.day)}</td><td><a href={c.url}>{say(c.title)}</a></td></tr>')}</table>"
        ),
    ),
    "definition list": (
        "titles",
        lambda s, h: (
            f"<div class='related-content'><h3>{h}</h3><dl>{_cards(s, lambda c, _: f'<dt><a href={c.url}>{say(c.title)}</a></dt><dd>{say(c.summary)}</dd>')}</dl></div>"
        ),
    ),
}

# --- the credit, the licence ----------------------------------------------------------------------------------------
NOTES: dict[str, tuple[str, Maker]] = {
    "italics at the end": ("end", lambda s: f"<p><em>{say(s.sentence)}</em></p>"),
    "plain at the end": ("end", lambda s: f"<p>{say(s.sentence)}</p>"),
    "small in a box": ("end", lambda s: f"<div class='article-note'><small>{say(s.sentence)}</small></div>"),
    "after a rule": ("end", lambda s: f"<hr><p><i>{say(s.sentence)}</i></p>"),
    "headed": ("end", lambda s: f"<h4>{s.tongue.note}</h4><p>{say(s.sentence)}</p>"),
    "labelled": ("end", lambda s: f"<p><strong>{s.tongue.note}:</strong> {say(s.sentence)}</p>"),
    "linked": (
        "end",
        lambda s: (
            f"<p><em>{say(s.sentence).replace(s.derived[1], f'<a href=https://elsewhere.example/>{s.derived[1]}</a>')}</em></p>"
        ),
    ),
    "note at the top": ("top", lambda s: f"<p><em>{s.tongue.note}: {say(s.sentence)}</em></p>"),
    "box at the top": (
        "top",
        lambda s: f"<div class='editors-note'><p><b>{s.tongue.note}</b></p><p>{say(s.sentence)}</p></div>",
    ),
    "bare italics at the top": ("top", lambda s: f"<p><i>{say(s.sentence)}</i></p>"),
    "aside at the top": ("top", lambda s: f"<aside class='note'><p>{say(s.sentence)}</p></aside>"),
    "footer": ("end", lambda s: f"<footer><p>{say(s.sentence)}</p></footer>"),
    "in brackets": ("end", lambda s: f"<p>[{say(s.sentence)}]</p>"),
}
LICENCES: dict[str, Maker] = {
    "rel": lambda s: f"<p>{s.tongue.licensed.format(f'<a rel=license href={s.licence}>Creative Commons</a>')}</p>",
    "plain link": lambda s: (
        f"<p class='licence'>{s.tongue.licensed.format(f'<a href={s.licence}>Creative Commons</a>')}</p>"
    ),
    "badge": lambda s: (
        f'<div class="license-box"><a rel="license" href="{s.licence}"><img alt="Creative Commons License" src="/cc.png" width="88" height="31"></a><br>{s.tongue.licensed.format("Creative Commons")}</div>'
    ),
    "words": lambda s: f"<p>{s.tongue.licensed.format('CC ' + s.licence.split('/')[4].upper() + ' 4.0')}</p>",
}
