"""Web pages: the article and nothing around it, nothing hidden, facts from the head."""

import time
from datetime import date

import pytest

from qa.errors import UnreadableDocument
from qa.reading import read_bytes

STORY = (
    "<p>The harbour reopened on Monday after a week of repairs, the mayor told visitors at noon.</p>"
    "<p>Divers had replaced the northern gate, and the ships outside came in one after the other.</p>"
    "<p>The board expects the southern gate to be replaced before the winter storms begin.</p>"
)


def read(page: str | bytes, filename: str = "a.html"):
    data = page if isinstance(page, bytes) else page.encode()
    return read_bytes(data, filename=filename, source=filename, max_mb=1)[0]


def page(body: str, head: str = "") -> str:
    return f"<!doctype html><html><head>{head}</head><body>{body}</body></html>"


AROUND = {
    "menu": "<nav><a href=/>Home page</a> <a href=/n>News desk</a></nav>",
    "comment form": "<div id=respond class=comment-respond><h3>Leave a Reply</h3><form><label>Name</label>Your email address "
    "will not be published.</form></div>",
    "archive": "<aside class=widget><h3>Posts by Month</h3><ul><li><a href=/3>March 2024</a></ul></aside>",
    "comments": "<section id=comments><p>Ben wrote: what a mess this harbour is, I never saw such a thing in my life.</p></section>",
    "footer": "<footer><p>Copyright 2024 Coast Daily</p></footer>",
    "script": "<script>var words = 'scripted words';</script><style>p {color: red}</style><noscript>Enable scripts</noscript>",
    "cookies": "<div class='cookie-banner'>We use cookies to improve your visit.</div>",
    "share": "<ul class='share-buttons'><li>Facebook<li>Twitter</ul>",
}


@pytest.mark.parametrize(
    "layout",
    [
        "<article>{}</article>",
        "<main>{}</main>",
        "<div class='no-sidebar content'>{}</div>",
        "<form id=page>{}</form>",
        "<table><tr><td>{}</td></tr></table>",
    ],
)
def test_article_when_a_site_stands_around_it_then_only_the_article_is_text(layout):
    document = read(page("".join(AROUND.values()) + layout.format("<h1>Harbour open again</h1>" + STORY) + "".join(AROUND.values())))
    assert [part in document.text for part in ("reopened on Monday", "northern gate", "winter storms")] == [True] * 3
    for words in (
        "Home page",
        "News desk",
        "Leave a Reply",
        "email address",
        "Posts by Month",
        "March 2024",
        "Ben wrote",
        "Copyright",
        "scripted",
        "Enable",
        "cookies",
        "Facebook",
        "color",
    ):
        assert words not in document.text
    assert document.skipped == () and document.title == "Harbour open again"


@pytest.mark.parametrize(
    "hidden",
    [
        "<p style='display: none'>SECRET</p>",
        "<p style='visibility:hidden'>SECRET</p>",
        "<p hidden>SECRET</p>",
        "<p aria-hidden=true>SECRET</p>",
        "<!-- SECRET -->",
        "<p class=ghost>SECRET</p>",
        "<p id=ghost2>SECRET</p>",
        "<span style='font-size:0px'>SECRET</span>",
        "<p style='color:#FFF'>SECRET</p>",
        "<div style='background:white'><p style='color: white'>SECRET</p></div>",
        "<p style='position:absolute;left:-9999px'>SECRET</p>",
        "<template>SECRET</template>",
        "<p style='opacity:0'>SECRET</p>",
    ],
)
def test_text_when_no_reader_sees_it_then_it_is_left_out_and_its_surroundings_stay(hidden):
    style = "<style>.ghost, #ghost2 { display:none } @media print { p { display:none } } .seen { color: #000 }</style>"
    document = read(page(f"<article>{STORY}{hidden} Tail of it.{STORY.replace('harbour', 'port')}</article>", style))
    assert "SECRET" not in document.text and "harbour reopened" in document.text and "port reopened" in document.text
    assert "Tail of it." in document.text


@pytest.mark.parametrize(
    "shown",
    [
        "<div style='background:#000'><p style='color:white'>SHOWN</p></div>",
        "<p style='opacity:0.9'>SHOWN</p>",
        "<p style='color:#ffe'>SHOWN</p>",
        "<p class=printed>SHOWN</p>",
    ],
)
def test_text_when_a_style_only_looks_like_hiding_then_it_stays(shown):
    style = "<style>@media print { .printed { display:none } }</style>"
    assert "SHOWN" in read(page(f"<article>{STORY}{shown}</article>", style)).text


def test_blocks_when_joined_then_headings_lists_tables_and_line_breaks_keep_their_shape():
    body = (
        "<h1>Harbour</h1>"
        + STORY
        + "<h2>Figures</h2><ul><li>First <b>item</b><li>Second</ul><table><tr><th>Year<th>Ships<tr><td>2023<td>1,400</table>"
        "<p>One<br>two</p>"
    )
    lines = read(page(f"<article>{body}</article>")).text.split("\n\n")
    assert lines[0] == "Harbour" and lines[4:] == ["Figures", "- First item", "- Second", "Year | Ships", "2023 | 1,400", "One\ntwo"]


def test_menu_when_longer_than_the_article_then_still_no_text():
    menu = "<div class=main-menu>" + "".join(f"<a href=/{n}>Section number {n}</a> " for n in range(80)) + "</div>"
    document = read(page(f"{menu}<nav>{'Words of a menu. ' * 40}</nav><div><h1>Harbour</h1><p>It is open.</p></div>"))
    assert document.text == "Harbour\n\nIt is open."


def test_page_when_short_then_its_text_is_not_lost():
    assert read("<p>One short sentence.</p>").text == "One short sentence."


def test_facts_when_the_page_gives_json_ld_then_it_wins_and_a_change_is_no_publication():
    ld = (
        '{"@context":"x","@graph":[{"@type":"WebSite","name":"no"},{"@type":["OpinionNewsArticle"],"headline":"Gate & '
        'tide","datePublished":"2024-03-05T23:30:00-05:00",'
        '"dateModified":"2025-01-01","author":[{"name":"Ada Moss"},{"name":"Ben Lark"}],"publisher":{"name":"Coast Daily"}}]}'
    )
    head = f'<script type="application/ld+json">{ld}</script><meta property="og:title" content="Other"><meta name=date content=2020-01-01>'
    document = read(page(f"<article>{STORY}</article>", head))
    assert (document.title, document.author, document.outlet, document.kind) == (
        "Gate & tide",
        "Ada Moss, Ben Lark",
        "Coast Daily",
        "commentary",
    )
    assert (document.published, document.published_precision) == (date(2024, 3, 5), "day")


@pytest.mark.parametrize(
    "head, body, day",
    [
        (
            '<meta property="article:published_time" content="2024-03-05T09:00:00Z"><meta property="article:modified_time" '
            'content="2025-01-01">',
            "",
            date(2024, 3, 5),
        ),
        ('<meta property="article:modified_time" content="2025-01-01">', "", None),
        ("", "<time datetime=2024-03-05>5 March</time>", date(2024, 3, 5)),
        ("", "<time datetime=2024-03-05>a</time><time datetime=2024-03-06>b</time>", None),
        ("", "<time datetime=2024-03-06>b</time><time itemprop=datePublished datetime=2024-03-05>a</time>", date(2024, 3, 5)),
        ("", "<time itemprop=dateModified datetime=2024-03-06>b</time>", None),
        ("", "<p>Published: 5 March 2024</p>", date(2024, 3, 5)),
        ('<script type="application/ld+json">{broken</script>', "", None),
    ],
)
def test_date_when_the_page_gives_it_then_only_a_date_of_publication_counts(head, body, day):
    assert read(page(f"<article>{body}{STORY}</article>", head)).published == day


def test_title_when_the_outlet_is_part_of_it_then_it_is_taken_off():
    head = "<title>Harbour open – Coast Daily</title><meta property='og:site_name' content='Coast Daily'>"
    document = read(page(STORY, head))
    assert (document.title, document.outlet) == ("Harbour open", "Coast Daily")


@pytest.mark.parametrize("declared, encoding", [("windows-1251", "cp1251"), ("iso-8859-2", "iso-8859-2")])
def test_encoding_when_declared_then_followed(declared, encoding):
    words = "Гавань открыта после ремонта." if encoding == "cp1251" else "Żółta łódź wróciła do portu."
    assert words in read(page(f"<p>{words}</p>", f"<meta charset={declared}>").encode(encoding)).text


def test_page_when_deeply_nested_then_read_whole_or_refused_but_never_cut():
    deep = page("<div>" * 1500 + "<p>Deep down.</p>" + "</div>" * 1500 + "<p>Up again.</p>")
    assert read(deep).text == "Deep down.\n\nUp again."
    with pytest.raises(UnreadableDocument, match="nested"):
        read(page("<div>" * 5000 + "x"))


def test_page_when_it_has_characters_that_xml_forbids_then_the_rest_is_read():
    assert read(page("<p>He &#1; came &#11; in.</p><nav>menu</nav>&#2; tail &#xD800;.")).text.startswith("He came in.")


@pytest.mark.parametrize(
    "empty", ["<html><body></body></html>", "<script>x</script>", "<!-- only a comment -->", "<nav>Home</nav><p hidden>x</p>"]
)
def test_page_when_it_has_no_text_then_refused(empty):
    with pytest.raises(UnreadableDocument) as caught:
        read(empty)
    assert caught.value.hint


def test_page_when_read_twice_then_the_same():
    assert read(page(STORY)) == read(page(STORY))


def test_page_when_its_styles_are_endless_then_still_read_quickly():
    began = time.perf_counter()
    assert "winter storms" in read(page(STORY, f"<style>{'@media /* ' * 50_000}{'a ' * 100_000}</style>")).text
    assert time.perf_counter() - began < 5
