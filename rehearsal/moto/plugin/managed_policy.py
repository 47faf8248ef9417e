"""Policies of AWS and of the account."""

import json

from moto.cloudformation.exceptions import (
    UnformattedGetAttTemplateException,
    ValidationError,
)
from moto.iam.exceptions import DeleteConflictException
from moto.iam.models import IAMBackend, ManagedPolicy

from . import document
from .follow import follow
from .properties import PATH, POLICY_NAME, check_text


def teach():
    keep_policies_of_aws()
    ManagedPolicy.delete = delete
    ManagedPolicy.get_cfn_attribute = attribute
    follow(ManagedPolicy, apply, replacing=[])


def keep_policies_of_aws():
    """Reads the policies of AWS once: moto does at every reset, for 0.2 s."""
    read, kept = IAMBackend._init_aws_policies, {}

    def init(self):
        if self.region_name not in kept:
            kept[self.region_name] = read(self)
        return kept[self.region_name]

    IAMBackend._init_aws_policies = init


def apply(policy, properties):
    check_text(properties, "ManagedPolicyName", POLICY_NAME)
    check_text(properties, "Path", PATH)
    refuse_replacement(policy, properties)
    document.identity(properties["PolicyDocument"], document.MANAGED)
    text = json.dumps(properties["PolicyDocument"])
    if text == next(v.document for v in policy.versions if v.is_default):
        return
    # IAM keeps five versions; CloudFormation makes room by the oldest.
    while len(policy.versions) >= 5:
        oldest = next(v for v in policy.versions if not v.is_default)
        policy.backend.delete_policy_version(policy.arn, oldest.version_id)
    policy.backend.create_policy_version(policy.arn, text, set_as_default=True)


def refuse_replacement(policy, properties):
    """moto does not update the roles that refer to a resource that is replaced."""
    for name, value in [
        ("ManagedPolicyName", policy.name),
        ("Path", policy.path),
        ("Description", policy.description),
    ]:
        if properties.get(name, value) != value:
            raise ValidationError(message=f"a new {name} is not emulated in an update")


def attribute(policy, name):
    if name == "PolicyArn":
        return policy.arn
    raise UnformattedGetAttTemplateException()


def delete(policy, account_id, region_name):
    if policy.attachment_count:
        raise DeleteConflictException("Cannot delete a policy attached to entities.")
    policy.backend.delete_policy(policy.arn)
