package preflight

import (
	"fmt"
	"slices"

	"keyless-runners/identity"
	"keyless-runners/policy"
	"keyless-runners/preflight/access"
	"keyless-runners/preflight/facts"
)

// takeRole and tagSession are what EKS Pod Identity asks of STS, both in one request.
const (
	takeRole   = "sts:AssumeRole"
	tagSession = "sts:TagSession"
)

// podTags are the keys of the session tags, the first those that the files can determine.
var podTags = []string{
	identity.TagClusterARN, identity.TagClusterName, identity.TagNamespace, identity.TagServiceAccount,
	identity.TagPodName, identity.TagPodUID,
}

// podTrust asks the role's trust policy about the request that EKS makes for a Pod.
func (p *proof) podTrust(account *facts.ServiceAccount, a *facts.PodIdentityAssociation, role *facts.Role) Link {
	who := fmt.Sprintf("EKS Pod Identity for ServiceAccount %q in cluster %q", name(account.Namespace, account.Name), spell(a.Cluster))
	link := Link{Name: LinkTrust, Place: role.Trust.Place, From: "EKS Pod Identity", To: "role " + title(role)}
	ask := assumption{who: who, role: role, tagged: !a.DisableSessionTags.Is("true"), decide: func(action string) (policy.Request, access.Decision) {
		request := podRequest(a, action)
		return request, access.Decide(request, &role.Trust)
	}}
	link.State, link.Text = p.assume(ask, Related{a.Place, "the association"})
	return link
}

// podRequest is what EKS asks of STS for the Pods of an association. What the files do not
// determine, such as the name of the Pod, has no value in it.
func podRequest(a *facts.PodIdentityAssociation, action string) policy.Request {
	request := policy.Request{
		Principal: policy.Principal{Service: policy.Values{identity.ServicePodIdentity}},
		Action:    action,
		Resource:  access.AnyResource,
		Context:   tagsOf(a, "aws:RequestTag/"),
	}
	request.Context[secureTransport] = []string{"true"}
	if a.Account.Known() {
		request.Context["aws:SourceAccount"] = []string{a.Account.Value}
	}
	return access.Opened(request)
}

// tagsOf are the session tags as condition keys that begin with the prefix. A tag that is
// disabled has no value, and one that the files do not determine is left out.
func tagsOf(a *facts.PodIdentityAssociation, prefix string) map[string][]string {
	tags := map[string][]string{}
	switch {
	case a.DisableSessionTags.Unknown != "":
		return tags
	case a.DisableSessionTags.Is("true"):
		for _, tag := range podTags {
			tags[prefix+tag] = nil
		}
		return tags
	}
	for tag, value := range map[string]facts.Text{
		identity.TagClusterARN: clusterARN(a), identity.TagClusterName: a.Cluster,
		identity.TagNamespace: a.Namespace, identity.TagServiceAccount: a.ServiceAccount,
	} {
		if value.Known() {
			tags[prefix+tag] = []string{value.Value}
		}
	}
	return tags
}

// clusterARN is the ARN of an association's cluster, not there if the files do not determine it.
func clusterARN(a *facts.PodIdentityAssociation) facts.Text {
	partition := identity.Region(a.Region.Value).Partition()
	if !a.Account.Known() || !a.Cluster.Known() || partition == "" {
		return facts.Text{}
	}
	arn := identity.ClusterARN{Partition: partition, Region: identity.Region(a.Region.Value), Account: identity.AccountID(a.Account.Value), Name: identity.ClusterName(a.Cluster.Value)}
	return facts.Text{Value: arn.String(), Place: a.Place, There: true}
}

// assumption is a step in which EKS takes a role for a Pod.
type assumption struct {
	// who takes it, in words.
	who  string
	role *facts.Role
	// tagged says that EKS gives the session tags.
	tagged bool
	// decide asks every policy that takes part about the action.
	decide func(action string) (policy.Request, access.Decision)
}

// assume asks whether EKS may take a role and tag the session.
func (p *proof) assume(ask assumption, related Related) (State, string) {
	trust := &ask.role.Trust
	switch {
	case !trust.There:
		p.find(notTrusted, ask.role.Place, fmt.Sprintf("role %q has no trust policy", title(ask.role)), "add AssumeRolePolicyDocument", related)
		return Broken, fmt.Sprintf("%s may not take role %q", ask.who, title(ask.role))
	case trust.Problem != nil:
		return Broken, fmt.Sprintf("%s may not take role %q", ask.who, title(ask.role))
	}
	for _, action := range []string{takeRole, tagSession} {
		request, verdict := ask.decide(action)
		switch {
		case verdict.Allowed():
		case verdict.Truth == policy.Possibly:
			text := fmt.Sprintf("whether %s may take role %q is not known: %s", ask.who, title(ask.role), verdict.Why)
			p.find(notKnown, written(verdict.Open, trust.Place), text, "write it out, or tell what is missing; if it is about the request, waive this with the reason why it will be so", related)
			return Unknown, text
		case action == tagSession && !ask.tagged:
			text := fmt.Sprintf("whether %s may take role %q is not known: %s is not allowed, and whether EKS needs it where session tags are disabled is not documented", ask.who, title(ask.role), tagSession)
			p.find(notKnown, trust.Place, text, fmt.Sprintf("allow %s beside %s", tagSession, takeRole), related)
			return Unknown, text
		default:
			p.reportNotAssumed(ask, request, verdict, related)
			return Broken, fmt.Sprintf("%s may not take role %q", ask.who, title(ask.role))
		}
	}
	return Proved, fmt.Sprintf("%s may take role %q", ask.who, title(ask.role))
}

func (p *proof) reportNotAssumed(ask assumption, request policy.Request, verdict access.Decision, related Related) {
	trust := &ask.role.Trust
	if access.Decide(request, trust).Allowed() {
		p.find(notTrusted, written(verdict.Place, related.Place), fmt.Sprintf("%s may not %s: its own policies do not allow that on role %q", ask.who, request.Action, title(ask.role)),
			fmt.Sprintf("allow %s and %s on the target role's ARN", takeRole, tagSession), related)
		return
	}
	if verdict.Denied {
		p.find(notTrusted, verdict.Place, fmt.Sprintf("%s of the trust policy denies %s to %s", verdict.Name, request.Action, ask.who), "take it out of what the statement denies", related)
		return
	}
	mismatches, found := nearestStatement(trust, request)
	if !found {
		p.find(notTrusted, trust.Place, "no statement of the trust policy allows anything", "allow "+takeRole+" and "+tagSession, related)
		return
	}
	for _, m := range mismatches {
		p.explained[m.place] = true
	}
	p.find(notTrusted, mismatches[0].place, fmt.Sprintf("the trust policy does not let %s take the role: %s", ask.who, text(mismatches)),
		fmt.Sprintf("allow %q and %q to %s", takeRole, tagSession, quoted(slices.Concat(request.Principal.Service, request.Principal.AWS))), related)
}
