"""Leaves AWS::NoValue out of lists, where moto leaves a null.

A null that is written in the template is refused, as CloudFormation does.
"""

from moto.cloudformation import parsing
from moto.cloudformation.exceptions import ValidationError


def teach():
    parse = parsing.parse_resource

    def parsed(resource, resources):
        if has_null(resource):
            raise ValidationError(message="null values are not allowed in templates")
        result = parse(resource, resources)
        if result is None:
            return None
        model, resource, kind = result
        return model, without_null(resource), kind

    parsing.parse_resource = parsed


def has_null(value):
    if isinstance(value, dict):
        return any(has_null(v) for v in value.values())
    if isinstance(value, list):
        return any(has_null(v) for v in value)
    return value is None


def without_null(value):
    if isinstance(value, dict):
        return {k: without_null(v) for k, v in value.items() if v is not None}
    if isinstance(value, list):
        return [without_null(v) for v in value if v is not None]
    return value
