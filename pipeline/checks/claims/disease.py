"""Where a text says that something cures, treats or prevents a disease.

Three kinds of words make such a claim: a verb before the disease (*cures*, *gets rid of*, *prevents*) or before a pronoun that
stands for it, a participle behind it (*diabetes can be reversed with*), and a noun (*a cure for*). Each is looked at together with its subject: what doctors,
medicines and operations do is no claim.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.checks.claims.reading import Reading
from pipeline.language import Match
from pipeline.language.text import Break

REACH = 6
"""Words that may stand between a verb and its disease."""
LEFT = 10
"""Words before a verb among which its subject is looked for."""
BACK = 12
"""Words before a pronoun among which the disease that it stands for is looked for."""
_KEY = "disease_claim."
_VERBS = ("cure", "strict", "denial", "treats", "treat")


def disease_claims(reading: Reading) -> Iterator[tuple[int, int]]:
    """First and last word of each claim, in order; without a disease or a pain (``AILMENTS``) there is none."""
    taken = -1
    for first, last in sorted(_found(reading)):
        negated = reading.negated(first, last) and not _denies_itself(reading, first)
        if first > taken and not reading.innocent(first, last, negated=negated):
            taken = last
            yield first, last


def _found(reading: Reading) -> set[tuple[int, int]]:
    return {*_verbs(reading), *_pronouns(reading), *_passives(reading), *_nouns(reading), *_risks(reading)}


def _denies_itself(reading: Reading, first: int) -> bool:
    """Whether the claim is made with a negation of its own (*no more sciatica*), which nothing else negates."""
    match = reading.at(_KEY + "denial", first)
    return match is not None and not reading.text.negated[first]


def _ailment(reading: Reading, word: int) -> Match | None:
    return reading.at(_KEY + "disease", word) or reading.at(_KEY + "pain", word)


def _verbs(reading: Reading) -> Iterator[tuple[int, int]]:
    for key in _VERBS:
        for verb in reading.own(_KEY + key):
            ailment = _object(reading, verb, strict=key in {"strict", "denial"})
            if ailment is None or reading.at(_KEY + "excused", verb.first):
                continue
            if key in {"treats", "treat"}:
                claimed = _treated(reading, verb, ailment, finite=key == "treats")
            else:
                claimed = not _medical(reading, verb.first) and _closed(reading, verb, ailment, strict=key == "strict")
            if claimed:
                yield verb.first, ailment.last


def _pronouns(reading: Reading) -> Iterator[tuple[int, int]]:
    """*Forget arthritis: squats cure it*; an exercise or a product has to be the subject, and nothing else be named between."""
    for verb in reading.own(_KEY + "pronoun"):
        first = max(0, verb.first - BACK)
        subject = next(
            (word for word in range(verb.first - 1, first - 1, -1) if reading.at("lists.product", word)), None
        )
        if subject is None or _hedged(reading, verb.first) or _medical(reading, verb.first):
            continue
        if any(_ailment(reading, word) for word in range(first, subject)):
            yield verb.first, verb.last


def _object(reading: Reading, verb: Match, *, strict: bool) -> Match | None:
    """The disease that a verb governs: behind it in its clause, with nothing between that turns it to something else."""
    text = reading.text
    for word in range(verb.last + 1, min(verb.last + 2 + REACH, len(text.forms))):
        if text.breaks[word] != Break.NONE:
            return None
        ailment = _ailment(reading, word)
        if ailment is not None and ailment.first >= word:
            behind = reading.within(_KEY + "behind", ailment.last + 1, ailment.last + 3)
            turned = behind is not None and behind.first == ailment.last + 1
            return None if turned else ailment
        passed = reading.at(_KEY + "pass", word)
        if strict and not passed:
            return None
        if reading.at(_KEY + "stop", word) and (passed is None or passed.first == passed.last):
            return None  # "for" stops, and "for good" does not
    return None


def _closed(reading: Reading, verb: Match, ailment: Match, *, strict: bool) -> bool:
    """Whether a verb that needs more words has them (*put … into remission*), and one that may be soft is not hedged."""
    if not strict:
        return True
    if reading.at(_KEY + "opening", verb.first):
        closing = reading.within(_KEY + "closing", ailment.last + 1, ailment.last + 6)
        return closing is not None
    governor = _before(reading, verb.first)
    if governor >= 0 and reading.at(_KEY + "help", governor):
        governor = _before(reading, governor)
    return governor < 0 or reading.at(_KEY + "hedge", governor) is None


def _before(reading: Reading, word: int) -> int:
    """The word that governs a verb, adverbs passed over; -1 where the clause starts with the verb."""
    text = reading.text
    while word > 0 and text.breaks[word] == Break.NONE:
        word -= 1
        if not reading.at(_KEY + "adverb", word):
            return word
    return -1


def _hedged(reading: Reading, word: int) -> bool:
    """Whether *may* stands right before a verb, or *may* or *can* before its *help*."""
    governor = _before(reading, word)
    if governor >= 0 and reading.at(_KEY + "help", governor):
        governor = _before(reading, governor)
        return governor >= 0 and bool(reading.at(_KEY + "hedge", governor) or reading.at(_KEY + "can", governor))
    return governor >= 0 and reading.at(_KEY + "hedge", governor) is not None


def _medical(reading: Reading, word: int) -> bool:
    """Whether doctors, medicines or operations are the subject of the verb at ``word``."""
    text = reading.text
    start = reading.sentence(word).first
    relative = False
    for place in range(word - 1, max(start, word - LEFT) - 1, -1):
        following = text.breaks[place + 1]
        if following >= Break.CLAUSE or (following == Break.COMMA and not relative):
            return False
        relative = bool(reading.at(_KEY + "relative", place))
        if reading.at(_KEY + "spoken", place):
            return False
        if reading.at(_KEY + "medical", place):
            return True
    return False


def _treated(reading: Reading, verb: Match, ailment: Match, *, finite: bool) -> bool:
    """Whether a verb of care says what an exercise or a product does, not what people do."""
    if _medical(reading, verb.first) or _hedged(reading, verb.first):
        return False
    governor = _before(reading, verb.first)
    helped = governor >= 0 and reading.at(_KEY + "help", governor) is not None
    if reading.at(_KEY + "pain", ailment.first) and not reading.at(_KEY + "disease", ailment.first) and helped:
        return False
    if finite:
        return True
    return _has_subject(reading, verb, governor, helped=helped) or _purpose(reading, verb, ailment)


def _has_subject(reading: Reading, verb: Match, governor: int, *, helped: bool) -> bool:
    text = reading.text
    if governor < 0:
        tool = reading.within(_KEY + "with", verb.last + 1, reading.sentence(verb.first).last)
        products = reading.found("lists.product")
        lead = text.breaks[verb.first] == Break.ITEM and bool(products) and products[0].last < verb.first
        return lead or (tool is not None and _product(reading, tool.last, tool.last + 5))
    if reading.at(_KEY + "to", verb.first - 1) and not helped:
        return bool(
            reading.at(_KEY + "designed", verb.first - 1)
            or (reading.at("lists.product", verb.first - 2) and text.breaks[verb.first - 1] == Break.NONE)
        )
    subject = governor
    if helped or reading.at(_KEY + "can", governor):
        subject = _before(reading, governor)
        if helped and subject >= 0 and reading.at(_KEY + "can", subject):
            subject = _before(reading, subject)
        return subject < 0 or not reading.at(_KEY + "people", subject)
    if reading.at(_KEY + "and", governor):
        return _joined(reading, governor)
    if reading.at(_KEY + "moment", governor):
        return _joined(reading, governor)
    return _plural(reading, subject)


def _purpose(reading: Reading, verb: Match, ailment: Match) -> bool:
    """Whether readers are to do an exercise or take a product in order to treat or prevent: *stretch to prevent arthritis*."""
    if not reading.at(_KEY + "to", verb.first - 1) or not reading.at(_KEY + "disease", ailment.first):
        return False
    first = max(reading.sentence(verb.first).first, verb.first - LEFT)
    return _product(reading, first, verb.first - 2) and reading.within(_KEY + "people", first, verb.first) is None


def _joined(reading: Reading, word: int) -> bool:
    """Whether a product's *can*, or a product itself, stands before ``and`` in the clause."""
    first = max(reading.sentence(word).first, word - LEFT)
    can = reading.within(_KEY + "can", first, word)
    if can is not None:
        subject = _before(reading, can.first)
        return subject < 0 or not reading.at(_KEY + "people", subject)
    product = reading.within("lists.product", first, word)
    return product is not None and reading.within(_KEY + "people", first, product.first) is None


def _plural(reading: Reading, word: int) -> bool:
    """Whether a word may be the plural subject of a base form: a product, or another noun in s."""
    if reading.at(_KEY + "people", word) or reading.at(_KEY + "stop", word):
        return False
    form = reading.text.forms[word]
    return bool(reading.at("lists.product", word)) or (form.endswith("s") and len(form) > 4)  # noqa: PLR2004


def _product(reading: Reading, first: int, last: int) -> bool:
    return reading.within("lists.product", first, last) is not None


def _passives(reading: Reading) -> Iterator[tuple[int, int]]:
    """*Your sciatica will disappear*, *type 2 diabetes can be reversed with this plan*."""
    text = reading.text
    for verb in reading.own(_KEY + "passive"):
        sentence = reading.sentence(verb.first)
        ailment = _left_ailment(reading, verb.first, sentence.first)
        if ailment is None or _medical(reading, verb.first) or _hedged(reading, verb.first):
            continue
        yours = ailment.first > 0 and reading.at(_KEY + "yours", ailment.first - 1) is not None
        soft = reading.at(_KEY + "soft_passive", verb.first) is not None
        tool = reading.within(_KEY + "with", verb.last + 1, sentence.last)
        start = tool.last + 1 if tool is not None else verb.last + 1
        made = (tool is not None or not soft) and _product(reading, start, sentence.last)
        by_product = made and reading.within(_KEY + "medical", verb.last + 1, sentence.last) is None
        said_so = yours or (text.breaks[verb.first] == Break.NONE and ailment.last + 1 == verb.first)
        if by_product or (said_so and not soft):
            yield ailment.first, verb.last


def _left_ailment(reading: Reading, word: int, first: int) -> Match | None:
    for place in range(word - 1, max(first, word - REACH) - 1, -1):
        if reading.text.breaks[place + 1] > Break.COMMA or reading.at(_KEY + "relative", place):
            return None
        ailment = _ailment(reading, place)
        if ailment is not None:
            return ailment
    return None


def _nouns(reading: Reading) -> Iterator[tuple[int, int]]:
    """*A cure for arthritis*, *hip thrusts are the best treatment for sciatica*."""
    for noun in reading.own(_KEY + "noun"):
        ailment = _object(reading, noun, strict=False)
        if ailment is None or _medical(reading, noun.first) or reading.at(_KEY + "excused", noun.first):
            continue
        first = max(reading.sentence(noun.first).first, noun.first - LEFT)
        links = (reading.at(_KEY + "before_noun", word) for word in range(noun.first - 1, first - 1, -1))
        link = next((match for match in links if match is not None), None)
        said = (
            link is not None
            and (_product(reading, first, link.last) or _goes_on(reading, first))
            and reading.within(_KEY + "partial", link.last, noun.first) is None
        )
        if said or reading.at(_KEY + "cure_noun", noun.first):
            yield noun.first, ailment.last


def _goes_on(reading: Reading, first: int) -> bool:
    """Whether a sentence says *it* of what the text is about: nothing medical stands in the sentence before."""
    if first != reading.sentence(first).first or reading.at(_KEY + "it", first) is None:
        return False
    return first == 0 or reading.within(_KEY + "medical", reading.sentence(first - 1).first, first - 1) is None


def _risks(reading: Reading) -> Iterator[tuple[int, int]]:
    """*Eliminates your risk of diabetes*."""
    for verb in reading.own(_KEY + "gain"):
        ailment = _object(reading, verb, strict=False)
        if ailment is not None and not _medical(reading, verb.first) and not _hedged(reading, verb.first):
            yield verb.first, ailment.last
