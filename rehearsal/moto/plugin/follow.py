"""Makes a resource follow all of its properties, when it is created and updated."""

from moto.cloudformation.parsing import ResourceMap


def teach():
    """Has an update forget what it removes: moto would take it for there still, when
    another update brings it back.
    """
    update = ResourceMap.update

    def updated(self, template, parameters=None):
        removed = set(self._resource_json_map) - set(template["Resources"])
        update(self, template, parameters)
        for name in removed:
            self._parsed_resources.pop(name, None)

    ResourceMap.update = updated


def follow(model, apply, replacing):
    """Has apply(resource, properties) finish what moto begins.

    A change of a property in replacing makes a new resource, as CloudFormation's
    reference says of it; any other change is applied to the one that is there.
    """
    create = model.create_from_cloudformation_json

    def created(name, template, account_id, region_name, **kwargs):
        resource = create(name, template, account_id, region_name, **kwargs)
        apply(resource, template["Properties"])
        resource.made_of = {key: template["Properties"].get(key) for key in replacing}
        return resource

    def updated(
        original_resource,
        new_resource_name,
        cloudformation_json,
        account_id,
        region_name,
    ):
        properties = cloudformation_json["Properties"]
        if original_resource.made_of == {key: properties.get(key) for key in replacing}:
            apply(original_resource, properties)
            return original_resource
        resource = created(
            new_resource_name, cloudformation_json, account_id, region_name
        )
        original_resource.delete(account_id, region_name)
        return resource

    model.create_from_cloudformation_json = staticmethod(created)
    model.update_from_cloudformation_json = staticmethod(updated)
