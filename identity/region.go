package identity

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Region is an AWS region code such as "us-east-1".
type Region string

// regions are the regions of the four partitions as AWS lists them for accounts
// (https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html).
var regions = map[Region]Partition{
	"af-south-1":     PartitionAWS,
	"ap-east-1":      PartitionAWS,
	"ap-east-2":      PartitionAWS,
	"ap-northeast-1": PartitionAWS,
	"ap-northeast-2": PartitionAWS,
	"ap-northeast-3": PartitionAWS,
	"ap-south-1":     PartitionAWS,
	"ap-south-2":     PartitionAWS,
	"ap-southeast-1": PartitionAWS,
	"ap-southeast-2": PartitionAWS,
	"ap-southeast-3": PartitionAWS,
	"ap-southeast-4": PartitionAWS,
	"ap-southeast-5": PartitionAWS,
	"ap-southeast-6": PartitionAWS,
	"ap-southeast-7": PartitionAWS,
	"ca-central-1":   PartitionAWS,
	"ca-west-1":      PartitionAWS,
	"eu-central-1":   PartitionAWS,
	"eu-central-2":   PartitionAWS,
	"eu-north-1":     PartitionAWS,
	"eu-south-1":     PartitionAWS,
	"eu-south-2":     PartitionAWS,
	"eu-west-1":      PartitionAWS,
	"eu-west-2":      PartitionAWS,
	"eu-west-3":      PartitionAWS,
	"il-central-1":   PartitionAWS,
	"me-central-1":   PartitionAWS,
	"me-south-1":     PartitionAWS,
	"mx-central-1":   PartitionAWS,
	"sa-east-1":      PartitionAWS,
	"us-east-1":      PartitionAWS,
	"us-east-2":      PartitionAWS,
	"us-west-1":      PartitionAWS,
	"us-west-2":      PartitionAWS,
	"cn-north-1":     PartitionChina,
	"cn-northwest-1": PartitionChina,
	"us-gov-east-1":  PartitionGov,
	"us-gov-west-1":  PartitionGov,
	"eusc-de-east-1": PartitionEU,
}

// Regions lists every region that Check accepts, in alphabetical order.
func Regions() []Region {
	return slices.Sorted(maps.Keys(regions))
}

// Check reports a region that does not exist, with the one that was probably
// meant.
func (r Region) Check() error {
	if _, known := regions[r]; known {
		return nil
	}
	if r == "" {
		return fmt.Errorf("region is missing; want a region code such as %q", "us-east-1")
	}
	if meant := Closest(Region(strings.ToLower(string(r))), Regions()); meant != "" {
		return fmt.Errorf("unknown region %q%s", r, DidYouMean(meant))
	}
	return fmt.Errorf("unknown region %q: want a region code such as %q", r, "us-east-1")
}

// Partition is the partition that the region belongs to, "" for an unknown
// region.
func (r Region) Partition() Partition {
	return regions[r]
}
