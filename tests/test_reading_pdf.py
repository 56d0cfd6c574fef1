"""PDF: paragraphs from lines, pages, running lines, and files that cannot be read."""

import io
from datetime import date

import pytest

from qa.errors import DocumentError, UnreadableDocument
from qa.reading import read_bytes


def pdf(*pages: list[str], info: str = "") -> bytes:
    """A PDF with one text line for each string of each page."""
    parts = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{' '.join(f'{5 + 2 * n} 0 R' for n in range(len(pages)))}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        f"<< {info} >>",
    ]
    for number, lines in enumerate(pages):
        stream = "BT /F1 12 Tf 72 720 Td 14 TL " + " ".join(f"({line}) Tj T*" for line in lines) + " ET"
        parts.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F1 3 0 R >> >> /Contents {6 + 2 * number} 0 R >>"
        )
        parts.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
    out, offsets = "%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{part}\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(parts) + 1}\n0000000000 65535 f \n" + "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    return (out + f"trailer\n<< /Size {len(parts) + 1} /Root 1 0 R /Info 4 0 R >>\nstartxref\n{start}\n%%EOF\n").encode("latin-1")


def read(data: bytes):
    return read_bytes(data, filename="a.pdf", source="a.pdf", max_mb=1)[0]


STORY = [
    "The harbour reopened on Monday after a week of repairs, the city said in a state-",
    "ment at noon. Ships had waited outside the break-",
    "water.",
    "",
    "Divers replaced the gate.",
]


def test_pdf_when_lines_are_broken_then_sentences_and_words_are_whole():
    assert read(pdf(STORY)).text == (
        "The harbour reopened on Monday after a week of repairs, the city said in a statement at noon. Ships had waited outside "
        "the breakwater.\n\nDivers replaced the gate."
    )


def test_pdf_when_headings_and_lists_stand_in_it_then_they_keep_their_lines():
    lines = [
        "Harbour open again",
        "The harbour reopened on Monday after a week of repairs that cost more than planned,",
        "as the city had feared. It opened at noon.",
        "- First item",
        "- Second item",
    ]
    document = read(pdf(lines))
    assert document.text.split("\n\n") == ["Harbour open again", lines[1] + " " + lines[2], "- First item", "- Second item"]
    assert document.title == "Harbour open again"


def test_pdf_when_it_has_pages_then_page_starts_point_at_each_and_a_sentence_may_run_on():
    document = read(
        pdf(
            ["The first page ends in the middle of a long sentence that goes on", "1"],
            ["and on over the page. It stops.", "2"],
            [],
            ["The last page.", "4"],
        )
    )
    assert (
        document.text
        == "The first page ends in the middle of a long sentence that goes on and on over the page. It stops.\n\nThe last page."
    )
    starts = document.page_starts
    assert len(starts) == 4 and [document.text[start:].split()[0] for start in (starts[0], starts[1], starts[3])] == ["The", "and", "The"]
    assert list(starts) == sorted(starts)


def test_pdf_when_lines_run_along_all_pages_then_they_are_left_out():
    pages = [
        ["Coast Board report", f"Text of part {word} stands here.", f"Page {n} of 4"]
        for n, word in enumerate(("one", "two", "three", "four"), 1)
    ]
    text = read(pdf(*pages)).text
    assert "Coast Board" not in text and "Page" not in text and text.count("stands here.") == 4


def test_pdf_when_a_page_ends_with_a_figure_then_the_figure_stays():
    assert "1400" in read(pdf(["Ships that came in:", "1400"], ["Ships that left:", "87"])).text


def test_pdf_when_its_fields_tell_then_title_and_author_but_never_the_file_date():
    document = read(pdf(STORY, info="/Title (Harbour report) /Author (Ada Moss) /CreationDate (D:20250101120000Z)"))
    assert (document.title, document.author, document.published) == ("Harbour report", "Ada Moss", None)
    assert read(pdf(STORY, info="/Title (Microsoft Word - draft3.doc)")).title == ""
    assert read(pdf(["Published: 3 March 2024", *STORY])).published == date(2024, 3, 3)


@pytest.mark.parametrize("algorithm", ["RC4-128"])
def test_pdf_when_encrypted_then_refused_with_what_to_do(algorithm):
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf(STORY))))
    writer.encrypt("secret", algorithm=algorithm)
    data = io.BytesIO()
    writer.write(data)
    with pytest.raises(UnreadableDocument, match=r"a\.pdf is encrypted") as caught:
        read(data.getvalue())
    assert "password" in caught.value.hint


def test_pdf_when_encryption_needs_a_missing_package_then_refused():
    data = pdf(STORY).replace(
        b"/Info 4 0 R",
        b"/Info 4 0 R /ID [(0123456789abcdef) (0123456789abcdef)] /Encrypt << /Filter /Standard /V 5 /R 6 /Length 256 /P -4 "
        b"/O <"
        + b"00" * 48
        + b"> /U <"
        + b"00" * 48
        + b"> /OE <"
        + b"00" * 32
        + b"> /UE <"
        + b"00" * 32
        + b"> /Perms <"
        + b"00" * 16
        + b"> "
        b"/CF << /StdCF << /AuthEvent /DocOpen /CFM /AESV3 /Length 32 >> >> /StmF /StdCF /StrF /StdCF >>",
    )
    with pytest.raises(UnreadableDocument, match="encrypted"):
        read(data)


def test_pdf_when_pages_have_no_text_then_it_asks_for_text_recognition():
    with pytest.raises(UnreadableDocument, match="2 pages and no text") as caught:
        read(pdf([], []))
    assert "OCR" in caught.value.hint


def test_pdf_when_cut_off_anywhere_then_read_or_refused_but_nothing_else():
    data, refused = pdf(STORY, STORY), 0
    for end in range(0, len(data), 37):
        try:
            assert read(data[:end]).text
        except DocumentError as error:
            refused += 1
            assert error.hint and "a.pdf" in error.message
    assert refused > 5


def test_pdf_when_its_pages_contain_each_other_then_refused():
    with pytest.raises(UnreadableDocument, match="broken|no text"):
        read(pdf(STORY).replace(b"/Kids [5 0 R]", b"/Kids [2 0 R]"))
