package diagnose

import "strings"

// denial is IAM's refusal of a request.
type denial struct {
	By     principal
	Action string
	// Resource is the ARN in the request, "*", or "" if the text does not state it. The others
	// are parts of the ARN of an image repository.
	Resource, Region, Registry, ImageRepository string
	// Reason is the kind of policy that decided, "" if the text does not state it.
	Reason string
	// Explicit reports that a Deny decided, not a missing Allow.
	Explicit bool
}

// denied matches IAM's sentence (IAM user guide, "Troubleshoot access denied error messages"),
// with or without its end, which the services added over the years. An ARN may contain up to
// two blanks where a terminal wrapped it, but only if more of the sentence follows: otherwise
// they may be its end.
var denied = lazily(`User: (\S+(?: \S+){0,2}?) is not authorized to perform: (?:` +
	`(\S+(?: \S+)??)(?: on resource: (\S+(?: \S+)??))? (because no|because the|with an explicit deny)(?: in (?:an?|the))?(?: ` + policies + `)?` +
	`|([^\s"'<>\\]+)(?: on resource: ([^\s"'<>\\]+))?)`)

// policies matches the kinds of policy in the same document.
const policies = `(identity-based policy|resource-based policy|permissions boundary|session policy|VPC endpoint policy|service control policy|resource control policy|role trust policy)`

func (f *finds) searchDenials() {
	if !strings.Contains(f.text, " is not authorized to perform: ") {
		return
	}
	for _, match := range denied().FindAllStringSubmatchIndex(f.text, -1) {
		d, ok := newDenial(submatches(f.text, match))
		if ok && f.take(match[0], match[1]) {
			f.explained += len("User: is not authorized to perform: " + d.Reason)
			f.add(find{name: d.failure(), named: d, values: d.values(), at: match[0]})
		}
	}
}

// submatches returns "" for a group that took no part in the match.
func submatches(text string, match []int) []string {
	groups := make([]string, len(match)/2)
	for i := range groups {
		if match[2*i] >= 0 {
			groups[i] = text[match[2*i]:match[2*i+1]]
		}
	}
	return groups
}

// newDenial reads a match of denied; ok is false for a principal without an ARN, which is not
// AWS', and for a refused token, for which STS has a separate sentence.
func newDenial(match []string) (d denial, ok bool) {
	by, ok := parsePrincipal(unwrap(match[1]))
	d = denial{
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

// failure returns the name of the archive that explains the denial. Using the wrong principal
// comes before the permissions that it lacks.
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
	case secondRole().MatchString(d.Action):
		return "denied-second-role"
	}
	return "denied-service"
}

// secondRole matches what taking a role needs, of all actions of STS.
var secondRole = lazily(`^sts:(?:AssumeRole|TagSession|SetSourceIdentity|SetContext)`)

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

// Why names the policy that decided, and how.
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

// Request returns the action, and its resource if the text states it.
func (d denial) Request() string {
	if d.Resource == "" {
		return d.Action
	}
	return d.Action + " on " + d.Resource
}

// OfRole reports whether the role's own policies decided, as far as the text states it.
func (d denial) OfRole() bool {
	return d.Reason == "" || d.Reason == "identity-based policy"
}

// Purpose states why a push needs the action, "" if it does not.
func (d denial) Purpose() string { return sharedText(d.Action) }

// Policy names the subject of the policy that decided, and where to look at it.
func (d denial) Policy() Cause {
	subject, look, _ := strings.Cut(sharedText("kind of policy: "+d.Reason), ": ")
	return Cause{Subject: Subject(subject), Look: look}
}
