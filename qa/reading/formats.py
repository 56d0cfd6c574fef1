"""Which kinds of file are read, by the ending of their names."""

from pathlib import PurePath

from qa.errors import UnsupportedDocument

FORMATS = {
    ".txt": "plain",
    ".text": "plain",
    ".md": "plain",
    ".markdown": "plain",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".pdf": "pdf",
    ".docx": "word",
    ".epub": "epub",
    ".csv": "csv",
    ".tsv": "csv",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
}
_INSTEAD = {
    ".doc": "Open it in Word and save it as .docx.",
    ".docm": "Open it in Word and save it as .docx.",
    ".odt": "Save it as .docx.",
    ".rtf": "Save it as .docx or .txt.",
    ".pages": "Export it as .docx.",
    ".xlsx": "Save the sheet as .csv.",
    ".xls": "Save the sheet as .csv.",
    ".ods": "Save the sheet as .csv.",
    ".json": "Save it as .jsonl, one object a line.",
    ".mhtml": "Save the page as .html.",
    ".mobi": "Convert it to .epub.",
    ".azw3": "Convert it to .epub.",
    ".pptx": "Export it as .pdf.",
    ".ppt": "Export it as .pdf.",
    ".zip": "Unpack it and add the folder.",
}


def format_of(filename: str) -> str:
    """The format a file name stands for; raises UnsupportedDocument for any other ending."""
    refuse_unsupported(filename)
    return FORMATS[PurePath(filename).suffix.lower()]


def refuse_unsupported(filename: str) -> None:
    """Raises UnsupportedDocument where files of this name are not read."""
    suffix = PurePath(filename).suffix.lower()
    if suffix not in FORMATS:
        kind = f"{suffix} files" if suffix else "files without an ending"
        raise UnsupportedDocument(f"{filename}: {kind} are not read", _INSTEAD.get(suffix, f"Read are {', '.join(FORMATS)}."))
