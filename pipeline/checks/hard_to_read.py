"""The prose is harder to read than most readers manage.

English: the Flesch-Kincaid grade (Kincaid and others 1975), which the AMA and the NIH want at about the sixth to eighth
school year. Spanish: Szigriszt-Pazos perspicuity on the INFLESZ scale (Barrio-Cantalejo and others 2008), where a text
under 55 is hard for the average reader. Paragraphs and list items count; headings, tables, sources and disclaimers do not.

Bad:

    Appropriate musculoskeletal conditioning necessitates progressive implementation of individualised resistance
    programming, incorporating periodised manipulation of intensity variables, notwithstanding considerable
    interindividual heterogeneity regarding neuromuscular adaptation.

Good:

    Start with a light weight. Add a little each week. Rest for a day between sessions so that your muscles can grow.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.checks.context import Context
from pipeline.checks.registry import check
from pipeline.checks.sentences import measured, worst
from pipeline.language.readability import Measure, flesch_kincaid, szigriszt_pazos
from pipeline.model.article import Article
from pipeline.model.diagnostic import Finding, Severity

MIN_WORDS = 20
"""Fewer words than this have no grade worth telling."""
HARD_INFLESZ = 55.0
VERY_HARD_INFLESZ = 40.0


@check("R01", severity=Severity.WARNING, source="AMA and NIH: plain language for patients; INFLESZ")
def hard_to_read(article: Article, context: Context) -> Iterator[Finding]:
    """At most one finding, at the sentence that weighs most."""
    text = measured(article)
    if text.words < MIN_WORDS:
        return
    found = _graded(text, context) if context.locale.readability == "flesch-kincaid" else _scaled(text, context)
    if found is not None:
        message, severity = found
        yield Finding(
            message,
            worst(article),
            "Use shorter sentences and everyday words; this sentence weighs most.",
            severity,
        )


def _graded(text: Measure, context: Context) -> tuple[str, Severity] | None:
    """Grade against the profile's limits, else the publisher's."""
    profile, policy = context.profile, context.config.policy
    warn = profile.max_grade if profile and profile.max_grade is not None else policy.max_grade
    fail = profile.error_grade if profile and profile.error_grade is not None else policy.error_grade
    grade = flesch_kincaid(text)
    if round(grade, 1) <= min(warn, fail):
        return None
    severity = Severity.ERROR if round(grade, 1) > fail else Severity.WARNING
    limit = fail if severity is Severity.ERROR else warn
    return f"the prose reads at grade {grade:.1f} (Flesch–Kincaid), over the limit of {limit:g}", severity


def _scaled(text: Measure, context: Context) -> tuple[str, Severity] | None:
    """Perspicuity on the INFLESZ scale; nothing for a language without a formula."""
    if context.locale.readability != "inflesz":
        return None
    ease = szigriszt_pazos(text)
    if ease >= HARD_INFLESZ:
        return None
    severity = Severity.ERROR if ease < VERY_HARD_INFLESZ else Severity.WARNING
    limit = VERY_HARD_INFLESZ if severity is Severity.ERROR else HARD_INFLESZ
    return f"the prose scores {ease:.0f} on the INFLESZ scale, under the limit of {limit:g}", severity
