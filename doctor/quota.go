package doctor

import (
	"encoding/json"
	"slices"
	"strings"

	"k8s.io/apimachinery/pkg/api/resource"

	"keyless-runners/preflight/facts"
)

// near is how much of a quota, in percent, is worth a word.
const near = 90

// accountQuotas are the counts in the summary of an account, each with its quota (IAM API reference,
// GetAccountSummary).
var accountQuotas = []struct{ count, quota, what string }{
	{"Roles", "RolesQuota", "roles"},
	{"Policies", "PoliciesQuota", "customer managed policies"},
	{"Users", "UsersQuota", "users"},
	{"InstanceProfiles", "InstanceProfilesQuota", "instance profiles"},
}

// maxProviders is how many OIDC providers an account has at most, and maxAssociations how many
// associations a cluster (IAM user guide, "IAM and AWS STS quotas"; EKS user guide, "EKS Pod
// Identity").
const (
	maxProviders    = 100
	maxAssociations = 5000
)

// What to do about a quota: that of associations can't be raised.
const (
	askForMore = "remove what nothing uses, or ask for more in Service Quotas"
	removeSome = "remove those of ServiceAccounts that are gone"
)

// examineQuotas finds what there is nearly no more of.
func (e *examination) examineQuotas() {
	for _, document := range e.reading.Documents {
		account, ok := strings.CutPrefix(strings.TrimSuffix(document.Name, "/account-summary"), "live:iam/")
		var found struct{ SummaryMap map[string]int }
		if !ok || !strings.HasSuffix(document.Name, "/account-summary") || json.Unmarshal(document.Text, &found) != nil {
			continue
		}
		for _, q := range accountQuotas {
			e.quota(found.SummaryMap[q.count], found.SummaryMap[q.quota], "account "+account, q.what, askForMore)
		}
		e.attachments(account, found.SummaryMap["AttachedPoliciesPerRoleQuota"])
	}
	for _, account := range e.reading.Accounts {
		count := 0
		for _, provider := range e.live.Providers {
			if provider.Account.Is(string(account)) {
				count++
			}
		}
		e.quota(count, maxProviders, "account "+string(account), "OIDC providers", askForMore)
	}
	for _, cluster := range e.reading.Clusters {
		count := 0
		for _, a := range e.live.PodIdentityAssociations {
			if clusterOf(a.Place.File) == cluster {
				count++
			}
		}
		e.quota(count, maxAssociations, "cluster "+cluster, "EKS Pod Identity associations", removeSome)
	}
}

func (e *examination) quota(count, quota int, where, what, fix string) {
	if quota > 0 && count*100 >= quota*near {
		e.trouble("quota", fix, "%s has %d of %d %s", where, count, quota, what)
	}
}

// attachments finds roles of the files that can have hardly any more policies.
func (e *examination) attachments(account string, quota int) {
	for _, role := range e.live.Roles {
		declared := slices.ContainsFunc(e.declared.Roles, func(r facts.Role) bool { return r.Name.Same(role.Name) })
		if declared && role.Account.Is(account) {
			e.quota(len(role.Attached), quota, "role "+role.Name.String(), "managed policies", askForMore)
		}
	}
}

// examineResourceQuotas finds namespaces of runners that have hardly any room for more Pods.
func (e *examination) examineResourceQuotas(cluster string) {
	for _, o := range e.in(cluster, "ResourceQuota") {
		runners := slices.ContainsFunc(e.liveObjects, func(r object) bool {
			return r.cluster == cluster && r.namespace == o.namespace && slices.Contains(adding, r.kind)
		})
		for _, hard := range o.node.Get("status", "hard").Entries() {
			limit, err := resource.ParseQuantity(hard.Value.Text)
			used, usedErr := resource.ParseQuantity(o.node.Word("status", "used", hard.Name))
			if runners && err == nil && usedErr == nil && limit.Sign() > 0 && used.AsApproximateFloat64()*100 >= limit.AsApproximateFloat64()*near {
				e.trouble("resource-quota", "raise it, or have fewer runners", "%s in cluster %q is nearly used up: %s of %s %s", o.title(), cluster, used.String(), limit.String(), hard.Name)
			}
		}
	}
}
