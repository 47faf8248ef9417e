package identity

import "fmt"

// Partition is a group of AWS regions with separate accounts, ARNs and host names.
type Partition string

const (
	PartitionAWS   Partition = "aws"
	PartitionChina Partition = "aws-cn"
	PartitionGov   Partition = "aws-us-gov"
)

// Check reports a partition other than the three constants.
func (p Partition) Check() error {
	switch p {
	case PartitionAWS, PartitionChina, PartitionGov:
		return nil
	}
	return fmt.Errorf("partition %q: want %q, %q or %q", p, PartitionAWS, PartitionChina, PartitionGov)
}

// DNSSuffix is the domain of the partition's service endpoints:
// "amazonaws.com", or "amazonaws.com.cn" in China.
func (p Partition) DNSSuffix() string {
	if p == PartitionChina {
		return "amazonaws.com.cn"
	}
	return "amazonaws.com"
}
