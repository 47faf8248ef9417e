package eksauth

import (
	"net/http"
	"time"

	"github.com/google/uuid"

	"keyless-runners/identity"
	"keyless-runners/policy"
	"keyless-runners/rehearsal/deployed"
	"keyless-runners/rehearsal/ledger"
	"keyless-runners/rehearsal/session"
	"keyless-runners/rehearsal/verdict"
)

// lifetime is how long a session lasts (Amazon EKS user guide, "How EKS Pod Identity works").
const lifetime = 6 * time.Hour

// ofSignature are the codes of JSON protocols (Amazon EKS API reference, "Common errors").
var ofSignature = map[session.Reason]string{
	session.Unsigned: "MissingAuthenticationTokenException",
	session.Unknown:  "UnrecognizedClientException",
	session.Expired:  "ExpiredTokenException",
	session.Mismatch: "InvalidSignatureException",
}

// noRole is EKS's answer, whatever keeps it from the role.
const noRole = "Unauthorized Exception! EKS does not have permissions to assume the associated role."

// assume gives a session for a Pod's token: the node's role has to allow the call, the token
// has to be the cluster's, its ServiceAccount to have an association, and the association's
// role to trust EKS for it.
func (d *Door) assume(r *http.Request, body []byte) (any, *failure) {
	node, refused := d.Sessions.Verify(r, body, service, d.Region)
	if refused != nil {
		d.note(ledger.Who(node), "*", verdict.Refused(string(refused.Reason)))
		return nil, &failure{http.StatusForbidden, ofSignature[refused.Reason], refused.Message}
	}
	account := d.State.Account(node.Role.Account)
	cluster := identity.ClusterARN{
		Partition: d.Region.Partition(), Region: d.Region, Account: account.ID, Name: identity.ClusterName(r.PathValue("cluster")),
	}
	request := policy.Request{Principal: node.Principal(), Action: action, Resource: cluster.String(), Context: node.Context()}
	if v := verdict.OfSession(request, node, account, nil); !v.Allowed {
		d.note(node.ARN().String(), cluster.String(), v)
		return nil, &failure{http.StatusBadRequest, "AccessDeniedException",
			"User: " + node.ARN().String() + " is not authorized to perform: " + action + " on resource: " + cluster.String() + " " + v.Because(action)}
	}
	claims, reason, refusal := d.authenticate(r, cluster, body)
	if refusal != nil {
		d.note(claims.who(), cluster.String(), verdict.Refused(reason))
		return nil, refusal
	}
	return d.grant(account, cluster, claims)
}

// grant gives the session of the associated role.
func (d *Door) grant(account deployed.Account, cluster identity.ClusterARN, of claims) (any, *failure) {
	association := account.Association(cluster, of.subject())
	if association == nil {
		d.note(of.who(), cluster.String(), verdict.Refused("no association"))
		return nil, &failure{http.StatusNotFound, "ResourceNotFoundException", "No association found for " + of.who() + " in cluster " + string(cluster.Name)}
	}
	role, _ := identity.ParseRoleARN(association.Role) // one that is no ARN is no role of the account
	asked := session.Session{Role: role, Name: sessionName(cluster, of), Tags: tags(cluster, of)}
	v := trusts(account.Role(association.Role), account.ID, asked)
	d.note(of.who(), association.Role, v)
	if !v.Allowed {
		return nil, &failure{http.StatusBadRequest, "AccessDeniedException", noRole}
	}
	return newResult(association, of, asked, d.Sessions.Issue(asked, lifetime)), nil
}

// trusts asks the role's trust policy for both actions that EKS asks of STS, in one request
// with the tags (Amazon EKS user guide, "Create IAM role with trust policy required by EKS
// Pod Identity"). A role that is not there, nil, trusts no one.
func trusts(role *deployed.Role, account identity.AccountID, asked session.Session) verdict.Verdict {
	if role == nil {
		return verdict.Refused("no such role")
	}
	context := map[string][]string{
		"aws:SecureTransport":       {"true"},
		"aws:PrincipalIsAWSService": {"true"},
		"aws:SourceAccount":         {string(account)},
		"sts:RoleSessionName":       {string(asked.Name)},
	}
	for key, value := range asked.Tags {
		context["aws:RequestTag/"+key] = []string{value}
		context["aws:TagKeys"] = append(context["aws:TagKeys"], key)
	}
	context["sts:TransitiveTagKeys"] = context["aws:TagKeys"]
	var v verdict.Verdict
	for _, action := range []string{"sts:TagSession", "sts:AssumeRole"} {
		v = verdict.OfTrust(policy.Request{
			Principal: policy.Principal{Service: policy.Values{identity.ServicePodIdentity}},
			Action:    action,
			Resource:  role.ARN,
			Context:   context,
		}, role)
		if !v.Allowed {
			return v
		}
	}
	return v
}

// tags returns the tags that EKS gives the session (Amazon EKS user guide, "Grant Pods access to AWS
// resources based on tags").
func tags(cluster identity.ClusterARN, of claims) map[string]string {
	return map[string]string{
		"eks-cluster-arn":            cluster.String(),
		"eks-cluster-name":           string(cluster.Name),
		"kubernetes-namespace":       of.Kubernetes.Namespace,
		"kubernetes-service-account": of.Kubernetes.ServiceAccount.Name,
		"kubernetes-pod-name":        of.Kubernetes.Pod.Name,
		"kubernetes-pod-uid":         of.Kubernetes.Pod.UID,
	}
}

// sessionName is "eks-CLUSTER-POD-UUID", with names so short that it has 64 characters at
// most.
func sessionName(cluster identity.ClusterARN, of claims) identity.RoleSessionName {
	const longest = 11
	short := func(name string) string { return name[:min(len(name), longest)] }
	return identity.RoleSessionName("eks-" + short(string(cluster.Name)) + "-" + short(of.Kubernetes.Pod.Name) + "-" + uuid.NewString())
}
