package identity

import (
	"fmt"
	"strings"
)

// ServiceLinkedPath begins the paths of service-linked roles, which AWS makes and its services
// alone can assume (IAM user guide, "Service-linked roles").
const ServiceLinkedPath = "/aws-service-role/"

// The characters of IAM names (IAM quotas, "IAM name requirements").
const (
	iamAlphabet = alphanumeric + "+=,.@_-"
	iamAllowed  = "letters, digits and +=,.@_-"
)

// RoleName is the name of an IAM role: 1 to 64 letters, digits and +=,.@_-,
// unique in its account without regard to case.
type RoleName string

// Check reports a name that IAM would refuse. Given a role's ARN, it shows the name and
// the path to declare instead.
func (n RoleName) Check() error {
	const kind = "role name"
	arn := unwrapARN(string(n), "role").withoutPath()
	err := arn.report(kind, checkRoleName)
	if _, path, _ := strings.Cut(arn.before, ":role/"); err != nil && path != "" {
		return fmt.Errorf("%w; its path is %q", err, "/"+path)
	}
	return firstError(err, checkRoleName(string(n)))
}

func checkRoleName(name string) error {
	return firstError(
		checkLength("role name", name, 64),
		checkAlphabet("role name", name, iamAlphabet, iamAllowed),
	)
}

// RolePath is the path of an IAM role, part of its ARN: "/", or "/.../" of up
// to 512 characters.
//
// IAM allows more characters than the EKS pod identity webhook reads in a role
// ARN; the check allows what both do, because the webhook injects an ARN that it
// could not read nevertheless, and the job is what fails
// (aws/amazon-eks-pod-identity-webhook, pkg/cache/cache.go).
type RolePath string

// Check reports a path that IAM or the webhook would not read.
func (p RolePath) Check() error {
	path := string(p)
	if !strings.HasPrefix(path, "/") || !strings.HasSuffix(path, "/") {
		return fmt.Errorf(`role path %q: want "/" or "/.../"`, p)
	}
	if strings.Contains(path, "//") {
		return fmt.Errorf(`role path %q: "//" is an empty part; want "/" or "/.../"`, p)
	}
	if strings.HasPrefix(path, ServiceLinkedPath) {
		return fmt.Errorf("role path %q: AWS keeps it for the roles of its services; want another", p)
	}
	return firstError(
		checkLength("role path", path, 512),
		checkAlphabet("role path", path, iamAlphabet+"/", iamAllowed+" between slashes"),
	)
}

// RoleARN identifies an IAM role. Its path is part of the ARN and so of the
// ServiceAccount's annotation.
type RoleARN struct {
	Partition Partition
	Account   AccountID
	Path      RolePath
	Name      RoleName
}

// String is "arn:PARTITION:iam::ACCOUNT:role" followed by path and name.
func (a RoleARN) String() string {
	return "arn:" + string(a.Partition) + ":iam::" + string(a.Account) + ":role" + string(a.Path) + string(a.Name)
}

// Check reports the first part that is wrong.
func (a RoleARN) Check() error {
	return firstError(a.Partition.Check(), a.Account.Check(), a.Path.Check(), a.Name.Check())
}

// ParseRoleARN reads what String writes. It returns an error for any other text.
func ParseRoleARN(text string) (RoleARN, error) {
	const form = "arn:PARTITION:iam::ACCOUNT:role/PATH/NAME"
	parts := strings.Split(text, ":")
	if len(parts) != 6 || parts[0] != "arn" || parts[2] != "iam" || parts[3] != "" || !strings.HasPrefix(parts[5], "role/") {
		return RoleARN{}, fmt.Errorf("role ARN %q: want %s", text, form)
	}
	resource := strings.TrimPrefix(parts[5], "role")
	slash := strings.LastIndex(resource, "/")
	arn := RoleARN{
		Partition: Partition(parts[1]),
		Account:   AccountID(parts[4]),
		Path:      RolePath(resource[:slash+1]),
		Name:      RoleName(resource[slash+1:]),
	}
	if err := arn.Check(); err != nil {
		return RoleARN{}, fmt.Errorf("role ARN %q: %w", text, err)
	}
	return arn, nil
}
