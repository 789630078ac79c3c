"""What a file is that is no office document of today, and what to do about it."""

OLD, PASSWORD = b"\xd0\xcf\x11\xe0", "EncryptedPackage".encode("utf-16-le")


def instead(data: bytes, ending: str) -> str:
    """What bytes are that should be a file of this ending, and how to make it one."""
    if data.startswith(OLD) and PASSWORD in data:
        return "it is locked with a password; open it with the password and save it without one"
    old = ending.removesuffix("x")
    if data.startswith(OLD):
        return f"it is an older {old}; open it in Office or LibreOffice and save it as {ending}"
    if data.startswith(b"%PDF"):
        return "it is a PDF; give it the ending .pdf"
    if b"<workbook" in data[:4000].lower():
        return f"it is an XML spreadsheet; open it in Office or LibreOffice and save it as {ending}"
    return (
        f"it is damaged or of another make; download it again, or open it in Office or "
        f"LibreOffice and save it as {ending}"
    )
