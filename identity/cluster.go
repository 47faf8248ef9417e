package identity

import (
	"fmt"
	"strings"
)

// ClusterName is the name of an EKS cluster: 1 to 100 letters, digits, hyphens
// and underscores, beginning with a letter or digit.
type ClusterName string

// Check reports a name that EKS would refuse.
func (n ClusterName) Check() error {
	return firstError(
		unwrapARN(string(n), "cluster").report("cluster name", checkClusterName),
		checkClusterName(string(n)),
	)
}

func checkClusterName(name string) error {
	if err := firstError(
		checkLength("cluster name", name, 100),
		checkAlphabet("cluster name", name, alphanumeric+"-_", "letters, digits, - and _"),
	); err != nil {
		return err
	}
	if strings.ContainsAny(name[:1], "-_") {
		return fmt.Errorf("cluster name %q: want a letter or digit at the beginning", name)
	}
	return nil
}

// AnnotationCluster is this project's: the ARN of the EKS cluster that a ServiceAccount is in,
// which nothing else in a manifest says.
const AnnotationCluster = "keyless-runners/cluster"

// ClusterARN identifies an EKS cluster in all of AWS.
type ClusterARN struct {
	Partition Partition
	Region    Region
	Account   AccountID
	Name      ClusterName
}

// String is "arn:PARTITION:eks:REGION:ACCOUNT:cluster/NAME".
func (a ClusterARN) String() string {
	return "arn:" + string(a.Partition) + ":eks:" + string(a.Region) + ":" + string(a.Account) + ":cluster/" + string(a.Name)
}

// ParseClusterARN reads what String writes. It returns an error for any other text.
func ParseClusterARN(text string) (ClusterARN, error) {
	parts := strings.Split(text, ":")
	if len(parts) != 6 || parts[0] != "arn" || parts[2] != "eks" || !strings.HasPrefix(parts[5], "cluster/") {
		return ClusterARN{}, fmt.Errorf("cluster ARN %q: want arn:PARTITION:eks:REGION:ACCOUNT:cluster/NAME", text)
	}
	arn := ClusterARN{Partition(parts[1]), Region(parts[3]), AccountID(parts[4]), ClusterName(strings.TrimPrefix(parts[5], "cluster/"))}
	if err := firstError(arn.Partition.Check(), arn.Region.Check(), arn.Account.Check(), arn.Name.Check()); err != nil {
		return ClusterARN{}, fmt.Errorf("cluster ARN %q: %w", text, err)
	}
	return arn, nil
}

// Children is the pattern of the ARNs of all of a kind that belong to the cluster, such as
// "arn:PARTITION:eks:REGION:ACCOUNT:addon/NAME/*". The kinds are "podidentityassociation",
// "addon" and "fargateprofile" (service authorization reference, "Actions, resources, and
// condition keys for Amazon Elastic Kubernetes Service").
func (a ClusterARN) Children(kind string) string {
	return "arn:" + string(a.Partition) + ":eks:" + string(a.Region) + ":" + string(a.Account) + ":" + kind + "/" + string(a.Name) + "/*"
}
