"""Plain mark-up that is read without a tree is read as it would be with one; what is not plain is not read so."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from syndicate.collect.entries import Entry
from syndicate.collect.fragment import Fragment, fragment_of
from syndicate.collect.fragment_attributes import Odd
from syndicate.collect.fragment_tree import tree_of
from syndicate.collect.quick import _told
from syndicate.credit.detect import read_page
from syndicate.domain.provenance import Provenance
from syndicate.domain.publication import Reading
from tests.fuzz.inputs import text_like
from tests.property.test_collect_quick import LINK, OUTLET, differences, thoroughly

SAMPLES = (
    """<p>The harbour board measured the <a href="/notes/1">depth of the channel</a> before the silt came back &#8211;
or so <em>they</em> say.</p>
<p>&nbsp;</p>
<h2>What the river brings</h2>
<ul>
<li>Salt &amp; sand, which were weighed in the wet spring of 1811.</li>
<li>Silt, every year.</li>
</ul>
<p class="has-text-align-left">Nobody in the lower town remembered who had paid for the <b>old <i>lamp</i></b> above the
gate.</p>""",
    """<p>A ferry captain sold forty metres of chain, against the advice of all the pilots, before the flood came.</p>
<figure class="wp-block-image"><img src="/p/1.jpg" alt="A quay &amp; a boat" width="800" height="600" /><figcaption>The
quay at low tide. (Harbour Archive/Quay Photo)</figcaption></figure><blockquote><p>We never counted the boats,<br />
and we never will, and a&nbsp;boat is a boat.</p></blockquote><p><strong>Nobody</strong> counted
<a href="https://x.example/?a=1&#038;b=2" target="_blank" rel="noopener">the toll</a> that the pilots of the second
boat had asked for, and nobody ever asked what it was for in the first place.</p>""",
)
ODD = (
    "words without a block",
    f"<p>Words {'<em>' * 5000}far inside{'</em>' * 5000} a sentence.</p>",
    "<p>A paragraph that is not closed",
    "<p>One <p>in another</p></p>",
    "<div><p>A box around it.</p></div>",
    "<p>A tag in <B>capitals</B>.</p>",
    "<p>A sign < that is no tag, in a sentence.</p>",
    "<p>A bare & and an unknown &nothing; in a sentence.</p>",
    "<p>A sign that no parser reads as another does: &#150;.</p>",
    '<p style="display:none">Hidden words in a sentence.</p>',
    '<p class="newsletter-signup">Words in a box for readers.</p>',
    '<p lang="de">Worte in einer anderen Sprache.</p>',
    '<p>A <a href="#note">note</a> on the page in a sentence.</p>',
    '<p>A <a href="javascript:x()">link</a> that runs, in a sentence.</p>',
    '<p>A <a href="/x" href="/y">link</a> of two minds, in a sentence.</p>',
    '<p>A link <a href="/x">in <a href="/y">another</a></a> in a sentence.</p>',
    "<p>One line and<br><br>what should be another paragraph.</p>",
    "<p><strong>A heading in disguise</strong></p>",
    '<p><a href="/x">Nothing but a link to another piece</a></p>',
    "<p>An <em></em> empty element in a sentence.</p>",
    '<figure><img src="/p/1.gif" width="1" height="1"><figcaption>A pixel.</figcaption></figure>',
    '<figure><img src="/p/1.jpg" data-src="/p/2.jpg"><figcaption>A late picture.</figcaption></figure>',
    '<figure><img src="/p/1.jpg"></figure>',
    "<ul>loose<li>words</li></ul>",
    "<ul></ul>",
    "<script>x()</script>",
    "<p&nbsp;>A blank that is none in a tag.</p>",
    '<p &#99;lass="x">A letter in disguise in a tag.</p>',
    "<p>A \x0bcontrol in a sentence.</p>",
)


@pytest.mark.parametrize("text", ODD)
def test_what_is_not_plain_is_left_to_others(text: str) -> None:
    with pytest.raises(Odd):
        fragment_of(text, LINK)


@pytest.mark.parametrize("text", SAMPLES)
def test_what_content_systems_write_is_plain(text: str) -> None:
    assert fragment_of(text, LINK).lines


@given(text_like(*SAMPLES), st.sampled_from([(), ("Nobody Known",)]))
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow])
def test_plain_mark_up_gives_what_its_tree_would_give(text: str, authors: tuple[str, ...]) -> None:
    entry = Entry(link=LINK, place="feed entry", title="Salt", html=text, authors=authors)
    try:
        plain = fragment_of(text, LINK)
    except Odd:
        assume(False)
    assert "<script" not in plain.safe
    at_sight = read(entry, plain, None)
    if at_sight is not None:
        thorough = thoroughly(entry)
        told = tuple(each for each in thorough.evidence if each.place != "trafilatura")
        assert differences(at_sight, replace(thorough, evidence=told)) == {}
        found = tree_of(text, LINK, lambda page: read_page(page, OUTLET))
        assert found is None or read(entry, *found) == at_sight


def read(entry: Entry, text: Fragment, own: Provenance | None) -> Reading | None:
    return _told(entry, "Salt", text, own, OUTLET, read_page)
