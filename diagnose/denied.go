package diagnose

import (
	"regexp"
	"strings"
)

// denial is what IAM says as it refuses a request.
type denial struct {
	by       principal
	action   string
	resource resource
	// reason is the kind of policy that decided, "" if the text does not tell.
	reason string
	// explicit says that a Deny decided, not a missing Allow.
	explicit bool
}

// denied is IAM's sentence (IAM user guide, "Troubleshoot access denied error
// messages"), with or without its end, which the services added over the years. Up
// to two blanks in an ARN are where a terminal wrapped it: only before more of the
// sentence is it certain that they are none of its end.
var denied = regexp.MustCompile(`User: (\S+(?: \S+){0,2}?) is not authorized to perform: (?:` +
	`(\S+(?: \S+)??)(?: on resource: (\S+(?: \S+)??))? (because no|because the|with an explicit deny)(?: in (?:an?|the))?(?: ` + policies + `)?` +
	`|([^\s"'<>\\]+)(?: on resource: ([^\s"'<>\\]+))?)`)

// policies are the kinds of policy that IAM names, in the same document.
const policies = `(identity-based policy|resource-based policy|permissions boundary|session policy|VPC endpoint policy|service control policy|resource control policy|role trust policy)`

func (f *finds) searchDenials() {
	if !strings.Contains(f.text, " is not authorized to perform: ") {
		return
	}
	for _, match := range denied.FindAllStringSubmatchIndex(f.text, -1) {
		d, ok := newDenial(submatches(f.text, match))
		if ok && f.take(match[0], match[1]) {
			f.add(d.diagnosis(), match[0], nil)
		}
	}
}

// submatches are the groups of a match, "" for those that took no part.
func submatches(text string, match []int) []string {
	groups := make([]string, len(match)/2)
	for i := range groups {
		if match[2*i] >= 0 {
			groups[i] = text[match[2*i]:match[2*i+1]]
		}
	}
	return groups
}

// newDenial reads a match of denied. A principal without an ARN is none of AWS's; a
// refused token is STS's business, which has a sentence of its own for it.
func newDenial(match []string) (denial, bool) {
	by, ok := parsePrincipal(unwrap(match[1]))
	d := denial{
		by:       by,
		action:   unwrap(match[2]) + strings.TrimRight(match[6], ".,;:)"),
		resource: resource(unwrap(match[3]) + strings.TrimRight(match[7], ".,;:)")),
		reason:   match[5],
		explicit: match[4] == "with an explicit deny",
	}
	return d, ok && strings.Contains(d.action, ":") && d.action != "sts:AssumeRoleWithWebIdentity"
}

func unwrap(text string) string {
	return strings.ReplaceAll(text, " ", "")
}

// diagnosis says what the denial means: which role was really used, if any, comes
// before what it lacks.
func (d denial) diagnosis() Diagnosis {
	service, _, _ := strings.Cut(d.action, ":")
	var diagnosis Diagnosis
	switch {
	case d.by.node():
		diagnosis = d.ofNode()
	case service == "iam" || service == "cloudformation":
		diagnosis = d.ofService(Deployment)
	case d.by.noun() == "user":
		diagnosis = d.ofStoredKey()
	case service == "ecr":
		diagnosis = d.ofImageRepository()
	case service == "sts":
		diagnosis = d.ofSecondRole()
	default:
		diagnosis = d.ofService(RoleToService)
	}
	diagnosis.Values = d.values()
	return diagnosis
}

func (d denial) values() []Value {
	values := appendValue(nil, d.by.noun(), d.by.name)
	values = appendValue(values, "session", d.by.session)
	values = appendValue(values, "account", d.by.account)
	values = appendValue(values, "action", d.action)
	values = appendValue(values, "resource", string(d.resource))
	values = appendValue(values, "image repository", d.resource.imageRepository())
	values = appendValue(values, "registry", d.resource.registry())
	return appendValue(values, "region", d.resource.region())
}

// why says which policy decided, and how.
func (d denial) why() string {
	kind := d.reason
	if kind == "" {
		kind = "policy"
	}
	if d.explicit {
		return "a Deny (" + kind + ") forbids it"
	}
	return "no " + kind + " allows it"
}
