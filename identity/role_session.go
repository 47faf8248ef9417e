package identity

import (
	"fmt"
	"strings"
)

// RoleSessionName is the name that a principal gives its session of a role: 2 to 64
// letters, digits and +=,.@_- (STS API, AssumeRoleWithWebIdentity).
type RoleSessionName string

// Check reports a name that STS would refuse.
func (n RoleSessionName) Check() error {
	if err := firstError(
		checkLength("role session name", string(n), 64),
		checkAlphabet("role session name", string(n), iamAlphabet, iamAllowed),
	); err != nil {
		return err
	}
	if len(n) == 1 {
		return fmt.Errorf("role session name %q: want at least 2 characters", n)
	}
	return nil
}

// RoleSession is a principal that assumed a role. The role's path is not part of it.
type RoleSession struct {
	Partition Partition
	Account   AccountID
	Role      RoleName
	Name      RoleSessionName
}

// String is "arn:PARTITION:sts::ACCOUNT:assumed-role/ROLE/NAME".
func (s RoleSession) String() string {
	return "arn:" + string(s.Partition) + ":sts::" + string(s.Account) + ":assumed-role/" + string(s.Role) + "/" + string(s.Name)
}

// Check reports the first part that is wrong.
func (s RoleSession) Check() error {
	return firstError(s.Partition.Check(), s.Account.Check(), s.Role.Check(), s.Name.Check())
}

// ParseRoleSession reads what String writes. It returns an error for any other
// text.
func ParseRoleSession(text string) (RoleSession, error) {
	const form = "arn:PARTITION:sts::ACCOUNT:assumed-role/ROLE/NAME"
	parts := strings.Split(text, ":")
	if len(parts) != 6 || parts[0] != "arn" || parts[2] != "sts" || parts[3] != "" {
		return RoleSession{}, fmt.Errorf("role session ARN %q: want %s", text, form)
	}
	names := strings.Split(parts[5], "/")
	if len(names) != 3 || names[0] != "assumed-role" {
		return RoleSession{}, fmt.Errorf("role session ARN %q: want %s", text, form)
	}
	session := RoleSession{Partition(parts[1]), AccountID(parts[4]), RoleName(names[1]), RoleSessionName(names[2])}
	if err := session.Check(); err != nil {
		return RoleSession{}, fmt.Errorf("role session ARN %q: %w", text, err)
	}
	return session, nil
}
