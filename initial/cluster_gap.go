package initial

import (
	"cmp"
	"fmt"
	"slices"

	"keyless-runners/fleet"
	"keyless-runners/identity"
	"keyless-runners/preflight/facts"
)

// complete fills in what follows from the runners, and asks for what nothing shows.
func (a *declaration) complete(c *foundCluster) {
	irsa := false
	for _, r := range a.runners {
		if r.cluster != c {
			continue
		}
		c.Account = cmp.Or(c.Account, r.role.arn.Account)
		irsa = irsa || r.role.named() && r.role.way != fleet.WayPodIdentity || !r.role.named()
		pushes, _ := a.reachedBy(r)
		for _, id := range pushes {
			c.Region = cmp.Or(c.Region, id.Registry.Region)
		}
	}
	known := cmp.Or(c.EKSName, c.Name, "NAME")
	if c.Name = cmp.Or(c.Name, c.EKSName, "cluster"); known == "NAME" && !c.asked {
		a.result.ask(Question{Place: c.place, About: aboutCluster(c.Cluster), field: "name", Text: "the files do not show its name", Next: "name it: its manifests are in a folder of that name"})
	}
	if c.EKSName == c.Name {
		c.EKSName = ""
	}
	if !irsa && !c.provided {
		c.Issuer = ""
	}
	if irsa && c.Issuer != "" && !c.provided {
		a.assumeProvider(c)
	}
	a.askMissing(c, known, irsa)
	c.Controller = a.controllerOf(c)
}

// assumeProvider declares a provider that no file shows as existing if a role trusts it, or may
// because it is not among the files; and else, or if a list of the account's providers lacks it, as
// one to be created: if there is one, IAM refuses the second.
func (a *declaration) assumeProvider(c *foundCluster) {
	trusted, unseen := false, false
	for _, r := range a.runners {
		trusted = trusted || slices.ContainsFunc(trusting(r), func(other foundCluster) bool { return other.Issuer == c.Issuer })
		unseen = unseen || r.cluster == c && r.role.named() && r.role.way != fleet.WayPodIdentity && r.role.fact == nil
	}
	listed := slices.ContainsFunc(a.facts().Providers, func(p facts.Provider) bool { return p.Listed && p.Account.Is(string(c.Account)) })
	if c.ExistingProvider = !listed && (trusted || unseen); trusted || listed {
		return
	}
	as, next := "one that the stack creates", "set"
	if unseen {
		as, next = "existing", "take out"
	}
	a.result.ask(Question{Place: c.place, About: aboutCluster(c.Cluster), Text: "whether the account has an OIDC provider for the issuer is not known; it is declared as " + as, Next: fmt.Sprintf("%s ExistingProvider if \"aws iam list-open-id-connect-providers\" shows otherwise", next)})
}

// askMissing asks for what the files do not show of the cluster, which EKS knows by the name.
func (a *declaration) askMissing(c *foundCluster, name identity.ClusterName, issuer bool) {
	ask := func(field string) {
		a.result.ask(Question{Place: c.place, About: aboutCluster(c.Cluster), field: field, Text: "the files do not show its " + field, Next: fmt.Sprintf("fill it in, from \"aws eks describe-cluster --name %s\"", name)})
	}
	if c.Account == "" {
		ask("account")
	}
	if c.Region == "" {
		ask("region")
	}
	if issuer && c.Issuer == "" {
		ask("issuer")
	}
}
