"""Opening DOCX and EPUB, which are ZIP archives, without unpacking more than a document can sensibly hold."""

import io
import zipfile
import zlib

from qa.errors import UnreadableDocument

MAX_MEMBERS = 20_000
MAX_RATIO = 300  # deflate reaches 1032 at most; running text stays below 20, markup below 100
MIN_SUSPICIOUS = 10_000_000
MAX_MEMBER = 100_000_000  # a hundred megabytes of markup take gigabytes as a tree
_HINT = "Open the file in its own program and save it again."


class Archive:
    """The members of a ZIP archive, read one by one with a limit on what all of them together unpack to.

    `limit` is in bytes. Raises UnreadableDocument for a broken or encrypted archive and for one that unpacks to more
    than the limit, by what it declares (before anything is unpacked) or in fact.
    """

    def __init__(self, data: bytes, name: str, *, limit: int):
        self.name = name
        self._left = limit
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            members = self._zip.infolist()
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError) as error:
            raise UnreadableDocument(f"{name} is broken or cut off: {error}", _HINT) from None
        self._members = {member.filename: member for member in members}
        self._refuse_bombs(members, limit)

    def _refuse_bombs(self, members: list[zipfile.ZipInfo], limit: int) -> None:
        size = sum(member.file_size for member in members)
        packed = max(1, sum(member.compress_size for member in members))
        if len(members) > MAX_MEMBERS:
            raise UnreadableDocument(f"{self.name} holds {len(members)} files, more than {MAX_MEMBERS}", _HINT)
        if size > limit:
            raise _too_large(self.name, size)
        if size > MIN_SUSPICIOUS and size / packed > MAX_RATIO:
            raise UnreadableDocument(
                f"{self.name} unpacks to {size // packed} times its size, as a decompression bomb does",
                "Do not open it unless you know who made it.",
            )

    def __contains__(self, member: str) -> bool:
        return member in self._members

    def read(self, member: str) -> bytes:
        """The bytes of one member; raises UnreadableDocument where it is missing, encrypted, broken or too large."""
        info = self._members.get(member)
        if info is None:
            raise UnreadableDocument(f"{self.name} has no {member} inside", _HINT)
        if info.file_size > MAX_MEMBER:
            raise _too_large(self.name, info.file_size)
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):  # the others cannot be unpacked bit by bit
            raise UnreadableDocument(f"{self.name} is packed in a way its format does not allow ({member})", _HINT)
        if info.flag_bits & 1:
            raise UnreadableDocument(f"{self.name} is encrypted", "Remove its password and add it again.")
        parts = []
        try:
            with self._zip.open(info) as stream:
                while part := stream.read(1 << 16):
                    self._left -= len(part)
                    if self._left < 0:
                        raise _too_large(self.name, info.file_size)
                    parts.append(part)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError) as error:
            raise UnreadableDocument(f"{self.name} is broken: {member}: {error}", _HINT) from None
        return b"".join(parts)


def _too_large(name: str, size: int) -> UnreadableDocument:
    return UnreadableDocument(f"{name} unpacks to {size / 1e6:.0f} MB or more, too much", "Split the file, or raise QA_MAX_FILE_MB.")


def parse_xml(data: bytes, name: str, member: str):
    """The root element of an XML member; entities are never resolved. Raises UnreadableDocument for broken XML."""
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableDocument(f"{name} is broken: {member}: {error}", _HINT) from None
    types = root.getroottree().docinfo.internalDTD
    if types is not None and any(True for _ in types.iterentities()):
        raise UnreadableDocument(
            f"{name} defines XML entities in {member}, as an entity bomb does", "Do not open it unless you know who made it."
        )
    return root
