"""What IAM and ECR refuse of a policy document, and moto takes.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
"""

import json
import re

from moto.cloudformation.exceptions import ValidationError

# Characters that IAM counts, as an account has them by default.
MANAGED, INLINE, TRUST = 6144, 10240, 2048


def identity(document, quota):
    for statement in statements(document):
        if has_principal(statement):
            refuse("Policy document should not specify a principal.")
    checked(document, quota)


def trust(document):
    for statement in statements(document):
        if not has_principal(statement):
            refuse("Missing required field Principal")
    checked(document, TRUST)


def repository(document):
    for statement in statements(document):
        if not has_principal(statement) or "Resource" in statement:
            refuse("Invalid repository policy provided")


def statements(document):
    found = document.get("Statement", [])
    return [
        s for s in (found if isinstance(found, list) else [found]) if type(s) is dict
    ]


def has_principal(statement):
    return "Principal" in statement or "NotPrincipal" in statement


def checked(document, quota):
    for statement in statements(document):
        if not re.fullmatch("[A-Za-z0-9]*", statement.get("Sid", "")):
            refuse("Statement IDs (SID) must be alpha-numeric.")
    if len(json.dumps(document, separators=(",", ":"))) > quota:
        refuse(f"a document of more than {quota} characters")


def refuse(why):
    raise ValidationError(message=why)
