"""AWS::EKS::PodIdentityAssociation, and the calls of EKS' API that read them back.

moto has neither.

https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-eks-podidentityassociation.html
"""

from moto.cloudformation.exceptions import (
    UnformattedGetAttTemplateException,
    ValidationError,
)
from moto.core.common_models import CloudFormationModel
from moto.core.responses import ActionResult
from moto.eks import urls
from moto.eks.models import eks_backends
from moto.eks.responses import EKSResponse
from moto.moto_api._internal import mock_random
from moto.utilities.utils import get_partition

from .follow import follow


def teach():
    follow(Association, apply, replacing=["ClusterName", "Namespace", "ServiceAccount"])
    for path in ["", "/(?P<associationId>[^/]+)"]:
        url = "{0}/clusters/(?P<name>[^/]+)/pod-identity-associations" + path + "$"
        urls.url_paths[url] = EKSResponse.dispatch
    EKSResponse.create_pod_identity_association = created
    EKSResponse.list_pod_identity_associations = listed
    EKSResponse.describe_pod_identity_association = described


def created(response):
    properties = {
        "ClusterName": response._get_param("name"),
        "Namespace": response._get_param("namespace"),
        "ServiceAccount": response._get_param("serviceAccount"),
        "RoleArn": response._get_param("roleArn"),
    }
    association = Association(response.eks_backend, properties)
    apply(association, properties)
    return ActionResult({"association": association.shown})


def listed(response):
    backend = response.eks_backend
    found = all_of(backend, response._get_param("name"))
    return ActionResult({"associations": [a.shown for a in found]})


def described(response):
    found = all_of(response.eks_backend, response._get_param("name"))
    wanted = response._get_param("associationId")
    shown = next(a.shown for a in found if a.shown["associationId"] == wanted)
    return ActionResult({"association": shown})


def all_of(backend, cluster):
    return [a for a in associations(backend) if a.shown["clusterName"] == cluster]


def associations(backend):
    return backend.__dict__.setdefault("associations", [])


class Association(CloudFormationModel):
    """One association. shown is what EKS' API shows of it."""

    def __init__(self, backend, properties):
        self.backend = backend
        place = {
            "clusterName": properties["ClusterName"],
            "namespace": properties["Namespace"],
            "serviceAccount": properties["ServiceAccount"],
        }
        if place["clusterName"] not in backend.clusters:
            refuse(f"No cluster found for name: {place['clusterName']}.")
        if any(place.items() <= a.shown.items() for a in associations(backend)):
            refuse("Association already exists")
        # The form of an id is EKS' (EKS API reference, PodIdentityAssociation).
        name = "a-" + mock_random.get_random_string(17, lower_case=True)
        self.shown = place | {
            "associationId": name,
            "associationArn": arn(backend, place["clusterName"], name),
        }
        associations(backend).append(self)

    @property
    def physical_resource_id(self):
        return self.shown["associationArn"]

    @staticmethod
    def cloudformation_name_type():
        return ""

    @staticmethod
    def cloudformation_type():
        return "AWS::EKS::PodIdentityAssociation"

    @classmethod
    def has_cfn_attr(cls, attr):
        return attr in ["AssociationArn", "AssociationId"]

    def get_cfn_attribute(self, attribute_name):
        if self.has_cfn_attr(attribute_name):
            return self.shown["a" + attribute_name[1:]]
        raise UnformattedGetAttTemplateException()

    @classmethod
    def create_from_cloudformation_json(
        cls, name, template, account_id, region_name, **kwargs
    ):
        return cls(eks_backends[account_id][region_name], template["Properties"])

    def delete(self, account_id, region_name):
        associations(self.backend).remove(self)


def arn(backend, cluster, name):
    partition = get_partition(backend.region_name)
    place = f"{backend.region_name}:{backend.account_id}"
    return f"arn:{partition}:eks:{place}:podidentityassociation/{cluster}/{name}"


def apply(association, properties):
    role = properties["RoleArn"]
    # EKS passes the role to itself, which IAM allows within an account alone.
    if role.split(":")[4] != association.backend.account_id:
        refuse(f"Role {role} is of another account")
    association.shown["roleArn"] = role


def refuse(why):
    raise ValidationError(message=why)
