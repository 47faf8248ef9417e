package diagnose

import (
	"strings"
)

// denial is what IAM says as it refuses a request.
type denial struct {
	By       principal
	Action   string
	Resource resource
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
			f.add(known()[d.failure()].diagnosis(d, d.values()), match[0], nil)
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
		Resource: resource(unwrap(match[3]) + strings.TrimRight(match[7], ".,;:)")),
		Reason:   match[5],
		Explicit: match[4] == "with an explicit deny",
	}
	return d, ok && strings.Contains(d.Action, ":") && d.Action != "sts:AssumeRoleWithWebIdentity"
}

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
	values = appendValue(values, "resource", string(d.Resource))
	values = appendValue(values, "image repository", d.Resource.ImageRepository())
	values = appendValue(values, "registry", d.Resource.Registry())
	return appendValue(values, "region", d.Resource.region())
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
	return d.Action + " on " + string(d.Resource)
}

// OfRole reports whether the role's own policies decided, as far as the text says.
func (d denial) OfRole() bool {
	return d.Reason == "" || d.Reason == "identity-based policy"
}

// Purpose says what a push needs the action for, "" if it is no part of a push.
func (d denial) Purpose() string { return purposes[d.Action] }

// purposes are from the ECR user guide, "IAM permissions for pushing an image", and
// bazel-contrib/rules_oci#648 for BatchGetImage.
var purposes = map[string]string{
	"ecr:GetAuthorizationToken":       "fetches the password of docker login",
	"ecr:BatchCheckLayerAvailability": "asks which layers are there already, before each push",
	"ecr:InitiateLayerUpload":         "begins the upload of a layer",
	"ecr:UploadLayerPart":             "uploads a part of a layer",
	"ecr:CompleteLayerUpload":         "ends the upload of a layer",
	"ecr:PutImage":                    "writes manifest and tag, the end of a push",
	"ecr:BatchGetImage":               "reads a manifest, as Docker and BuildKit do before a push and for a build cache",
	"ecr:GetDownloadUrlForLayer":      "reads a layer, for a build cache or a base image",
}

// Policy is where the kind of policy that decided is written.
func (d denial) Policy() Cause { return policiesOf[d.Reason] }

// policiesOf are the kinds of policy, in IAM's words.
var policiesOf = map[string]Cause{
	"":                        {Subject: Policy, Look: "the role's policies: inline ones and those that are attached; then the organization's"},
	"identity-based policy":   {Subject: Policy, Look: "the role's policies: inline ones and those that are attached"},
	"resource-based policy":   {Subject: ImageRepositoryPolicy, Look: "the image repository's own policy, RepositoryPolicyText"},
	"permissions boundary":    {Subject: Boundary, Look: "the policy that is the role's PermissionsBoundary"},
	"session policy":          {Subject: Workflow, Look: "inline-session-policy and managed-session-policies of configure-aws-credentials"},
	"VPC endpoint policy":     {Subject: Network, Look: "the policies of the VPC's endpoints for ECR"},
	"service control policy":  {Subject: Account, Look: "the organization's service control policies for the account"},
	"resource control policy": {Subject: Account, Look: "the organization's resource control policies for the account"},
	"role trust policy":       {Subject: TrustPolicy, Look: "the trust policy of the role that is asked for"},
}
