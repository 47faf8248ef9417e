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

from .properties import listed


class Provider(CloudFormationModel):
    def __init__(self, backend, properties):
        self.backend = backend
        url = properties.get("Url", "")
        if not url.startswith("https://"):
            raise ValidationError(message=f'Url "{url}" must begin with https://')
        self.url = url
        self.arn = created(backend, url).arn
        self.apply(properties)

    def apply(self, properties):
        provider = self.backend.get_open_id_connect_provider(self.arn)
        provider.client_id_list = listed(properties, "ClientIdList")
        provider.thumbprint_list = listed(properties, "ThumbprintList")
        tags = listed(properties, "Tags")
        provider.tags = {tag["Key"].lower(): tag for tag in tags}

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
        return cls(backend, template["Properties"])

    @classmethod
    def update_from_cloudformation_json(
        cls, original_resource, new_resource_name, cloudformation_json, account_id, region_name
    ):
        properties = cloudformation_json["Properties"]
        if properties.get("Url") == original_resource.url:
            original_resource.apply(properties)
            return original_resource
        resource = cls(original_resource.backend, properties)
        original_resource.delete(account_id, region_name)
        return resource

    def delete(self, account_id, region_name):
        self.backend.delete_open_id_connect_provider(self.arn)


def created(backend, url):
    try:
        return backend.create_open_id_connect_provider(
            url=url, thumbprint_list=[], client_id_list=[], tags=[]
        )
    except EntityAlreadyExists:
        raise EntityAlreadyExists(f"Provider with url {url} already exists.")
