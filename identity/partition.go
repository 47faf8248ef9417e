package identity

import "fmt"

// Partition is a group of AWS regions with separate accounts, ARNs and host names.
type Partition string

const (
	PartitionAWS   Partition = "aws"
	PartitionChina Partition = "aws-cn"
	PartitionGov   Partition = "aws-us-gov"
	// PartitionEU is the AWS European Sovereign Cloud.
	PartitionEU Partition = "aws-eusc"
)

// Check reports a partition other than the four constants.
func (p Partition) Check() error {
	switch p {
	case PartitionAWS, PartitionChina, PartitionGov, PartitionEU:
		return nil
	}
	return fmt.Errorf("partition %q: want %q, %q, %q or %q", p, PartitionAWS, PartitionChina, PartitionGov, PartitionEU)
}

// DNSSuffix is the domain of the partition's service endpoints: "amazonaws.com.cn" in China,
// "amazonaws.eu" in the European Sovereign Cloud, "amazonaws.com" elsewhere.
func (p Partition) DNSSuffix() string {
	switch p {
	case PartitionChina:
		return "amazonaws.com.cn"
	case PartitionEU:
		return "amazonaws.eu"
	}
	return "amazonaws.com"
}
