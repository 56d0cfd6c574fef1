"""The terminal's colours: voices and disagreements, only where the terminal has colour, and nothing of it from a document."""

import io

import pytest

from qa.colours import BOLD, DIFFER, RESET, VOICES, to_terminal, wanted
from qa.records import Answer, Citation, Disagreement, Statement
from qa.render import marked, to_text


class Terminal(io.StringIO):
    def isatty(self):
        return True


def said(number, quote, voice, speaker=""):
    citation = Citation(marker=number, document=f"d{number}", name=f"d{number}.txt", source="s", start=0, end=len(quote), quote=quote, verified=True)
    return Statement(text=f"{speaker or 'It'} says: “{quote}”", citations=(citation,), voice=voice, speaker=speaker)


STATEMENTS = (said(1, "12 boats sank", "named", "Mira Stolz"), said(2, "14 boats sank", "unnamed"), said(3, "Boats \x1b[31msank", "document"))
DIFFERENCE = Disagreement(about="boats", sides=((0,), (1,)), how="12 (Mira Stolz) against 14")
TEXT = "Newest first.\nSources differ on boats: 12 (Mira Stolz) against 14. [1] against [2]\n" + "\n".join(
    f"{statement.text} [{n}]" for n, statement in enumerate(STATEMENTS, 1))
ANSWER = Answer(question="q", searched_for="q", status="answered", text=TEXT, statements=STATEMENTS, disagreements=(DIFFERENCE,), lead="Newest first.")


@pytest.mark.parametrize(("stream", "environment", "expected"), [
    (Terminal(), {}, True), (io.StringIO(), {}, False), (Terminal(), {"NO_COLOR": "1"}, False), (Terminal(), {"NO_COLOR": ""}, True),
    (Terminal(), {"TERM": "dumb"}, False), (Terminal(), {"TERM": "xterm"}, True)])
def test_wanted_when_the_terminal_or_the_user_says_no_then_there_is_no_colour(stream, environment, expected):
    assert wanted(stream, environment) is expected


def test_terminal_when_there_is_no_colour_then_it_is_the_plain_text():
    assert to_terminal(ANSWER, colour=False) == to_text(ANSWER) and "\x1b" not in to_text(ANSWER)


def test_terminal_when_there_is_colour_then_each_voice_and_the_difference_have_their_own():
    lines = to_terminal(ANSWER, colour=True).split("\n")
    named, unnamed = (next(line for line in lines if text in line) for text in ("12 boats sank", "14 boats sank"))
    differ = next(line for line in lines if "Sources differ" in line)
    assert named.startswith(VOICES["named"]) and unnamed.startswith(VOICES["unnamed"]) and differ.startswith(DIFFER)
    assert all(line.endswith(RESET) for line in (named, unnamed, differ))
    assert len({VOICES["named"], VOICES["unnamed"], VOICES["document"], DIFFER}) == 4


def test_terminal_when_a_document_holds_terminal_codes_then_only_our_own_remain():
    text = to_terminal(ANSWER, colour=True)
    assert "\x1b[31m" not in text and "Boats �[31msank" in text


def test_to_terminal_when_words_answer_then_just_they_are_bold_and_the_line_goes_on_in_its_colour():
    citation = Citation(marker=1, document="d", name="n", source="s", start=0, end=23, quote="In all, 14 cables tore.", verified=True)
    statement = Statement(text="Mira Stolz: “In all, 14 cables tore.”", citations=(citation,), voice="named", speaker="Mira Stolz", answering=(8, 10))
    answer = Answer(question="How many?", searched_for="How many?", status="answered", text=marked(statement), statements=(statement,))
    assert f"{VOICES['named']}Mira Stolz: “In all, {BOLD}14{RESET}{VOICES['named']} cables tore.” [1]{RESET}" in to_terminal(answer, colour=True)
    assert "\x1b" not in to_terminal(answer, colour=False)
