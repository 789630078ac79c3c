"""A font that prints Chinese, on whatever machine."""

from functools import cache
from importlib.resources import files

#: Fonts with simplified Chinese that systems bring along, the plainest first.
SYSTEM_FONTS = (
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "PingFang SC",
    "Microsoft YaHei",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "SimHei",
    "Heiti SC",
)


@cache
def font() -> str:
    """Return the name of a font that prints Chinese, and register it if need be.

    Returns
    -------
    str
        A font of the system, or the Noto Sans SC that the package ``zhplot`` carries.

    Examples
    --------
    >>> font() != ""
    True
    """
    from matplotlib import font_manager

    present = {entry.name for entry in font_manager.fontManager.ttflist}
    for name in SYSTEM_FONTS:
        if name in present:
            return name
    path = str(files("zhplot").joinpath("fonts", "NotoSansSC-Regular.ttf"))
    font_manager.fontManager.addfont(path)
    return str(font_manager.FontProperties(fname=path).get_name())
