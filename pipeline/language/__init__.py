"""Words, sentences, word forms, negation and quotation: what data files and checks may say about language.

Everything is linear in the text, and nothing here reads or writes files other than this package's own data: one
``<language>.toml`` a language. A language without a file still has words and sentences, but no word forms and no
negation.
"""

from __future__ import annotations

from pipeline.language.normal import Normal, fold, normalise
from pipeline.language.patterns import (
    Found,
    Match,
    Patterns,
    PatternSyntaxError,
    compile_patterns,
    find,
    labels_together,
)
from pipeline.language.rules import Rules, load_rules, stem
from pipeline.language.text import Break, Sentence, Text, analyse, sentences

__all__ = [
    "Break",
    "Found",
    "Match",
    "Normal",
    "PatternSyntaxError",
    "Patterns",
    "Rules",
    "Sentence",
    "Text",
    "analyse",
    "compile_patterns",
    "find",
    "fold",
    "labels_together",
    "load_rules",
    "normalise",
    "sentences",
    "stem",
]
