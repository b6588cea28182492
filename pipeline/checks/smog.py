"""Too many long words for most readers, by the SMOG grade.

SMOG (McLaughlin 1969), which the NHS's content manual measures health texts by, counts words of three syllables or more. It
is valid from 30 sentences on and for English only.

Bad:

    Appropriate conditioning necessitates individualised resistance programming. Periodised progression facilitates
    neuromuscular adaptation. Musculoskeletal contraindications necessitate professional consultation. Appropriate
    conditioning necessitates individualised resistance programming. Periodised progression facilitates neuromuscular
    adaptation. Musculoskeletal contraindications necessitate professional consultation. Appropriate conditioning
    necessitates individualised resistance programming. Periodised progression facilitates neuromuscular adaptation.
    Musculoskeletal contraindications necessitate professional consultation. Appropriate conditioning necessitates
    individualised resistance programming. Periodised progression facilitates neuromuscular adaptation. Musculoskeletal
    contraindications necessitate professional consultation. Appropriate conditioning necessitates individualised
    resistance programming. Periodised progression facilitates neuromuscular adaptation. Musculoskeletal
    contraindications necessitate professional consultation. Appropriate conditioning necessitates individualised
    resistance programming. Periodised progression facilitates neuromuscular adaptation. Musculoskeletal
    contraindications necessitate professional consultation. Appropriate conditioning necessitates individualised
    resistance programming. Periodised progression facilitates neuromuscular adaptation. Musculoskeletal
    contraindications necessitate professional consultation. Appropriate conditioning necessitates individualised
    resistance programming. Periodised progression facilitates neuromuscular adaptation. Musculoskeletal
    contraindications necessitate professional consultation. Appropriate conditioning necessitates individualised
    resistance programming. Periodised progression facilitates neuromuscular adaptation. Musculoskeletal
    contraindications necessitate professional consultation. Appropriate conditioning necessitates individualised
    resistance programming. Periodised progression facilitates neuromuscular adaptation. Musculoskeletal
    contraindications necessitate professional consultation.

Good:

    Start with a light weight. Add a little each week. Rest for a day between sessions.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.checks.context import Context
from pipeline.checks.registry import check
from pipeline.checks.sentences import measured, read_sentences
from pipeline.language.readability import POLYSYLLABLE, smog, syllables
from pipeline.model.article import Article
from pipeline.model.diagnostic import Finding, Severity
from pipeline.model.nodes import Span

LONG_WORDS = 5
"""How many of the long words the message names."""


@check("R02", severity=Severity.WARNING, source="NHS content manual: SMOG")
def too_many_long_words(article: Article, context: Context) -> Iterator[Finding]:
    """At most one finding, at the sentence with the most long words."""
    if context.locale.readability != "flesch-kincaid":
        return
    grade = smog(measured(article))
    policy = context.config.policy
    if grade is None or round(grade, 1) <= policy.max_smog:
        return
    severity = Severity.ERROR if round(grade, 1) > policy.error_smog else Severity.WARNING
    limit = policy.error_smog if severity is Severity.ERROR else policy.max_smog
    yield Finding(
        f"the prose has a SMOG grade of {grade:.1f}, over the limit of {limit:g}",
        _span(article),
        "Use shorter words; this sentence has the most words of three syllables or more.",
        severity,
    )


def _span(article: Article) -> Span:
    def long_words(words: list[str]) -> int:
        return sum(1 for word in words if syllables(word, article.language) >= POLYSYLLABLE)

    return read_sentences(article).heaviest(long_words)
