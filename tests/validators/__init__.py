"""The field's own validators, as functions that tests call on finished files.

======================  ==========================================================  =====================
function                asks                                                        about
======================  ==========================================================  =====================
:func:`validate_pdf`    veraPDF                                                     PDF/UA-1, PDF/A
:func:`validate_epub`   EPUBCheck                                                   EPUB 3.3
:func:`validate_html`   the Nu HTML checker                                         HTML, CSS, SVG
:func:`audit_epub`      Ace by DAISY                                                EPUB Accessibility 1.1
:func:`audit_html`      axe-core in Chromium                                        WCAG 2.2, level AA
:func:`validate_sarif`  the SARIF Multitool                                         SARIF 2.1.0, code scanning
======================  ==========================================================  =====================

Each returns what the validator holds against the files: an empty list says that it went through all of them and found
nothing. A validator that is missing or breaks down raises, it never passes a file. ``make validators`` installs them.
"""

from tests.validators.ace import audit_epub
from tests.validators.axe import audit_html
from tests.validators.epubcheck import validate_epub
from tests.validators.installation import MissingToolError
from tests.validators.message import Message, ValidatorError
from tests.validators.nu import validate_html
from tests.validators.sarif import validate_sarif
from tests.validators.verapdf import validate_pdf

__all__ = [
    "Message",
    "MissingToolError",
    "ValidatorError",
    "audit_epub",
    "audit_html",
    "validate_epub",
    "validate_html",
    "validate_pdf",
    "validate_sarif",
]
