"""Titles and kinds of plain texts: named where the text makes them plain, else left open."""

import pytest

from qa.reading import read_bytes

BODY = "The harbour reopened after a week of repairs. Ships had waited outside the breakwater.\n\nThe mayor thanked the divers."


def read(content: str):
    return read_bytes(content.encode(), filename="a.md", source="a.md", max_mb=1)[0]


@pytest.mark.parametrize(
    "text, title",
    [
        (f"# Harbour open again #\n\n{BODY}", "Harbour open again"),
        (f"Harbour open again\n\n{BODY}", "Harbour open again"),
        (f"Why did it take so long?\n{BODY}", "Why did it take so long?"),
        (f" = Harbour Tales II = \n{BODY}", "Harbour Tales II"),
        (BODY, ""),
        ("Harbour open again", ""),
        ("Alice: Hello there\nBob: Hello to you as well, and more", ""),
        (f"- first item\n\n{BODY}", ""),
        (f"and so it went\n\n{BODY}", ""),
        (f"It ends with a stop.\n\n{BODY}", ""),
    ],
)
def test_title_when_the_first_line_is_a_heading_then_it_is_the_title(text, title):
    assert read(text).title == title


PADDING = "The divers worked in shifts of six hours and the cranes stood still at night. " * 10


@pytest.mark.parametrize(
    "text, kind",
    [
        (f"Opinion: the harbour must open\n\n{PADDING}", "commentary"),
        (f"ANALYSIS\n\nThe harbour\n\n{PADDING}", "commentary"),
        (f"Statement by the harbour board\n\n{PADDING}", "statement"),
        (f"FOR IMMEDIATE RELEASE\n\n{PADDING}", "statement"),
        (f"Thank you all. Madam Speaker, my fellow citizens, the harbour is open. {PADDING}", "statement"),
        (f"{PADDING} I think it was late. We must do better. Put bluntly, it failed. Make no mistake.", "commentary"),
        (
            f"Published: 3 March 2024\n\n{PADDING} The mayor said it was done. According to the board, it cost more. Police "
            f"confirmed the closure. The minister told guests so.",
            "report",
        ),
        (
            f"{PADDING} The mayor said it was done. According to the board, it cost more. Police confirmed the closure. The "
            f"minister told guests so.",
            "unknown",
        ),
        (
            f"Published: 3 March 2024\n\n{PADDING} The mayor said it was done. According to the board, we paid. Police "
            f"confirmed the closure.",
            "unknown",
        ),
        (f"{PADDING} “I think we must act. Put bluntly, it failed. Make no mistake,” the mayor said.", "unknown"),
        (f"{PADDING}", "unknown"),
        ("Ada: I think so.\nBen: We must go, put bluntly.\nAda: Make no mistake.\n" * 10, "unknown"),
        (f"Analysis of water samples\n\n{PADDING}", "unknown"),
    ],
)
def test_kind_when_the_text_makes_it_plain_then_named_else_unknown(text, kind):
    assert read(text).kind == kind
