"""How the site is built (`make site`): one of these an edition, everything from local files."""

import logging
import os
from pathlib import Path

import jieba

BUILD = Path(__file__).parents[1] / "build"

language = {"en": "en", "zh": "zh_CN"}[os.environ["EDITION"]]
chinese = language == "zh_CN"

project = "budgetkit"
author = "the budgetkit authors"
copyright = author
html_title = "budgetkit · 读懂部门预算" if chinese else "budgetkit"

extensions = ["myst_nb", "sphinx.ext.autodoc", "sphinx.ext.viewcode", "numpydoc"]
exclude_patterns = ["README.md", "exercises.md"]
templates_path = ["_templates"]
myst_heading_anchors = 3

# The notebooks were run by `make notebooks`. Explorers are their still pictures.
nb_execution_mode = "off"
nb_mime_priority_overrides = [("html", "application/vnd.jupyter.widget-view+json", None)]

autodoc_typehints = "none"
numpydoc_class_members_toctree = False

# Both editions hold Chinese words; those of the glossary and of the tables stay whole.
html_search_language = "zh"
html_search_options = {"dict": os.environ["WORDS"]}

logging.getLogger("jieba").setLevel(logging.WARNING)
jieba.dt.tmp_dir = str(BUILD)

# Sphinx 9.0 asks for a stemmer by the name of the language (sphinx-doc/sphinx#14229).
STEMMER = "function ChineseStemmer() { return new EnglishStemmer(); }"
html_js_files = [(None, {"body": STEMMER})]

html_theme = "furo"
# The Chinese edition lies in the English one and shares its style sheet and font.
html_static_path = [] if chinese else ["_static"]
html_css_files = ["../../_static/site.css" if chinese else "site.css"]
html_copy_source = False
html_show_sphinx = False
html_sidebars = {
    "**": [
        "sidebar/brand.html",
        "edition.html",
        "sidebar/search.html",
        "sidebar/scroll-start.html",
        "sidebar/navigation.html",
        "sidebar/scroll-end.html",
    ]
}
html_context = {"english_only": ["api", "genindex", "py-modindex"]}
