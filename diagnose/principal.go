package diagnose

import (
	"fmt"
	"strings"
)

// principal is the sender of a request.
type principal struct {
	Account string
	// kind is "assumed-role", "user", "root", ...
	kind string
	// Name is the name of the role or the user, without a path.
	Name string
	// Session is the name of a role's session, "" for a user.
	Session string
}

// parsePrincipal reads the ARN of a principal as STS' get-caller-identity prints it (IAM user
// guide, "IAM identifiers"). The ARN of a session has no role path.
func parsePrincipal(arn string) (principal, bool) {
	parts := strings.SplitN(arn, ":", 6)
	if len(parts) != 6 || parts[0] != "arn" || (parts[2] != "sts" && parts[2] != "iam") {
		return principal{}, false
	}
	by := principal{Account: parts[4]}
	by.kind, by.Name, _ = strings.Cut(parts[5], "/")
	switch by.kind {
	case "assumed-role":
		by.Name, by.Session, _ = strings.Cut(by.Name, "/")
	case "root":
		by.Name = "root"
	default:
		by.Name = by.Name[strings.LastIndex(by.Name, "/")+1:]
	}
	return by, by.Name != ""
}

// Noun returns the common word for the principal's kind, such as "role" or "user".
func (p principal) Noun() string {
	switch p.kind {
	case "assumed-role":
		return "role"
	case "root":
		return "user"
	}
	return p.kind
}

func (p principal) String() string {
	return fmt.Sprintf("%s %q", p.Noun(), p.Name)
}

var (
	// instance matches the session of an EC2 instance, whose name is the instance's id (IAM
	// user guide, "Using an IAM role to grant permissions to applications running on Amazon
	// EC2 instances").
	instance = lazily(`^i-[0-9a-f]{8,17}$`)
	// nodeRole matches the names that eksctl, the EKS user guide, Karpenter and kops give to
	// the roles of nodes.
	nodeRole = lazily(`(?i)node[-_.]?(?:instance|group|role)|(?:worker|eks|k8s)[-_.]?nodes?(?:[-_.]|$)|^nodes\.`)
)

// node reports whether the principal is the role of a node.
func (p principal) node() bool {
	return p.kind == "assumed-role" && (p.Instance() || nodeRole().MatchString(p.Name))
}

// Instance reports whether the session belongs to an EC2 instance.
func (p principal) Instance() bool { return instance().MatchString(p.Session) }
