package diagnose

import (
	"fmt"
	"regexp"
	"strings"
)

// principal is who asked.
type principal struct {
	account string
	// kind is "assumed-role", "user", "root", ...
	kind string
	// name is the role's or the user's, without a path.
	name string
	// session is the session's, "" of a user.
	session string
}

// parsePrincipal reads the ARN of a principal, as STS's get-caller-identity prints
// it (IAM user guide, "IAM identifiers"). The ARN of a session has no role path.
func parsePrincipal(arn string) (principal, bool) {
	parts := strings.SplitN(arn, ":", 6)
	if len(parts) != 6 || parts[0] != "arn" || (parts[2] != "sts" && parts[2] != "iam") {
		return principal{}, false
	}
	by := principal{account: parts[4]}
	by.kind, by.name, _ = strings.Cut(parts[5], "/")
	switch by.kind {
	case "assumed-role":
		by.name, by.session, _ = strings.Cut(by.name, "/")
	case "root":
		by.name = "root"
	default:
		by.name = by.name[strings.LastIndex(by.name, "/")+1:]
	}
	return by, by.name != ""
}

// noun is what the principal is, in the word that users know.
func (p principal) noun() string {
	switch p.kind {
	case "assumed-role":
		return "role"
	case "root":
		return "user"
	}
	return p.kind
}

func (p principal) String() string {
	return fmt.Sprintf("%s %q", p.noun(), p.name)
}

var (
	// instance is the name of the session of an EC2 instance, which is the
	// instance's id (IAM user guide, "Using an IAM role to grant permissions to
	// applications running on Amazon EC2 instances").
	instance = regexp.MustCompile(`^i-[0-9a-f]{8,17}$`)
	// nodeRole are the names that eksctl, the EKS user guide, Karpenter and kops
	// give to the roles of nodes.
	nodeRole = regexp.MustCompile(`(?i)node[-_.]?(?:instance|group|role)|(?:worker|eks|k8s)[-_.]?nodes?(?:[-_.]|$)|^nodes\.`)
)

// node says whether the role is that of the node.
func (p principal) node() bool {
	return p.kind == "assumed-role" && (instance.MatchString(p.session) || nodeRole.MatchString(p.name))
}
