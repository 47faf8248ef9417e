"""What moto's CloudFormation leaves out of the resources that runners need.

moto takes a template whose resources or properties it does not know and says
nothing: there would be no OIDC provider, and a role without its policy. Here
such a resource is made whole, or refused by name. What moto does itself stays
its own.
"""

from . import (
    association,
    failure,
    follow,
    managed_policy,
    partition,
    provider,
    repository,
    resource,
    role,
)


def teach():
    association.teach()
    failure.teach()
    follow.teach()
    managed_policy.teach()
    partition.teach()
    provider.teach()
    repository.teach()
    resource.teach()
    role.teach()
