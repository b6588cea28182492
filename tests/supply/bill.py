"""The bill of materials of a release (CycloneDX 1.6): what the pipeline is installed with, with hashes and licences."""

from __future__ import annotations

import uuid

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import ExternalReference, ExternalReferenceType, HashAlgorithm, HashType, XsUri
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentScope, ComponentType
from cyclonedx.output import make_outputter
from cyclonedx.schema import OutputFormat, SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from packageurl import PackageURL

from pipeline import __version__
from tests.supply.packages import LOCK, Package, locked_packages

SECTIONS = {"pipeline": ComponentScope.REQUIRED, "preview": ComponentScope.OPTIONAL}
"""What of the lock users install; the rest builds and tests it."""


def bill_of_materials() -> str:
    """The bill as JSON, checked against the standard's own schema; the same for the same lock. Raises ValueError."""
    licences = LicenseFactory()
    root = Component(
        name="fitness-press",
        version=__version__,
        type=ComponentType.APPLICATION,
        bom_ref="fitness-press",
        licenses=[licences.make_from_string("MIT")],
    )
    packages = [package for package in locked_packages() if package.section in SECTIONS]
    bom = Bom(serial_number=uuid.uuid5(uuid.NAMESPACE_URL, f"fitness-press {__version__} {LOCK.read_text('utf-8')}"))
    bom.metadata.component = root
    components = [_component(package, licences) for package in packages]
    bom.components.update(components)
    bom.register_dependency(root, components)
    bom.metadata.timestamp = None  # type: ignore[assignment]  # the same lock gives the same bill
    text = make_outputter(bom, OutputFormat.JSON, SchemaVersion.V1_6).output_as_string(indent=1)
    wrong = JsonStrictValidator(SchemaVersion.V1_6).validate_str(text)
    if wrong:
        raise ValueError(f"the bill is not CycloneDX 1.6: {wrong}")
    return text + "\n"


def _component(package: Package, licences: LicenseFactory) -> Component:
    purl = PackageURL("pypi", name=package.name.lower().replace("_", "-"), version=package.version)
    files = ExternalReference(
        type=ExternalReferenceType.DISTRIBUTION,
        url=XsUri(purl.to_string()),
        hashes=[HashType(alg=HashAlgorithm.SHA_256, content=digest) for digest in package.hashes],
    )
    return Component(
        name=package.name,
        version=package.version,
        type=ComponentType.LIBRARY,
        bom_ref=purl.to_string(),
        purl=purl,
        scope=SECTIONS[package.section],
        licenses=[licences.make_from_string(package.licence)] if package.licence else [],
        external_references=[files],
    )
