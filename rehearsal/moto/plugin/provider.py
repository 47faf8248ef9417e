"""AWS::IAM::OIDCProvider, which moto does not have.

https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-oidcprovider.html
"""

from moto.cloudformation.exceptions import (
    UnformattedGetAttTemplateException,
    ValidationError,
)
from moto.core.common_models import CloudFormationModel
from moto.iam.exceptions import EntityAlreadyExists
from moto.iam.models import iam_backends
from moto.utilities.utils import get_partition

from .follow import follow
from .properties import listed


def teach():
    follow(Provider, apply, replacing=["Url"])


class Provider(CloudFormationModel):
    """What CloudFormation knows of a provider; IAM has the provider itself."""

    def __init__(self, backend, url):
        self.backend = backend
        self.arn = created(backend, url).arn

    @property
    def physical_resource_id(self):
        return self.arn

    @staticmethod
    def cloudformation_name_type():
        return ""

    @staticmethod
    def cloudformation_type():
        return "AWS::IAM::OIDCProvider"

    @classmethod
    def has_cfn_attr(cls, attr):
        return attr == "Arn"

    def get_cfn_attribute(self, attribute_name):
        if attribute_name == "Arn":
            return self.arn
        raise UnformattedGetAttTemplateException()

    @classmethod
    def create_from_cloudformation_json(
        cls, name, template, account_id, region_name, **kwargs
    ):
        backend = iam_backends[account_id][get_partition(region_name)]
        return cls(backend, template["Properties"].get("Url", ""))

    def delete(self, account_id, region_name):
        self.backend.delete_open_id_connect_provider(self.arn)


def created(backend, url):
    if not url.startswith("https://"):
        raise ValidationError(message=f'Url "{url}" must begin with https://')
    try:
        return backend.create_open_id_connect_provider(
            url=url, thumbprint_list=[], client_id_list=[], tags=[]
        )
    except EntityAlreadyExists as e:
        message = f"Provider with url {url} already exists."
        raise EntityAlreadyExists(message) from e


def apply(resource, properties):
    provider = resource.backend.get_open_id_connect_provider(resource.arn)
    provider.client_id_list = listed(properties, "ClientIdList")
    provider.thumbprint_list = listed(properties, "ThumbprintList")
    tags = listed(properties, "Tags")
    provider.tags = {tag["Key"].lower(): tag for tag in tags}
