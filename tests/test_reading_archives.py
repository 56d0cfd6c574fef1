"""DOCX and EPUB: text in reading order, facts, and archives made to harm."""

import io
import zipfile
from datetime import date

import pytest

from qa.errors import DocumentError, UnreadableDocument
from qa.reading import archive, read_bytes

W = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Target="word/document.xml" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/></Relationships>'
)
CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container">'
    '<rootfiles><rootfile full-path="OEBPS/book.opf"/></rootfiles></container>'
)
BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">' + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9)) + "]>"


def packed(members: dict[str, str | bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", compression) as file:
        for name, content in members.items():
            file.writestr(name, content)
    return data.getvalue()


def word(body: str, **more: str) -> bytes:
    return packed({"_rels/.rels": RELATIONS, "word/document.xml": f"<w:document {W}><w:body>{body}</w:body></w:document>", **more})


def p(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def epub(chapters: dict[str, str], metadata: str = "", spine: str | None = None, **more: str) -> bytes:
    items = "".join(
        f'<item id="i{n}" href="{name.replace(" ", "%20")}" media-type="application/xhtml+xml"/>' for n, name in enumerate(chapters)
    )
    order = spine if spine is not None else "".join(f'<itemref idref="i{n}"/>' for n in range(len(chapters)))
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:opf="http://www.idpf.org/2007/opf">'
        f"<metadata>{metadata}</metadata><manifest>{items}</manifest><spine>{order}</spine></package>"
    )
    return packed(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": CONTAINER,
            "OEBPS/book.opf": package,
            **{f"OEBPS/{name}": content for name, content in chapters.items()},
            **more,
        }
    )


def read(data: bytes, filename: str, max_mb: int = 1):
    return read_bytes(data, filename=filename, source=filename, max_mb=max_mb)[0]


# ---- DOCX


def test_docx_when_made_by_a_program_then_paragraphs_tables_and_properties_are_read():
    import docx

    made = docx.Document()
    made.core_properties.title, made.core_properties.author = "Harbour report", "Ada Moss"
    made.add_heading("Harbour open again", 1)
    made.add_paragraph("The harbour ").add_run("reopened").bold = True
    table = made.add_table(2, 2)
    for cell, text in zip([c for row in table.rows for c in row.cells], ["Year", "Ships", "2023", "1,400"], strict=True):
        cell.text = text
    made.add_paragraph("The end.")
    data = io.BytesIO()
    made.save(data)
    document = read(data.getvalue(), "a.docx")
    assert document.text == "Harbour open again\n\nThe harbour reopened\n\nYear | Ships\n\n2023 | 1,400\n\nThe end."
    assert (document.title, document.author, document.published) == ("Harbour report", "Ada Moss", None)


@pytest.mark.parametrize(
    "body, text",
    [
        (
            "<w:p><w:ins><w:r><w:t>Inserted </w:t></w:r></w:ins>"
            "<w:del><w:r><w:delText>deleted</w:delText></w:r></w:del><w:r><w:t>words</w:t></w:r></w:p>",
            "Inserted words",
        ),
        ("<w:p><w:moveFrom><w:r><w:t>Moved</w:t></w:r></w:moveFrom><w:r><w:t>Here</w:t></w:r></w:p>", "Here"),
        ("<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>SECRET</w:t></w:r><w:r><w:t>Seen</w:t></w:r></w:p>", "Seen"),
        (f"<w:sdt><w:sdtContent>{p('In a control')}</w:sdtContent></w:sdt>", "In a control"),
        (
            "<w:p><w:hyperlink><w:r><w:t>Linked</w:t></w:r></w:hyperlink><w:r><w:tab/><w:t>after</w:t><w:br/><w:t>below</w:t></w:r></w:p>",
            "Linked after\nbelow",
        ),
        (
            f"<w:p><w:r><mc:AlternateContent><mc:Choice>{p('Box')}</mc:Choice>"
            f"<mc:Fallback>{p('Box')}</mc:Fallback></mc:AlternateContent></w:r></w:p>",
            "Box",
        ),
        (f"<w:tbl><w:tr><w:tc>{p('One')}{p('two')}</w:tc><w:tc>{p('Three')}</w:tc></w:tr></w:tbl>{p('After')}", "One two | Three\n\nAfter"),
    ],
)
def test_docx_when_text_stands_in_unusual_places_then_what_a_reader_sees_is_read(body, text):
    assert read(word(body), "a.docx").text == text


def test_docx_when_it_has_notes_then_they_follow_the_text():
    line = f'<w:footnote w:type="separator">{p("-----")}</w:footnote>'
    notes = f"<w:footnotes {W}>{line}<w:footnote>{p('Board minutes, 2023.')}</w:footnote></w:footnotes>"
    assert (
        read(word(p("The harbour reopened."), **{"word/footnotes.xml": notes}), "a.docx").text
        == "The harbour reopened.\n\nBoard minutes, 2023."
    )


def test_docx_when_protected_or_old_then_refused_with_what_to_do():
    with pytest.raises(UnreadableDocument, match="password or in Word's old format") as caught:
        read(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "a.docx")
    assert "without a password" in caught.value.hint


# ---- EPUB


def chapter(text: str) -> str:
    head = '<?xml version="1.0" encoding="utf-8"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title>t</title></head>'
    return f"{head}<body><p>{text}</p></body></html>"


def test_epub_when_read_then_chapters_in_spine_order_and_facts_from_the_package():
    facts = (
        "<dc:title>Harbour Tales</dc:title><dc:creator>Ada Moss</dc:creator><dc:creator>Ben Lark</dc:creator>"
        "<dc:publisher>Coast Press</dc:publisher>"
        '<dc:date opf:event="modification">2023-01-01</dc:date><dc:date opf:event="publication">2019-05</dc:date>'
    )
    data = epub(
        {"one.xhtml": chapter("First caf\u00e9&nbsp;tale."), "two tales.xhtml": chapter("Second tale.")},
        facts,
        '<itemref idref="i1"/><itemref idref="i0"/>',
    )
    document = read(data, "a.epub")
    assert document.text == "Second tale.\n\nFirst caf\u00e9 tale."
    assert (document.title, document.author, document.outlet) == ("Harbour Tales", "Ada Moss, Ben Lark", "Coast Press")
    assert (document.published, document.published_precision) == (date(2019, 5, 1), "month")


def test_epub_when_only_the_file_date_is_given_then_undated():
    assert read(epub({"a.xhtml": chapter("Tale.")}, '<dc:date opf:event="modification">2023-01-01</dc:date>'), "a.epub").published is None


def test_epub_when_locked_then_refused_but_obfuscated_fonts_are_no_lock():
    def lock(algorithm):
        inner = f'<EncryptedData xmlns="http://www.w3.org/2001/04/xmlenc#"><EncryptionMethod Algorithm="{algorithm}"/></EncryptedData>'
        return {"META-INF/encryption.xml": f'<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container">{inner}</encryption>'}

    with pytest.raises(UnreadableDocument, match="digital rights"):
        read(epub({"a.xhtml": chapter("Tale.")}, **lock("http://www.w3.org/2001/04/xmlenc#aes128-cbc")), "a.epub")
    assert read(epub({"a.xhtml": chapter("Tale.")}, **lock("http://www.idpf.org/2008/embedding")), "a.epub").text == "Tale."


def test_epub_when_a_chapter_is_missing_then_it_is_named():
    with pytest.raises(UnreadableDocument, match="OEBPS/gone.xhtml is missing"):
        read(
            packed(
                {
                    "META-INF/container.xml": CONTAINER,
                    "OEBPS/book.opf": '<package xmlns="http://www.idpf.org/2007/opf"><manifest>'
                    '<item id="a" href="gone.xhtml" media-type="text/html"/></manifest><spine><itemref idref="a"/></spine></package>',
                }
            ),
            "a.epub",
        )


# ---- archives made to harm


def test_archive_when_it_declares_a_bomb_then_refused_before_anything_is_unpacked(monkeypatch):
    data = word("<w:p/>", **{"word/media/zeros.bin": b"\0" * 20_000_000})
    monkeypatch.setattr(zipfile.ZipFile, "open", lambda *a, **k: pytest.fail("something was unpacked"))
    with pytest.raises(UnreadableDocument, match="unpacks to"):
        read(data, "a.docx")
    with pytest.raises(UnreadableDocument, match="times its size"):
        read(data, "a.docx", max_mb=100)


def test_archive_when_it_lies_about_its_size_then_unpacking_stops_at_what_it_declared():
    data = bytearray(word("<w:p>" + " " * 30_000_000 + "</w:p>"))
    place = data.index(b"PK\x01\x02", data.index(b"PK\x01\x02") + 1)  # the entry of word/document.xml in the directory
    data[place + 24 : place + 28] = (1000).to_bytes(4, "little")
    with pytest.raises(UnreadableDocument, match=r"a\.docx"):
        read(bytes(data), "a.docx")


def test_archive_when_many_members_add_up_then_reading_stops_at_the_limit():
    opened = archive.Archive(packed({"a": b"x" * 600, "b": b"y" * 300, "c": b"z" * 99}, zipfile.ZIP_STORED), "a.epub", limit=999)
    assert len(opened.read("a")) == 600
    assert len(opened.read("b")) == 300
    with pytest.raises(UnreadableDocument, match="too much"):
        opened.read("b")


@pytest.mark.parametrize("compression", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_archive_when_packed_in_another_way_then_refused(compression):
    members = {"_rels/.rels": RELATIONS, "word/document.xml": f"<w:document {W}><w:body>{p('x')}</w:body></w:document>"}
    with pytest.raises(UnreadableDocument, match="packed in a way"):
        read(packed(members, compression), "a.docx")


def test_archive_when_a_member_is_encrypted_then_refused():
    data = bytearray(word(p("x")))
    for signature, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = -1
        while (start := data.find(signature, start + 1)) >= 0:
            data[start + place] |= 1
    with pytest.raises(UnreadableDocument, match="encrypted"):
        read(bytes(data), "a.docx")


def test_xml_when_it_defines_entities_then_refused():
    members = {
        "_rels/.rels": RELATIONS,
        "word/document.xml": f"<?xml version='1.0'?>{BOMB}<w:document {W}><w:body>{p('&j;')}</w:body></w:document>",
    }
    with pytest.raises(UnreadableDocument, match="entit"):
        read(packed(members), "a.docx")
    with pytest.raises(UnreadableDocument, match="entit"):
        read(packed({"META-INF/container.xml": BOMB + CONTAINER.replace("OEBPS/", "&j;")}), "a.epub")


def test_xml_when_it_names_an_outside_file_then_that_file_is_not_read(tmp_path):
    (tmp_path / "secret.txt").write_text("SECRET")
    doctype = f'<!DOCTYPE x [<!ENTITY s SYSTEM "file://{tmp_path}/secret.txt">]>'
    try:
        text = read(epub({"a.xhtml": doctype + chapter("Tale &s;.").partition("?>")[2]}), "a.epub").text
    except UnreadableDocument:
        return
    assert "SECRET" not in text


@pytest.mark.parametrize("filename", ["a.docx", "a.epub"])
def test_archive_when_cut_off_or_another_kind_then_refused(filename):
    whole = word(p("The harbour reopened.")) if filename == "a.docx" else epub({"a.xhtml": chapter("Tale.")})
    other = epub({"a.xhtml": chapter("Tale.")}) if filename == "a.docx" else word(p("x"))
    for data in (whole[:-30], whole[: len(whole) // 2], b"PK\x05\x06" + b"\0" * 18, other, whole.replace(b"<", b"[")):
        with pytest.raises(DocumentError) as caught:
            read(data, filename)
        assert filename in caught.value.message and caught.value.hint
