"""LibreOffice of this machine, which makes a PDF of a paper."""

import shutil


def office_there() -> str | None:
    """Return where LibreOffice is; None: it is not installed."""
    return shutil.which("soffice") or shutil.which("libreoffice")
