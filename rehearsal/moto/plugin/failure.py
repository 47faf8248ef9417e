"""Says which resource of a template failed, and why.

moto lets an exception through without the resource's name, answers 500 to what it
cannot read, and only logs a type that it does not know.
"""

from moto.cloudformation import parsing
from moto.cloudformation.exceptions import ValidationError
from moto.cloudformation.models import CloudFormationBackend
from moto.core.exceptions import ServiceException

# The bucket of "cdk bootstrap" has one. It guards the templates that the CDK
# uploads, which are of no account here.
IGNORED = ["AWS::S3::BucketPolicy"]


class Failure(ValidationError):
    """A failure that names its resource already."""


def teach():
    parsing.parse_and_create_resource = named(parsing.parse_and_create_resource)
    parsing.parse_and_update_resource = named(parsing.parse_and_update_resource)
    parsing.resource_class_from_type = known(parsing.resource_class_from_type)
    for name in ["create_stack", "update_stack", "create_change_set"]:
        act = getattr(CloudFormationBackend, name)
        setattr(CloudFormationBackend, name, readable(act))


def named(act):
    def acted(logical_id, resource, *args, **kwargs):
        try:
            return act(logical_id, resource, *args, **kwargs)
        except Failure:
            raise
        except Exception as e:
            kind = resource.get("Type") if isinstance(resource, dict) else None
            raise Failure(message=f"{logical_id} ({kind}): {reason(e)}") from e

    return acted


def readable(act):
    def acted(*args, **kwargs):
        try:
            return act(*args, **kwargs)
        except ServiceException:
            raise
        except Exception as e:
            raise ValidationError(message=f"Template error: {reason(e)}") from e

    return acted


def reason(e):
    if message := getattr(e, "message", None):
        return message
    if isinstance(e, KeyError):
        return f"{e} is missing"
    return f"{type(e).__name__}: {e}"


def known(find):
    def found(resource_type):
        model = find(resource_type)
        if model is None and resource_type not in IGNORED + parsing.NULL_MODELS:
            raise ValidationError(message="this type is not emulated")
        return model

    return found
