"""What the page shows of texts from outside: every character, and no markup."""

import html
import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from web_attacks import ATTACKS
from web_helpers import Parsed, answered, document, statement

import qa
from qa.records import Disagreement, Figure, Silent, TimelineEvent, Withheld
from qa.web_page.answers import conversation
from qa.web_page.escaping import text
from qa.web_page.listing import report, table, welcome
from qa.web_page.reader import AROUND, reader
from qa.web_page.times import timeline_page



OURS = set("""article b blockquote button caption circle details div figcaption figure form g h2 h3 header input label li line mark ol p
    progress q rect section span strong summary svg table tbody td text th thead title tr ul""".split())


@given(st.text())
@settings(deadline=None, max_examples=200)
def test_text_when_read_back_then_the_same_characters_and_no_markup(value):
    shown = text(value)
    assert not set("<>\"'") & set(shown)
    assert html.unescape(shown) == value.replace("\0", "\N{REPLACEMENT CHARACTER}")


def test_text_when_a_lone_surrogate_is_in_it_then_the_page_can_still_be_sent():
    assert text("a\ud800b").encode("utf-8").decode() == "a\N{REPLACEMENT CHARACTER}b"


@pytest.mark.parametrize("attack", ATTACKS)
def test_pages_when_everything_in_them_is_an_attack_then_no_tag_or_handler_comes_of_it(attack):
    figures = (Figure(value=3, text=attack, unit=attack, counted=attack + " hurt"),)
    evil = statement(attack + " and more", 0, len(attack), voice="named", answering=(1, len(attack) - 1), speaker=attack, via=attack, said_on=attack, figures=figures)
    source = document(attack, title=attack, outlet=attack, author=attack, skipped=((0, 1),))
    exchange = replace(
        answered(evil, replace(evil), lead=attack, notes=(attack,), withheld=(Withheld(statement=evil, reason=attack),), silent=(Silent(document="1", name=attack, title=attack),),
                 disagreements=(Disagreement(about=attack, how=attack, sides=((0,),)),)),
        question=attack, note=attack)
    nothing = replace(answered(related=evil.citations), question=attack)
    event = TimelineEvent(date="2031-05-04", precision="day", words=attack, basis="event", statement=evil, worked_out=True)
    pages = [conversation([exchange, nothing]), conversation([nothing], editing=True), reader(source, 1, len(attack)), table([source]),
             welcome([attack], documents=3), report([], waiting=attack), timeline_page(attack, [event]), timeline_page(attack, [])]
    for shown in pages:
        parsed = Parsed(shown)
        assert set(parsed.tags) <= OURS
        assert not [name for name in parsed.attributes if name.startswith("on") or name in ("href", "src", "style", "srcdoc")]
        assert " ".join(attack.split())[:20] in " ".join(parsed.text.split())


@given(st.text(min_size=1, max_size=300), st.data())
@settings(deadline=None, max_examples=100)
def test_reader_when_a_place_is_marked_then_the_mark_holds_exactly_those_characters_and_the_rest_is_whole(content, data):
    start = data.draw(st.integers(0, len(content) - 1))
    end = data.draw(st.integers(start + 1, len(content)))
    skip = sorted((data.draw(st.integers(0, len(content))), data.draw(st.integers(0, len(content)))))
    shown = reader(document(content, skipped=(tuple(skip),)), start, end)
    assert shown.count("<mark") == 1
    parsed = Parsed(shown)
    assert parsed.marked == content[start:end].replace("\0", "\N{REPLACEMENT CHARACTER}")
    assert parsed.text.endswith(content.replace("\0", "\N{REPLACEMENT CHARACTER}"))


def test_reader_when_the_document_is_long_then_only_the_surroundings_are_sent_and_the_mark_is_among_them():
    content = "a" * 300_000 + "HERE" + "b" * 300_000
    shown = reader(document(content), 300_000, 300_004)
    assert Parsed(shown).marked == "HERE"
    assert len(shown) < 3 * AROUND
    assert shown.count("are not shown") == 2


@pytest.mark.parametrize("place", [(5, 2), (-1, 3), (0, 99), (3, 3)])
def test_reader_when_the_place_is_outside_the_text_then_nothing_is_marked(place):
    assert "<mark" not in reader(document("short text"), *place)


@pytest.mark.parametrize("theme", [":root", ".dark"])
def test_colours_when_text_stands_on_its_ground_then_the_contrast_is_at_least_that_of_level_aa(theme):
    style = (Path(qa.__file__).parent / "web_page" / "style.css").read_text(encoding="utf-8")
    colours = dict(re.findall(r"--qa-([\w-]+): (#[0-9a-f]{6})", style[style.index(theme + " {"):].split("}")[0]))
    pairs = [(text, ground) for text in ("text", "soft", "accent", "warn") for ground in ("page", "card")]
    pairs += [(voice, voice + "-bg") for voice in ("named", "document", "unnamed")] + [("text", "mark"), ("on-accent", "accent")]
    for text_colour, ground in pairs:
        assert contrast(colours[text_colour], colours[ground]) >= 4.5, (theme, text_colour, ground)


def contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG 2.2, 1 to 21, of two colours as #rrggbb."""
    def luminance(colour: str) -> float:
        parts = [int(colour[at:at + 2], 16) / 255 for at in (1, 3, 5)]
        red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)
