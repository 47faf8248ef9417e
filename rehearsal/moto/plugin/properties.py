"""Properties as CloudFormation reads them."""

from moto.cloudformation.exceptions import ValidationError


def listed(properties, name):
    value = properties.get(name, [])
    if not isinstance(value, list):
        raise ValidationError(message=f"Value of property {name} must be a list")
    return value
