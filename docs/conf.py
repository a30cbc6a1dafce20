"""How Sphinx builds these pages: `make docs`."""

from importlib.metadata import version as version_of

project = "ecograph"
author = "The ecograph authors"
release = version = version_of("ecograph")

extensions = ["myst_parser", "sphinx.ext.autodoc", "numpydoc"]

autodoc_default_options = {"members": True}
autodoc_member_order = "bysource"
autodoc_preserve_defaults = True
autodoc_typehints = "none"
myst_heading_anchors = 3
numpydoc_class_members_toctree = False
numpydoc_show_class_members = False

html_theme = "pydata_sphinx_theme"
html_title = "ecograph"
html_copy_source = False
html_show_sourcelink = False
html_sidebars: dict[str, list[str]] = {"index": []}
html_theme_options = {
    "footer_start": [],
    "footer_end": [],
    "navbar_end": ["theme-switcher"],
    "secondary_sidebar_items": ["page-toc"],
}
