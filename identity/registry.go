package identity

import (
	"fmt"
	"strings"
)

// Registry is the private ECR registry of an account in a region.
type Registry struct {
	Account AccountID
	Region  Region
}

// String is the registry's host name, "ACCOUNT.dkr.ecr.REGION.amazonaws.com", in
// China "...amazonaws.com.cn".
func (r Registry) String() string {
	return string(r.Account) + ".dkr.ecr." + string(r.Region) + "." + r.Region.Partition().DNSSuffix()
}

// Check reports the first part that is wrong.
func (r Registry) Check() error {
	return firstError(r.Account.Check(), r.Region.Check())
}

// ParseRegistryHost reads any host name that ECR gives a registry: what String writes,
// its FIPS endpoint, and the two of them for IPv4 and IPv6 (ECR user guide, "Getting
// started with making requests over IPv6"). It returns an error for any other text.
func ParseRegistryHost(text string) (Registry, error) {
	parts := strings.SplitN(text, ".", 4)
	if len(parts) == 4 && (parts[1] == "dkr-ecr" || parts[1] == "dkr-ecr-fips") {
		region := Region(parts[2])
		if suffix, known := dualStackSuffixes[region.Partition()]; known && parts[3] == suffix {
			registry := Registry{Account: AccountID(parts[0]), Region: region}
			return registry, registry.Check()
		}
	}
	return ParseRegistry(strings.Replace(text, ".dkr.ecr-fips.", ".dkr.ecr.", 1))
}

// dualStackSuffixes end the host names of services that answer on IPv6 too.
var dualStackSuffixes = map[Partition]string{
	PartitionAWS:   "on.aws",
	PartitionGov:   "on.aws",
	PartitionChina: "on.amazonwebservices.com.cn",
}

// ParseRegistry reads what String writes. It returns an error for any other text.
func ParseRegistry(text string) (Registry, error) {
	parts := strings.SplitN(text, ".", 5)
	if len(parts) != 5 || parts[1] != "dkr" || parts[2] != "ecr" {
		return Registry{}, fmt.Errorf("registry %q: want ACCOUNT.dkr.ecr.REGION.amazonaws.com", text)
	}
	registry := Registry{Account: AccountID(parts[0]), Region: Region(parts[3])}
	if err := registry.Check(); err != nil {
		return Registry{}, fmt.Errorf("registry %q: %w", text, err)
	}
	if registry.String() != text {
		return Registry{}, fmt.Errorf("registry %q: want %q in region %q", text, registry, registry.Region)
	}
	return registry, nil
}
