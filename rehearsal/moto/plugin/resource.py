"""Reads a resource of a template as CloudFormation does.

moto leaves a null in lists where AWS::NoValue stands, knows one of the forms of
GetAtt, and takes null and any other property without a word.
"""

from moto.cloudformation import parsing
from moto.cloudformation.exceptions import ValidationError

from .properties import check_known


def teach():
    parse = parsing.parse_resource

    def parsed(resource, resources):
        if has_null(resource):
            raise ValidationError(message="null values are not allowed in templates")
        result = parse(with_lists(resource), resources)
        if result is None:
            return None
        model, resource, kind = result
        resource = without_null(resource)
        check_known(kind, resource["Properties"])
        return model, resource, kind

    parsing.parse_resource = parsed


def has_null(value):
    if isinstance(value, dict):
        return any(has_null(v) for v in value.values())
    if isinstance(value, list):
        return any(has_null(v) for v in value)
    return value is None


def with_lists(value):
    """Has every GetAtt name resource and attribute in a list of two."""
    if isinstance(value, list):
        return [with_lists(v) for v in value]
    if not isinstance(value, dict):
        return getattr(value, "value", value)  # in YAML's short form, a node
    if isinstance(value.get("Fn::GetAtt"), str):
        return {"Fn::GetAtt": value["Fn::GetAtt"].split(".", 1)}
    return {k: with_lists(v) for k, v in value.items()}


def without_null(value):
    if isinstance(value, dict):
        return {k: without_null(v) for k, v in value.items() if v is not None}
    if isinstance(value, list):
        return [without_null(v) for v in value if v is not None]
    return value
