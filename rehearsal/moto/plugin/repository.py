"""AWS::ECR::Repository with its settings.

moto reads scanning and encryption in the form of ECR's API only, and leaves out
the two policies.
"""

import json

from moto.ecr.models import Repository, ecr_backends

from . import document
from .follow import follow
from .partition import dns_suffix


def teach():
    follow(Repository, apply, replacing=["RepositoryName", "EncryptionConfiguration"])


def apply(repository, properties):
    repository.uri = (
        f"{repository.registry_id}.dkr.ecr.{repository.region_name}"
        f".{dns_suffix(repository.region_name)}/{repository.name}"
    )
    repository.encryption_configuration = as_api(
        properties.get("EncryptionConfiguration") or {"EncryptionType": "AES256"}
    )
    repository.image_scanning_configuration = as_api(
        properties.get("ImageScanningConfiguration") or {"ScanOnPush": False}
    )
    mutability(repository, properties)
    policies(repository, properties)


def as_api(properties):
    """The same in ECR's form: the first letter of every name is small."""
    return {name[0].lower() + name[1:]: value for name, value in properties.items()}


def mutability(repository, properties):
    filters = properties.get("ImageTagMutabilityExclusionFilters")
    repository._update_image_tag_mutability(
        properties.get("ImageTagMutability"),
        Repository._convert_cfn_mutability_exclusion_filters(filters),
    )


def policies(repository, properties):
    backend = ecr_backends[repository.account_id][repository.region_name]
    repository.policy = repository.lifecycle_policy = None
    if text := properties.get("RepositoryPolicyText"):
        text = text if isinstance(text, str) else json.dumps(text)
        document.repository(json.loads(text))
        backend.set_repository_policy(repository.registry_id, repository.name, text)
    if text := properties.get("LifecyclePolicy", {}).get("LifecyclePolicyText"):
        backend.put_lifecycle_policy(repository.registry_id, repository.name, text)
