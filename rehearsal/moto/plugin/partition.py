"""Has stacks of every partition see their own: moto's are all of "aws"."""

from moto.cloudformation.parsing import ResourceMap
from moto.utilities.utils import get_partition


def teach():
    begin = ResourceMap.__init__

    def begun(self, *args, **kwargs):
        begin(self, *args, **kwargs)
        self._parsed_resources["AWS::Partition"] = get_partition(self._region_name)
        self._parsed_resources["AWS::URLSuffix"] = dns_suffix(self._region_name)

    ResourceMap.__init__ = begun


def dns_suffix(region):
    return "amazonaws.com.cn" if get_partition(region) == "aws-cn" else "amazonaws.com"
