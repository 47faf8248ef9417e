package diagnose

import (
	"strings"
)

// denial is what IAM says as it refuses a request.
type denial struct {
	By     principal
	Action string
	// Resource is the ARN that the request is about, "*", or "" if the text does not
	// say. The others are its parts if it is an image repository's.
	Resource, Region, Registry, ImageRepository string
	// Reason is the kind of policy that decided, "" if the text does not say.
	Reason string
	// Explicit means that a Deny decided, not a missing Allow.
	Explicit bool
}

// denied is IAM's sentence (IAM user guide, "Troubleshoot access denied error
// messages"), with or without its end, which the services added over the years. Up
// to two blanks in an ARN are where a terminal wrapped it: only before more of the
// sentence is it certain that they are none of its end.
var denied = lazily(`User: (\S+(?: \S+){0,2}?) is not authorized to perform: (?:` +
	`(\S+(?: \S+)??)(?: on resource: (\S+(?: \S+)??))? (because no|because the|with an explicit deny)(?: in (?:an?|the))?(?: ` + policies + `)?` +
	`|([^\s"'<>\\]+)(?: on resource: ([^\s"'<>\\]+))?)`)

// policies are the kinds of policy that IAM names, in the same document.
const policies = `(identity-based policy|resource-based policy|permissions boundary|session policy|VPC endpoint policy|service control policy|resource control policy|role trust policy)`

func (f *finds) searchDenials() {
	if !strings.Contains(f.text, " is not authorized to perform: ") {
		return
	}
	for _, match := range denied().FindAllStringSubmatchIndex(f.text, -1) {
		d, ok := newDenial(submatches(f.text, match))
		if ok && f.take(match[0], match[1]) {
			f.add(find{name: d.failure(), named: d, values: d.values(), at: match[0]})
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
		By:       by,
		Action:   unwrap(match[2]) + strings.TrimRight(match[6], ".,;:)"),
		Resource: unwrap(match[3]) + strings.TrimRight(match[7], ".,;:)"),
		Reason:   match[5],
		Explicit: match[4] == "with an explicit deny",
	}
	if parts := repositoryARN().FindStringSubmatch(d.Resource); parts != nil {
		d.Region, d.Registry, d.ImageRepository = parts[1], parts[2], parts[3]
	}
	return d, ok && strings.Contains(d.Action, ":") && d.Action != "sts:AssumeRoleWithWebIdentity"
}

var repositoryARN = lazily(`^[^:]*:[^:]*:ecr:([^:]*):([^:]*):repository/(.*)$`)

func unwrap(text string) string {
	return strings.ReplaceAll(text, " ", "")
}

// failure is the name of the archive with what the denial means: which role was
// really used, if any, comes before what it lacks.
func (d denial) failure() string {
	service, _, _ := strings.Cut(d.Action, ":")
	switch {
	case service == "eks-auth":
		return "denied-to-agent"
	case d.By.node():
		return "denied-to-node"
	case service == "iam" || service == "cloudformation":
		return "denied-deployment"
	case d.By.Noun() == "user":
		return "denied-to-stored-key"
	case service == "ecr":
		return "denied-push"
	case service == "sts":
		return "denied-second-role"
	}
	return "denied-service"
}

func (d denial) values() []Value {
	values := appendValue(nil, d.By.Noun(), d.By.Name)
	values = appendValue(values, "session", d.By.Session)
	values = appendValue(values, "account", d.By.Account)
	values = appendValue(values, "action", d.Action)
	values = appendValue(values, "resource", d.Resource)
	values = appendValue(values, "image repository", d.ImageRepository)
	values = appendValue(values, "registry", d.Registry)
	return appendValue(values, "region", d.Region)
}

// Why says which policy decided, and how.
func (d denial) Why() string {
	kind := d.Reason
	if kind == "" {
		kind = "policy"
	}
	if d.Explicit {
		return "a Deny (" + kind + ") forbids it"
	}
	return "no " + kind + " allows it"
}

// Request is the action, and what it is on where the text says so.
func (d denial) Request() string {
	if d.Resource == "" {
		return d.Action
	}
	return d.Action + " on " + d.Resource
}

// OfRole reports whether the role's own policies decided, as far as the text says.
func (d denial) OfRole() bool {
	return d.Reason == "" || d.Reason == "identity-based policy"
}

// Purpose says what a push needs the action for, "" if it is no part of a push.
func (d denial) Purpose() string { return sharedText(d.Action) }

// Policy is where the kind of policy that decided is written.
func (d denial) Policy() Cause {
	subject, look, _ := strings.Cut(sharedText("kind of policy: "+d.Reason), ": ")
	return Cause{Subject: Subject(subject), Look: look}
}
