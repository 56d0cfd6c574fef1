"""Bytes to text, without guessing where a wrong guess would be quoted."""

import re
import unicodedata

from qa.errors import UnreadableDocument

_BOMS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f-\x84\x86-\x9f]")
_FOREIGN_WORD = re.compile(r"[^\W\d_]*[^\W\d_\x00-\x7f][^\W\d_]*")
_MAY_MIX = frozenset(("LATIN", "CJK", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA", "HANGUL", "FULLWIDTH", "IDEOGRAPHIC"))
SPARSE = 0.1  # with so few bytes above 127 a guess has little to go by: Windows-1252 is by far the commonest
_MISREAD = re.compile(r"[^\W\d_]{2}[¹³¿¼½¾¡£¥¦¯]|[¹³¿¼½¾¡¯][a-z]")  # letters of another code page, read as Windows-1252
_HINT = "Save the file as UTF-8 text and add it again."


def decode(data: bytes, name: str) -> str:
    """The text of `data`, exactly, without a byte order mark: UTF-8, else UTF-16/32 with a mark, else the best guess.

    Raises UnreadableDocument for binary data, for broken UTF-8 and for an encoding that cannot be told.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _checked(_strict(data[len(mark) :], encoding, name), name)
    if b"\x00" in data:
        raise UnreadableDocument(f"{name} is not text: it has a NUL byte at offset {data.index(0)}", _HINT)
    try:
        return _checked(data.decode("utf-8"), name)
    except UnicodeDecodeError as error:
        if _mostly_utf8(data):
            raise _broken(name, "utf-8", error.start) from None
    return _checked(_guessed(data, name), name)


def _strict(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise _broken(name, encoding, error.start) from None


def _broken(name: str, encoding: str, offset: int) -> UnreadableDocument:
    return UnreadableDocument(f"{name} is {encoding.upper()} text broken at byte {offset}", _HINT)


def _mostly_utf8(data: bytes) -> bool:
    """More whole multi-byte characters than broken ones: UTF-8 with a fault, not another encoding."""
    text = data.decode("utf-8", errors="replace")
    return sum(character > "\x7f" and character != "\ufffd" for character in text) > text.count("\ufffd")


def _guessed(data: bytes, name: str) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(data).best()
    if best is None:
        raise UnreadableDocument(f"{name} is not text in any encoding known here", _HINT)
    candidates = [best.encoding, "cp1252"]
    sparse = sum(byte > 127 for byte in data) < SPARSE * len(data) and not _MISREAD.search(data.decode("cp1252", errors="replace"))
    if sparse or "cp1252" in best.could_be_from_charset:
        candidates.reverse()
    for encoding in candidates:
        try:
            text = data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
        if _plausible(text):
            return text
    raise UnreadableDocument(f"{name} is in an encoding that cannot be told from its {len(data)} bytes", _HINT)


def _plausible(text: str) -> bool:
    """No word mixes Latin with another alphabet (an Arabic letter ending "Caf"), or goes on in capitals ("CafŽ").

    Wrong guesses do both. Chinese, Japanese and Korean write Latin words without a space around them: those may mix.
    """
    for word in set(_FOREIGN_WORD.findall(text[:20_000])):
        scripts = {"LATIN" if letter < "\u0250" else unicodedata.name(letter, "?").split()[0] for letter in word}
        if "LATIN" in scripts and not scripts <= _MAY_MIX:
            return False
        if any(one.islower() and two.isupper() and two > "\x7f" for one, two in zip(word, word[1:], strict=False)):
            return False
    return True


def _checked(text: str, name: str) -> str:
    """The text itself; raises UnreadableDocument where it holds a NUL or more control characters than text has."""
    if "\x00" in text:
        raise UnreadableDocument(f"{name} is not text: it has a NUL character at offset {text.index(chr(0))}", _HINT)
    controls = len(_CONTROL.findall(text))
    if controls > max(1, len(text) // 200):
        raise UnreadableDocument(f"{name} is not text: {controls} of its {len(text)} characters are control characters", _HINT)
    return text
