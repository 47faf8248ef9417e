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
