package rule

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"keyless-runners/identity"
	"keyless-runners/policy"
	"keyless-runners/preflight/access"
	"keyless-runners/preflight/chain"
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/finding"
	"keyless-runners/preflight/index"
	"keyless-runners/preflight/source"
)

// Token → trust policy.
var (
	notTrusted = kind("KR040", finding.Error, "trust policy does not let the ServiceAccount in")
	otherKey   = kind("KR041", finding.Error, "condition key of another issuer")
)

// tokensTrusted reports trust policies that do not certainly let a ServiceAccount's token in.
func tokensTrusted(v View, report reporter) {
	becauseOf(v, func(of *chain.Identity, _ chain.Link, trust chain.TokenTrust) {
		tokenTrust(v, trust, finding.Related{Place: of.ServiceAccount.Place, What: "the ServiceAccount"}, report)
	})
}

func tokenTrust(v View, t chain.TokenTrust, related finding.Related, report reporter) {
	trust := &t.Role.Trust
	switch t.Problem {
	case chain.NoTrustPolicy:
		report(notTrusted, t.Role.Place, fmt.Sprintf("role %q has no trust policy", t.Role.Name), "add "+termsAt(t.Role.Place).Trust)
	case chain.TrustUnknown:
		report(trustUnknown, trust.Place, "the trust policy is not known: "+trust.Unknown, decidedBy(trust.Unknown))
	case chain.Undecided:
		report(trustUnknown, t.Decision.Open, "whether the trust policy lets the ServiceAccount in is not known: "+t.Decision.Why,
			decidedBy(t.Decision.Why))
	case chain.NoIssuer:
		noIssuer(v, trust, related, report)
	case chain.Denies:
		report(notTrusted, t.Decision.Place, fmt.Sprintf("%s of the trust policy denies it to %q", t.Decision.Name, t.Token.Subject), "take the ServiceAccount out of what it denies", related)
	case chain.OrganizationDenies:
		report(notTrusted, t.Decision.Place, fmt.Sprintf("a resource control policy of the organization denies it to %q", t.Token.Subject), "take the role out of what the policy denies", related)
	case chain.AllowsNothing:
		report(notTrusted, trust.Place, "no statement of the trust policy allows anything", "allow "+access.AssumeRoleWithWebIdentity, related)
	case chain.Mismatches:
		report(notTrusted, t.Mismatches[0].Place, fmt.Sprintf("the trust policy does not let %q take the role: %s", t.Token.Subject, access.Mismatched(t.Mismatches)),
			"make the trust policy, the ServiceAccount and the issuer agree", related)
	}
}

// noIssuer reports a trust policy that names no provider, or none of the cluster's.
func noIssuer(v View, trust *facts.Document, related finding.Related, report reporter) {
	named := index.ProvidersIn(trust)
	switch {
	case len(named) == 0:
		report(notTrusted, trust.Place, "the trust policy names no OIDC provider as Federated principal, and a ServiceAccount's token needs one",
			"trust the provider of the cluster's issuer; its ARN has no https://", related)
	case len(v.Clusters) == 0:
		report(notTrusted, named[0].Place, fmt.Sprintf("the trust policy trusts issuer %q, which is no cluster's", named[0].Host), "trust the provider of the cluster's issuer", related)
	default:
		cluster := v.Clusters[0]
		report(otherIssuer, named[0].Place, fmt.Sprintf("the trust policy trusts issuer %q, the cluster's is %q", named[0].Host, index.IssuerHost(cluster.Issuer.Value)),
			`trust the cluster's issuer, or add what "aws eks describe-cluster" shows of the other cluster`, related, finding.Related{Place: cluster.Place, What: "the cluster"})
	}
}

// assumptions reports roles that EKS does not certainly assume for a Pod.
func assumptions(v View, report reporter) {
	becauseOf(v, func(_ *chain.Identity, _ chain.Link, a chain.Assumption) {
		assumption(a, notTrusted, trustUnknown, finding.Related{Place: a.Association.Place, What: "the association"}, report)
	})
}

func assumption(a chain.Assumption, broken, unknown finding.Kind, related finding.Related, report reporter) {
	trust := &a.Role.Trust
	switch a.Problem {
	case chain.NoTrustPolicy:
		report(broken, a.Role.Place, fmt.Sprintf("role %q has no trust policy", a.Role.Title()), "add "+termsAt(a.Role.Place).Trust, related)
	case chain.Undecided:
		fix := decidedBy(a.Decision.Why)
		if own := a.Association; own != nil && strings.Contains(a.Decision.Why, identity.TagClusterARN) {
			why := []string{own.Cluster.Unknown, own.Account.Unknown, own.Region.Unknown}
			fix = cmp.Or(strings.Join(slices.DeleteFunc(why, func(why string) bool { return why == "" }), "; "), fix)
		}
		report(unknown, cmp.Or(a.Decision.Open, trust.Place), a.Text(), fix, related)
	case chain.Untagged:
		report(unknown, trust.Place, a.Text(), fmt.Sprintf("allow %s beside %s", access.TagSession, access.AssumeRole), related)
	case chain.NotAllowed:
		report(broken, cmp.Or(a.Decision.Place, related.Place), fmt.Sprintf("%s may not %s: its own policies do not allow that on role %q", a.Who, a.Request.Action, a.Role.Title()),
			fmt.Sprintf("allow %s and %s on the target role's ARN", access.AssumeRole, access.TagSession), related)
	case chain.Denies:
		report(broken, a.Decision.Place, fmt.Sprintf("%s of the trust policy denies %s to %s", a.Decision.Name, a.Request.Action, a.Who), "take it out of what the statement denies", related)
	case chain.OrganizationDenies:
		report(broken, a.Decision.Place, fmt.Sprintf("a resource control policy of the organization denies %s to %s", a.Request.Action, a.Who), "take the role out of what the policy denies", related)
	case chain.AllowsNothing:
		report(broken, trust.Place, "no statement of the trust policy allows anything", "allow "+access.AssumeRole+" and "+access.TagSession, related)
	case chain.Mismatches:
		principal := slices.Concat(a.Request.Principal.Service, a.Request.Principal.AWS)
		fix := fmt.Sprintf("allow %q and %q to %s", access.AssumeRole, access.TagSession, facts.Quoted(principal))
		if a.Mismatches[0].Condition {
			fix = "write the condition as the request has it, or take it out"
		}
		report(broken, a.Mismatches[0].Place, fmt.Sprintf("the trust policy does not let %s take the role: %s", a.Who, access.Mismatched(a.Mismatches)), fix, related)
	}
}

// otherKeys reports condition keys of trust policies that are of no provider that the statement
// names: such a key is in no token that they give. Those that are reported as why a principal
// is not let in are left out.
func otherKeys(v View, report reporter) {
	explained := explainedConditions(v)
	for n := range v.Roles {
		otherKeysIn(&v.Roles[n].Trust, explained, report)
	}
	for n := range v.Documents {
		if loose := &v.Documents[n]; useOf(*loose) == useTrust {
			otherKeysIn(&loose.Document, explained, report)
		}
	}
}

// explainedConditions are the places that findings about a principal that is not let in name.
func explainedConditions(v View) map[source.Place]bool {
	explained := map[source.Place]bool{}
	explain := func(problem chain.TrustProblem, mismatches []access.Mismatch) {
		for _, mismatch := range mismatches {
			explained[mismatch.Place] = explained[mismatch.Place] || problem == chain.Mismatches
		}
	}
	becauseOf(v, func(_ *chain.Identity, _ chain.Link, trust chain.TokenTrust) {
		explain(trust.Problem, trust.Mismatches)
	})
	becauseOf(v, func(_ *chain.Identity, _ chain.Link, a chain.Assumption) { explain(a.Problem, a.Mismatches) })
	return explained
}

func otherKeysIn(trust *facts.Document, explained map[source.Place]bool, report reporter) {
	for n, statement := range trust.Policy.Statement {
		named := federatedHosts(statement)
		if len(named) == 0 {
			continue
		}
		for _, operator := range slices.Sorted(maps.Keys(statement.Condition)) {
			for _, key := range slices.Sorted(maps.Keys(statement.Condition[operator])) {
				issuer, claim := index.CutKey(key)
				isTokens := claim == "sub" || claim == "aud"
				at := trust.InStatement(n, "Condition", operator, key)
				if !isTokens || explained[at] || slices.ContainsFunc(named, func(host string) bool { return strings.EqualFold(host, issuer) }) {
					continue
				}
				report(otherKey, at, fmt.Sprintf("condition key %q is of issuer %q, the principal of %s", key, issuer, facts.Quoted(named)),
					"write one issuer, without https://, in both")
			}
		}
	}
}

// federatedHosts are the issuers of the OIDC providers that a statement allows.
func federatedHosts(statement policy.Statement) []string {
	if statement.Effect != policy.EffectAllow || statement.Principal == nil {
		return nil
	}
	var named []string
	for _, arn := range statement.Principal.Federated {
		if _, host, oidc := strings.Cut(arn, ":oidc-provider/"); oidc {
			named = append(named, index.IssuerHost(host))
		}
	}
	return named
}
