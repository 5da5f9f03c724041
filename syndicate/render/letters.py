"""The letter press: editions become sealed letters, and a request to subscribe becomes a notice.

Wired as the ``LetterRoom`` of ``flows.house``. For an edition: templates with tokens in place of what differs per
reader, styles inlined once, cut into frame and segments, and then the seal, which reads the result afresh. Equal
arguments give equal bytes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from markupsafe import Markup

from syndicate.domain.digest import Digest, Edition
from syndicate.domain.errors import SealRefused
from syndicate.domain.item import Item
from syndicate.domain.letter import ADDRESS, LEAVE, TOKEN_MARK, Frame, SealedEdition, Segment
from syndicate.domain.notice import NoticeDraft, NoticeKind
from syndicate.domain.site import Site
from syndicate.domain.subscriber import Subscriber
from syndicate.render import cutting, notices
from syndicate.render.environment import environment
from syndicate.render.fragments import plain, web_link
from syndicate.render.inline import inline
from syndicate.render.seal import Expected, Parts, close
from syndicate.render.views import ItemView, LetterView, item_view, letter_view
from syndicate.render.words import words_for


class LetterPress:
    """Renders, inlines and seals. ``templates`` is the operator's folder of overrides, if any."""

    def __init__(self, site: Site, templates: Path | None = None) -> None:
        """Templates are read when first used and kept."""
        self._site = site
        self._templates = environment(templates)

    def seal(self, edition: Edition, digest: Digest, items: Sequence[Item]) -> SealedEdition:
        """One sealed letter; raises ``SealRefused`` where the finished bytes lack what they must carry."""
        document = f"edition {edition.id} ({digest.language})"
        if not items:
            raise SealRefused(document, ("it has no items",))
        view = letter_view(edition, digest, items, self._site)
        shown = [item_view(item, digest, self._site) for item in items]
        _refuse_tokens(document, view, shown)
        html = self._html(view, shown, document)
        text = self._text(view, shown, document)
        parts = Parts(
            edition=edition.id,
            language=digest.language,
            frame=_frame(view, html, text),
            segments=tuple(_segment(item, html, text) for item in shown),
            postal_address=view.postal_address,
        )
        return close(parts, [_owed(item) for item in items])

    def notice(self, kind: NoticeKind, digest: Digest, to: Subscriber, link: str) -> NoticeDraft:
        """A finished notice with its one link, in the reader's language where we speak it."""
        return notices.write(self._templates, self._site, kind, digest, to, link)

    def _html(self, view: LetterView, shown: Sequence[ItemView], document: str) -> cutting.Parts:
        template = self._templates.get_template("letter/item.html.j2")
        values = _values(view)
        boxes = (cutting.marked(item.id, template.render(item=item, **values)) for item in shown)
        items = Markup("".join(boxes))  # noqa: S704 - each box is a rendered template
        whole = self._templates.get_template("letter/letter.html.j2")
        rendered = whole.render(items=items, leave=LEAVE, address=ADDRESS, **values)
        return cutting.cut_html(inline(rendered, document), [item.id for item in shown], document)

    def _text(self, view: LetterView, shown: Sequence[ItemView], document: str) -> cutting.Parts:
        template = self._templates.get_template("letter/item.txt.j2")
        values = _values(view)
        items = {item.id: template.render(item=item, **values) for item in shown}
        whole = self._templates.get_template("letter/letter.txt.j2")
        rendered = whole.render(items=cutting.TEXT_GAP, leave=LEAVE, address=ADDRESS, **values)
        return cutting.cut_text(rendered, items, document)


def _values(view: LetterView) -> dict[str, object]:
    return {
        "words": words_for(view.language),
        "letter": view,
        "language": view.language,
        "direction": view.direction,
    }


def _frame(view: LetterView, html: cutting.Parts, text: cutting.Parts) -> Frame:
    return Frame(
        subject=view.subject,
        preheader=view.preheader,
        html_before=html.before,
        html_after=html.after,
        text_before=text.before,
        text_after=text.after,
    )


def _segment(item: ItemView, html: cutting.Parts, text: cutting.Parts) -> Segment:
    return Segment(item=item.id, title=item.title, html=html.items[item.id], text=text.items[item.id])


def _owed(item: Item) -> Expected:
    """What the seal will look for: from the item itself, not from what was rendered."""
    credit = item.excerpt.credit if item.excerpt else item.credit
    link = credit.link and (web_link(credit.link) or credit.link)
    return Expected(item=item.id, publisher=plain(credit.publisher), link=link or None)


def _refuse_tokens(document: str, view: LetterView, shown: Sequence[ItemView]) -> None:
    """A source that writes one of our tokens would print a reader's address into its own text."""
    findings = [f"item {item.id}: its text carries {mark!r}" for item in shown for mark in _marks_in(repr(item))]
    findings += [f"the words around the items carry {mark!r}" for mark in _marks_in(repr(view))]
    if findings:
        raise SealRefused(document, tuple(f"{finding}, which is reserved for readers' values" for finding in findings))


def _marks_in(text: str) -> Iterator[str]:
    return (mark for mark in TOKEN_MARK if mark in text)
