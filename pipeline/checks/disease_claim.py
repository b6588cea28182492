"""A promise that an exercise, plan or product cures, treats or prevents a disease.

Training eases, strengthens and lowers risks; to cure, treat or prevent a disease is what medicines are licensed for. What
doctors treat, what is denied, asked or quoted, and the prevention of injuries are no claims.

Bad:

    Hip thrusts cure sciatica.

Good:

    Many people with sciatica find that gentle hip lifts ease their symptoms.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.checks.claims import readings
from pipeline.checks.claims.disease import disease_claims
from pipeline.checks.claims.vocabulary import AILMENTS
from pipeline.checks.context import Context
from pipeline.checks.registry import check
from pipeline.model.article import Article
from pipeline.model.diagnostic import Finding, Severity


@check("C01", severity=Severity.ERROR, source="CAP Code 15.6.2")
def disease_claim(article: Article, context: Context) -> Iterator[Finding]:  # noqa: ARG001
    """Find claims to cure, treat or prevent a disease."""
    for reading in readings(article, "disease_claim", naming=AILMENTS):
        for first, last in disease_claims(reading):
            yield Finding(
                f"“{reading.words(first, last)}” claims to cure, treat or prevent a disease",
                reading.span(first, last),
                "Say what is known: that it may ease symptoms, lower a risk or help people with the condition, and cite a source.",
            )
