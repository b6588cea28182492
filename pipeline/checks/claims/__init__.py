"""What the checks on claims share: the vocabulary of claims by language, and articles read with it.

``<language>.toml`` in this folder holds every word that the checks C01 to C08 and R04 know of a language. A language
without a file is not read for claims.
"""

from pipeline.checks.claims.marks import Marks, read, read_in, text_in
from pipeline.checks.claims.reading import Reading, may_start, readings, with_quotations
from pipeline.checks.claims.vocabulary import passive, units, vocabulary

__all__ = [
    "Marks",
    "Reading",
    "may_start",
    "passive",
    "read",
    "read_in",
    "readings",
    "text_in",
    "units",
    "vocabulary",
    "with_quotations",
]
