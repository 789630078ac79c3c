"""What two disclosures have to agree in."""

COLUMNS = ["table", "row", "side", "level", "code", "name", "unit", "project", "measure", "amount"]


def figures(doc):
    """Every amount with its labels; the page is another after typesetting."""
    frame = doc.figures[COLUMNS].astype(object)
    return sorted(map(repr, frame.where(frame.notna(), None).to_numpy().tolist()))


def check_same(one, other):
    """Assert that two disclosures hold the same amounts in the same places."""
    missing = sorted(set(figures(one)) - set(figures(other)))
    added = sorted(set(figures(other)) - set(figures(one)))
    assert (missing[:5], added[:5]) == ([], [])
    assert len(one.figures) == len(other.figures)
