"""AWS::IAM::Role with the managed policies that it names.

moto leaves out ManagedPolicyArns, and updates the description of a role alone.
"""

import json

from moto.cloudformation.exceptions import ValidationError
from moto.iam.models import Role, iam_backends
from moto.iam.policy_validation import IAMTrustPolicyDocumentValidator

from . import document
from .follow import follow
from .properties import PATH, POLICY_NAME, ROLE_NAME, check_text, listed

# How many managed policies a role may have by default (IAM user guide, "IAM and AWS
# STS quotas").
ATTACHED = 10


def teach():
    take_trust_as_iam_does(IAMTrustPolicyDocumentValidator)
    Role.delete = delete
    follow(Role, apply, replacing=["RoleName", "Path"])


def take_trust_as_iam_does(validator):
    """moto refuses a trust policy without a version, as those of "cdk bootstrap" are,
    and an action of STS in another case or with a wildcard.
    """
    known = validator._validate_trust_policy_action
    validator._validate_version = lambda self: None
    validator._validate_trust_policy_action = staticmethod(
        lambda action: action.lower().startswith("sts:") or known(action)
    )


def apply(role, properties):
    check_text(properties, "RoleName", ROLE_NAME)
    check_text(properties, "Path", PATH)
    document.trust(properties["AssumeRolePolicyDocument"])
    backend(role).update_assume_role_policy(
        role.name, json.dumps(properties["AssumeRolePolicyDocument"])
    )
    role.description = properties.get("Description", "")
    role.max_session_duration = properties.get("MaxSessionDuration", 3600)
    role.tags = listed(properties, "Tags")
    role.permissions_boundary_arn = boundary(role, properties)
    put_inline(role, listed(properties, "Policies"))
    attach(role, listed(properties, "ManagedPolicyArns"))


def boundary(role, properties):
    arn = properties.get("PermissionsBoundary")
    if arn:
        backend(role).get_policy(arn)  # IAM refuses one that is not there
    return arn


def put_inline(role, policies):
    for policy in policies:
        check_text(policy, "PolicyName", POLICY_NAME)
        document.identity(policy["PolicyDocument"], document.INLINE)
    declared = {p["PolicyName"]: json.dumps(p["PolicyDocument"]) for p in policies}
    for name in set(getattr(role, "declared", {})) - set(declared):
        role.delete_policy(name)
    for name, text in declared.items():
        backend(role).put_role_policy(role.name, name, text)
    role.declared = declared


def attach(role, arns):
    if len(arns) > ATTACHED:
        raise ValidationError(message=f"more than {ATTACHED} managed policies")
    for arn in set(getattr(role, "attached", [])) - set(arns):
        backend(role).detach_role_policy(arn, role.name)
    for arn in arns:
        if arn not in role.managed_policies:
            backend(role).attach_role_policy(arn, role.name)
    role.attached = list(arns)


def delete(role, account_id, region_name):
    attach(role, [])
    Role.delete_from_cloudformation_json(role.name, {}, account_id, region_name)


def backend(role):
    return iam_backends[role.account_id][role.partition]
