"""What a file is that is no office document of today, and what to do about it."""

from budgetkit.language import said

OLD, PASSWORD = b"\xd0\xcf\x11\xe0", "EncryptedPackage".encode("utf-16-le")


def instead(data: bytes, ending: str) -> str:
    """What bytes are that should be a file of this ending, and how to make it one."""
    return said(_truth(data), ending=ending, old=ending.removesuffix("x"))


def _truth(data: bytes) -> str:
    """What to say of bytes that are no office document."""
    if data.startswith(OLD):
        return "reading.office.locked" if PASSWORD in data else "reading.office.old"
    if data.startswith(b"%PDF"):
        return "reading.office.pdf"
    if b"<workbook" in data[:4000].lower():
        return "reading.office.xml"
    return "reading.office.damaged"
