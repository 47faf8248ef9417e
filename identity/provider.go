package identity

import (
	"fmt"
	"strings"
)

// ProviderARN identifies an IAM OIDC provider. An account holds one provider for
// an issuer.
type ProviderARN struct {
	Partition Partition
	Account   AccountID
	Issuer    Issuer
}

// String is "arn:PARTITION:iam::ACCOUNT:oidc-provider/" and the issuer without
// its scheme.
func (a ProviderARN) String() string {
	return "arn:" + string(a.Partition) + ":iam::" + string(a.Account) + ":oidc-provider/" + a.Issuer.Host()
}

// Check reports the first part that is wrong.
func (a ProviderARN) Check() error {
	return firstError(a.Partition.Check(), a.Account.Check(), a.Issuer.Check())
}

// ParseProviderARN reads what String writes. It returns an error for any other
// text.
func ParseProviderARN(text string) (ProviderARN, error) {
	parts := strings.Split(text, ":")
	if len(parts) != 6 || parts[0] != "arn" || parts[2] != "iam" || parts[3] != "" || !strings.HasPrefix(parts[5], "oidc-provider/") {
		return ProviderARN{}, fmt.Errorf("provider ARN %q: want arn:PARTITION:iam::ACCOUNT:oidc-provider/ISSUER without https://", text)
	}
	arn := ProviderARN{
		Partition: Partition(parts[1]),
		Account:   AccountID(parts[4]),
		Issuer:    Issuer(issuerScheme + strings.TrimPrefix(parts[5], "oidc-provider/")),
	}
	if err := arn.Check(); err != nil {
		return ProviderARN{}, fmt.Errorf("provider ARN %q: %w", text, err)
	}
	return arn, nil
}
