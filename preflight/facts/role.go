package facts

import (
	"fmt"
	"strings"

	"keyless-runners/identity"
)

// ARN is the role's, "" if its name or its account is not known.
func (r *Role) ARN() string {
	if !r.Name.Known() || !r.Account.Known() {
		return ""
	}
	return identity.RoleARN{
		Partition: r.partition(),
		Account:   identity.AccountID(r.Account.Value),
		Path:      identity.RolePath(r.Path.Value),
		Name:      identity.RoleName(r.Name.Value),
	}.String()
}

// Title names the user or the group, by its logical id if its name is not known.
func (u *User) Title() string {
	what, name := "user", u.LogicalID
	if u.Group {
		what = "group"
	}
	if u.Name.Known() {
		name = fmt.Sprintf("%q", u.Name)
	}
	return fmt.Sprintf("IAM %s %s", what, name)
}

func (r *Role) partition() identity.Partition {
	if r.Partition.Known() {
		return identity.Partition(r.Partition.Value)
	}
	return identity.PartitionAWS
}

// Title names the role as far as the files determine it: by its ARN, its name or its
// logical id.
func (r *Role) Title() string {
	switch {
	case r.ARN() != "":
		return r.ARN()
	case r.Name.Known():
		return r.Name.Value
	}
	return r.LogicalID
}

// ServiceLinked reports whether it is a service-linked role, which no one but a service of AWS can
// assume or change.
func (r *Role) ServiceLinked() bool {
	return strings.HasPrefix(r.Path.Value, identity.ServiceLinkedPath)
}
