"""Somebody's HTML comes out safe, absolute and readable."""

from __future__ import annotations

import pytest
from lxml import html

from syndicate.collect.clean import safe_html, words_of
from syndicate.markup.page import Page, parse_page

URL = "https://quay.example/2026/salt"


def cleaned(source: str) -> str:
    page = parse_page(f"<div>{source}</div>", URL)
    body = next(iter(page.root.iter("body")))
    return safe_html(Page(url=URL, root=page.root), body)


@pytest.mark.parametrize(
    ("source", "safe"),
    [
        ("<p onclick=x()>Salt</p>", "<p>Salt</p>"),
        ("<p><a href='javascript:x()'>Salt</a></p>", "<p>Salt</p>"),
        ("<p><a href=' JaVaScRiPt:x()'>Salt</a></p>", "<p>Salt</p>"),
        ("<p><a href='/port?a=1&b=2'>Port</a></p>", '<p><a href="https://quay.example/port?a=1&amp;b=2">Port</a></p>'),
        ("<p><a href='#note'>Note</a></p>", "<p>Note</p>"),
        ("<p><a href='mailto:desk@quay.example'>Desk</a></p>", '<p><a href="mailto:desk@quay.example">Desk</a></p>'),
        ("<p>Salt<script>x()</script></p>", "<p>Salt</p>"),
        ("<p style='color:red' class=x id=y>Salt</p>", "<p>Salt</p>"),
        ("<p>Salt</p><iframe src='https://a.example/'></iframe>", "<p>Salt</p>"),
        ("<svg><a xlink:href='javascript:x()'>Salt</a></svg>", ""),
        ("<h1>Salt</h1><h5>Sand</h5>", "<h2>Salt</h2><h4>Sand</h4>"),
        ("<b>Salt</b> <i>sand</i>", "<p><strong>Salt</strong> <em>sand</em></p>"),
        ("<div>Salt</div><div>Sand</div>", "<p>Salt</p><p>Sand</p>"),
        ("Salt<p>Sand</p>and <em>silt</em> too", "<p>Salt</p><p>Sand</p><p>and <em>silt</em> too</p>"),
        ("<p>&nbsp;</p><p></p><p>Salt</p>", "<p>Salt</p>"),
        ("<p>Salt\n   and\tsand</p>", "<p>Salt and sand</p>"),
        ("<pre>a\n  b</pre>", "<pre>a\n  b</pre>"),
        ("<img src='/a.jpg' width=600 height=auto>", '<p><img src="https://quay.example/a.jpg" width="600"></p>'),
        ("<p>Salt</p><img src='/p.gif' width='1' height='1px'>", "<p>Salt</p>"),
        ("<p>Salt</p><img src='data:image/png;base64,AAAA'>", "<p>Salt</p>"),
        ("<p>Salt</p><!-- note --><?php x ?>", "<p>Salt</p>"),
        (
            "<table><tr><td colspan=2 bgcolor=red>Salt</td></tr></table>",
            '<table><tbody><tr><td colspan="2">Salt</td></tr></tbody></table>',
        ),
    ],
)
def test_what_goes_in_and_what_comes_out(source: str, safe: str) -> None:
    assert cleaned(source) == safe


@pytest.mark.parametrize(
    "probe",
    [
        "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
        "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
        "<svg></p><style><a id='</style><img src=1 onerror=alert(1)>'>",
        "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
        "<a href='https://a.example/\" onmouseover=\"x()'>Salt</a>",
        "<p><![CDATA[<img src=x onerror=alert(1)>]]></p>",
    ],
)
def test_probes_of_mutation_leave_no_active_mark_up(probe: str) -> None:
    again = html.fromstring(f"<div>{cleaned(probe)}</div>")

    assert not [name for element in again.iter() for name in element.attrib if str(name).startswith("on")]
    assert {element.tag for element in again.iter()} <= {"div", "p", "a", "img", "em", "table", "tbody", "tr", "td"}


def test_words_are_paragraphs_and_leave_pictures_out() -> None:
    figure = "<figure><img src='https://a.example/x'><figcaption>Three</figcaption></figure>"
    safe = f"<h2>Salt</h2><p>One <em>two</em>.</p>{figure}<p>Four.</p>"

    assert words_of(safe) == ("Salt\n\nOne two.\n\nFour.", ("Salt",))
