"""Notices: one letter to one address, with one link. Called by ``letters``.

The only personal value is the address itself. A name is never printed: who signs somebody else up could write an
advertisement there, and we would deliver it.
"""

from __future__ import annotations

import jinja2
from lxml import html as lxml_html

from syndicate.domain.digest import Digest
from syndicate.domain.errors import SealRefused
from syndicate.domain.notice import NoticeDraft, NoticeKind
from syndicate.domain.site import Site
from syndicate.domain.subscriber import Subscriber, carries_control
from syndicate.render.anatomy import foreign
from syndicate.render.fragments import plain, web_link
from syndicate.render.inline import inline
from syndicate.render.sight import Sight
from syndicate.render.stylesheet import Styles
from syndicate.render.words import direction, words_for


def write(
    templates: jinja2.Environment, site: Site, kind: NoticeKind, digest: Digest, to: Subscriber, link: str
) -> NoticeDraft:
    """A finished notice; raises ``SealRefused`` where its link would not be seen."""
    document = f"notice {kind.value} to subscriber {to.id}"
    if carries_control(to.address):
        raise SealRefused(document, ("the address carries control characters",))
    language = to.language or digest.language
    words = words_for(language)
    values = {
        "words": words,
        "language": language,
        "direction": direction(language),
        "title": plain(digest.title),
        "site": plain(site.title),
        "address": to.address,
        "link": link,
        "postal_address": plain(site.postal_address),
        "contact": plain(site.contact),
    }
    html = inline(templates.get_template(f"notice/{kind.value}.html.j2").render(values), document)
    text = templates.get_template(f"notice/{kind.value}.txt.j2").render(values)
    _check(document, html, text, link)
    return NoticeDraft(
        kind=kind,
        subscriber=to.id,
        address=to.address,
        subject=words.confirm_subject.format(digest=plain(digest.title)),
        html=html,
        text=text,
    )


def _check(document: str, html: str, text: str, link: str) -> None:
    parser = lxml_html.HTMLParser(encoding="utf-8", huge_tree=True, no_network=True)
    root = lxml_html.document_fromstring(html.encode(), parser=parser)
    findings = list(foreign(root))
    if not web_link(link):
        findings.append(f"the link {link!r} is not one a reader can open")
    if not findings:
        styles = Styles(root)
        views = [frozenset[str](), *(frozenset({condition}) for condition in styles.conditions)]
        unseen = [view for view in views if link not in Sight(styles, view).look(root).links]
        findings += [f"the link is not visible in HTML {' '.join(sorted(view))}".strip() for view in unseen]
    if link not in text.split("\n"):
        findings.append("the link does not stand alone on a line of the text")
    if findings:
        raise SealRefused(document, tuple(findings))
