"""How a newsletter looks in mail programs: rules that are written into each element, and those for dark screens."""

from __future__ import annotations

from pipeline.render.colours import brand_tokens

TEXT_FACE = "Verdana, Geneva, 'DejaVu Sans', sans-serif"
"""Faces that machines have; mail programs load none."""
HEAD_FACE = "Georgia, 'Times New Roman', serif"
INK, MUTED, RULE, PAPER, GROUND = "#1b1f1e", "#4f5856", "#c3cac8", "#ffffff", "#eef1f0"
ALARM, ALARM_TINT, CARE, CARE_TINT = "#9b1c1c", "#fdf3f2", "#7a4a00", "#fdf7ec"


def inlined_rules(colour: str) -> str:
    """Rules for css-inline; sizes in pixels, since mail programs know no other well."""
    brand = brand_tokens(colour)
    return f"""
h2 {{ font: bold 24px/30px {HEAD_FACE}; color: {brand["brand-text"]}; margin: 12px 0; }}
p + div > h2, ul + div > h2, ol + div > h2, table + div > h2 {{ margin-top: 28px; }}
h3 {{ font: bold 19px/26px {HEAD_FACE}; color: {INK}; margin: 24px 0 8px; }}
h4, h5, h6 {{ font: bold 16px/24px {TEXT_FACE}; color: {INK}; margin: 18px 0 6px; }}
p {{ margin: 0 0 12px; }}
ul, ol {{ margin: 0 0 12px; padding: 0 0 0 24px; }}
li {{ margin: 0 0 6px; }}
ul.labelled {{ list-style: none; padding-left: 0; }}
a {{ color: {brand["brand-text"]}; }}
img {{ max-width: 100%; height: auto; border: 0; display: block; }}
.figure {{ padding: 8px 0; margin: 0 0 12px; }}
.figure img {{ background: {PAPER}; margin: 0 auto 8px; }}
.caption {{ font-size: 14px; line-height: 20px; color: {MUTED}; margin: 0 0 16px; }}
.small {{ font-size: 14px; line-height: 20px; color: {MUTED}; }}
.quote {{ border-left: 3px solid {brand["brand-line"]}; padding-left: 16px; margin: 0 0 12px; }}
.alert {{ border-top: 3px solid {brand["brand"]}; border-bottom: 1px solid {RULE}; padding: 10px 0 0; margin: 0 0 16px; }}
.key-points {{ background: {brand["brand-tint"]}; border-top: 4px solid {brand["brand"]}; padding: 14px 16px 4px; margin: 0 0 16px; }}
.key-points h3 {{ margin-top: 0; }}
.box {{ width: 100%; border-collapse: separate; margin: 0 0 12px; }}
.disclaimer {{ border: 1px solid {brand["brand-line"]}; border-left: 6px solid {brand["brand"]}; background: {brand["brand-tint"]}; padding: 12px 16px 2px; }}
.disclaimer h3, .disclaimer h4, .disclaimer h5 {{ font: bold 16px/24px {TEXT_FACE}; color: {INK}; margin: 0 0 4px; }}
.disclaimer-stop, .disclaimer-emergency {{ border: 3px solid {ALARM}; border-left: 6px solid {ALARM}; background: {ALARM_TINT}; }}
.disclaimer-risk {{ border: 2px dashed {CARE}; border-left: 6px solid {CARE}; background: {CARE_TINT}; }}
.data {{ width: 100%; border-collapse: collapse; margin: 0 0 16px; font-size: 14px; line-height: 20px; }}
.data th, .data td {{ border-bottom: 1px solid {RULE}; padding: 6px 8px 6px 0; text-align: left; vertical-align: top; }}
.data thead th {{ border-bottom: 2px solid {brand["brand"]}; color: {brand["brand-text"]}; }}
.code {{ white-space: pre-wrap; font-family: {TEXT_FACE}; margin: 0 0 12px; }}
sup {{ font-size: 11px; line-height: 0; }}
"""


def dark_rules(colour: str) -> str:
    """Rules for dark screens, and for Outlook's own dark mode, which marks the body ``data-ogsc``."""
    brand = brand_tokens(colour)
    night, ink = "#141817", "#eceff0"
    rules = {
        ".ground": f"background:{night} !important",
        ".paper, .paper>table": "background:#1b2120 !important",
        ".paper div, .paper p, .paper li, .paper td, .paper th, .paper h3, .paper h4, .paper h5": f"color:{ink} !important",
        ".paper .small, .paper .small p, .paper .caption": "color:#b3bcba !important",
        ".paper h2, .paper a, .paper .data thead th": f"color:{brand['night-brand-text']} !important",
        ".paper .disclaimer, .paper .key-points": f"background:{brand['night-brand-tint']} !important",
        ".paper .disclaimer-stop, .paper .disclaimer-emergency": "background:#331b19 !important;border-color:#ff9d94 !important",
        ".paper .disclaimer-risk": "background:#2e2414 !important;border-color:#f3c272 !important",
        ".paper .button a": f"color:{brand['on-brand']} !important",
    }
    media = "".join(f"{selector}{{{words}}}" for selector, words in rules.items())
    outlook = "".join(
        ",".join(f"[data-ogsc] {each.strip()}" for each in selector.split(",")) + f"{{{words}}}"
        for selector, words in rules.items()
    )
    return f":root{{color-scheme:light dark}}@media (prefers-color-scheme:dark){{{media}}}{outlook}"


NARROW = "@media (max-width:480px){.pad>table>tbody>tr>td{padding-left:16px !important;padding-right:16px !important}}"
