"""What every worker needs to check articles and make web pages, read once by the process that workers are forked from."""

import gc
import importlib

for name in (
    "pipeline.direct",
    "pipeline.source.markdown",
    "pipeline.export.html",
    "Stemmer",
    "babel.dates",
    "babel.numbers",
    "cssselect2",
    "fontTools.ttLib",
    "jinja2",
    "lxml.etree",
    "selectolax.lexbor",
    "snowballstemmer",
    "xml.etree.ElementTree",
):
    importlib.import_module(name)
importlib.import_module("pipeline.checks.registry").checks()
importlib.import_module("pipeline.profiles").load_profiles(None)
theme = importlib.import_module("pipeline.render.theme")
theme.load_theme(theme.DEFAULT).web_fonts()
# As on the command line, Python looks for garbage less often, and never again among what was read here.
gc.set_threshold(50_000)
gc.collect()
gc.freeze()
