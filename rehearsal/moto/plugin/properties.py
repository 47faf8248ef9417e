"""Properties as CloudFormation's reference has them: names, lists and texts.

moto takes a misspelt property for none.
"""

import re

from moto.cloudformation.exceptions import ValidationError

KNOWN = {
    "AWS::IAM::OIDCProvider": "ClientIdList Tags ThumbprintList Url",
    "AWS::IAM::ManagedPolicy": """Description Groups ManagedPolicyName Path
        PolicyDocument Roles Users""",
    "AWS::IAM::Role": """AssumeRolePolicyDocument Description ManagedPolicyArns
        MaxSessionDuration Path PermissionsBoundary Policies RoleName Tags""",
    "AWS::ECR::Repository": """EmptyOnDelete EncryptionConfiguration
        ImageScanningConfiguration ImageTagMutability
        ImageTagMutabilityExclusionFilters LifecyclePolicy RepositoryName
        RepositoryPolicyText Tags""",
    "AWS::EKS::PodIdentityAssociation": """ClusterName Namespace RoleArn
        ServiceAccount Tags""",
}

# IAM's API, CreateRole and CreatePolicy.
PATH = "/|/[\x21-\x7e]{1,510}/"
ROLE_NAME = "[A-Za-z0-9_+=,.@-]{1,64}"
POLICY_NAME = "[A-Za-z0-9_+=,.@-]{1,128}"


def check_known(kind, properties):
    for name in properties:
        if kind in KNOWN and name not in KNOWN[kind].split():
            raise ValidationError(message=f"there is no property {name}")


def listed(properties, name):
    value = properties.get(name, [])
    if not isinstance(value, list):
        raise ValidationError(message=f"Value of property {name} must be a list")
    return value


def check_text(properties, name, pattern):
    value = properties.get(name)
    if value is not None and not re.fullmatch(pattern, str(value)):
        raise ValidationError(message=f'{name} "{value}" must be of the form {pattern}')
