"""What pip-audit says of the locked packages, as a verdict: to have found nothing is no good where nothing was looked up."""

from __future__ import annotations

import json
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Verdict:
    """Lines to print, and whether every package was looked up and none has a known weakness."""

    lines: tuple[str, ...]
    good: bool


def verdict(answer: str) -> Verdict:
    """The verdict on pip-audit's JSON; ``answer`` is empty where it has none."""
    try:
        packages = json.loads(answer)["dependencies"]
    except (ValueError, KeyError):
        none = (
            "pip-audit gave no answer: PyPI's advisory database cannot be reached from here. Nothing was looked up.",
        )
        return Verdict(none, good=False)
    unknown = [each["name"] for each in packages if "skip_reason" in each]
    weak = [each for each in packages if each.get("vulns")]
    lines: tuple[str, ...] = tuple(
        f"{each['name']} {each['version']}: {flaw['id']}, mended in {', '.join(flaw['fix_versions']) or 'no version yet'}"
        for each in weak
        for flaw in each["vulns"]
    )
    looked_up = len(packages) - len(unknown)
    lines += (f"{looked_up} of {len(packages)} packages were looked up; {len(weak)} have known weaknesses.",)
    if unknown and not looked_up:
        lines += ("PyPI's advisory database cannot be reached from here, so that nothing is known of any package.",)
    elif unknown:
        lines += (f"The advisory database knows nothing of: {', '.join(unknown)}.",)
    return Verdict(lines, good=bool(packages) and not unknown and not weak)
