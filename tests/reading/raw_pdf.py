"""PDFs written byte by byte: small, and wrong in exactly one way."""

import zlib

ROWS = [
    ["科目编码", "科目名称", "合计", "基本支出"],
    ["205", "教育支出", "1,250.00", "1,000.25"],
    ["20503", "职业教育", "1,250.00", "1,000.25"],
    ["", "合计", "1,250.00", "1,000.25"],
]

#: A Chinese font that every reader of PDFs knows by name; its characters need no map.
FONT = (
    b"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts"
    b"[<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/DW 1000"
    b"/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>>>]>>"
)

WIDTH, HEIGHT = 595, 842


def text(words, x, y):
    """What prints words at a place."""
    return f"BT /F 9 Tf {x} {y} Td <{words.encode('utf-16-be').hex()}> Tj ET\n"


def table(rows, title="2026年部门支出预算总表", *, left=60, width=120, top=760, step=20):
    """What prints a table with its title, its unit line and its rules."""
    bottom, right = top - step * len(rows), left + width * len(rows[0])
    drawn = text(title, left + 150, top + 40) + text("单位：万元", left, top + 10)
    for index in range(len(rows) + 1):
        drawn += f"{left} {top - index * step} m {right} {top - index * step} l S\n"
    for index in range(len(rows[0]) + 1):
        drawn += f"{left + index * width} {top} m {left + index * width} {bottom} l S\n"
    for row, cells in enumerate(rows, 1):
        for column, cell in enumerate(cells):
            drawn += text(cell, left + column * width + 4, top - row * step + 6) if cell else ""
    return drawn


def picture():
    """What fills the page with a grey picture."""
    return f"q {WIDTH} 0 0 {HEIGHT} 0 0 cm /P Do Q\n"


def write(path, pages, *, font=FONT, other=FONT):
    """Write a PDF of pages, each given by what prints it; return its path.

    Objects 1 and 2 hold the pages, 3 the font, 4 another font, 5 a grey picture; page n
    is object 4 + 2 n.
    """
    grey = b"<</Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray"
    grey += b"/BitsPerComponent 8/Length 1>>stream\n\x99\nendstream"
    kids = b" ".join(b"%d 0 R" % (6 + 2 * index) for index in range(len(pages)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[%b]/Count %d>>" % (kids, len(pages)),
        font,
        other,
        grey,
    ]
    for index, drawn in enumerate(pages):
        packed = zlib.compress(drawn.encode("ascii"))
        objects += [
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %d %d]/Contents %d 0 R"
            b"/Resources<</Font<</F 3 0 R>>/XObject<</P 5 0 R>>>>>>"
            % (WIDTH, HEIGHT, 7 + 2 * index),
            b"<</Filter/FlateDecode/Length %d>>stream\n%b\nendstream" % (len(packed), packed),
        ]
    content, places = b"%PDF-1.7\n", []
    for number, made in enumerate(objects, 1):
        places.append(len(content))
        content += b"%d 0 obj %b endobj\n" % (number, made)
    cross = b"".join(b"%010d 00000 n \n" % place for place in places)
    content += b"xref\n0 %d\n0000000000 65535 f \n%btrailer <</Size %d/Root 1 0 R>>\n" % (
        len(objects) + 1,
        cross,
        len(objects) + 1,
    )
    content += b"startxref\n%d\n%%%%EOF\n" % content.rindex(b"xref\n0 ")
    path.write_bytes(content)
    return path
