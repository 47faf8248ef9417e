package rule

import (
	"fmt"

	"keyless-runners/preflight/chain"
	"keyless-runners/preflight/finding"
)

// Stored keys.
var (
	storedKey  = kind("KR064", finding.Error, "stored AWS key")
	hostedKey  = kind("KR144", finding.Warning, "stored AWS key on a runner that GitHub hosts")
	allSecrets = kind("KR185", finding.Note, "every secret is given away")
)

// storedKeys reports the stored keys of jobs, each place once: a workflow that others call has
// a job for each call.
func storedKeys(v View, report reporter) {
	places := once{}
	for n := range v.Index.Jobs {
		job := &v.Index.Jobs[n]
		for _, key := range job.StoredKeys {
			switch {
			case !places.first(key.Place):
			case chain.OnHosted(job):
				report(hostedKey, key.Place, fmt.Sprintf("job %q uses a stored AWS key on a runner that GitHub hosts: %s", job.ID, key.What), withoutHostedKey(v.Replace(job)))
			default:
				report(storedKey, key.Place, fmt.Sprintf("job %q uses a stored AWS key: %s", job.ID, key.What), withoutKey(v.Replace(job)))
			}
		}
	}
}

// givenSecrets notes what jobs give all of their secrets: there may be an AWS key among them.
func givenSecrets(v View, report reporter) {
	for n := range v.Index.Jobs {
		job := &v.Index.Jobs[n]
		for _, to := range job.EverySecret {
			report(allSecrets, to.Place, fmt.Sprintf("job %q gives every secret that it has to %s, stored AWS keys too", job.ID, to.Value),
				"give it the secrets that it needs by their names")
		}
	}
}

// withoutKey is the remedy for the key of a job that may run in a Pod with a role.
func withoutKey(in *chain.Replacement) string {
	const out = "take it out, and the secret with it"
	switch {
	case in == nil:
		return out + ": the runner's Pod has the role"
	case in.Here:
		return out + ": " + in.Text()
	}
	return fmt.Sprintf("%s, and run the job with runs-on: %s: %s", out, in.RunsOn(), in.Text())
}

// withoutHostedKey is the remedy for the key of a job on a runner that GitHub hosts.
func withoutHostedKey(in *chain.Replacement) string {
	const token = "let configure-aws-credentials assume a role with GitHub's token (permissions: id-token: write)"
	if in == nil {
		return token + ", or run the job on the runners of the files; then delete the secret"
	}
	return fmt.Sprintf("run the job with runs-on: %s: %s; or %s; then delete the secret", in.RunsOn(), in.Text(), token)
}
