package rule

import (
	"fmt"

	"keyless-runners/preflight/chain"
	"keyless-runners/preflight/finding"
)

// Stored keys.
var (
	storedKey = kind("KR064", finding.Error, "stored AWS key")
	hostedKey = kind("KR144", finding.Warning, "stored AWS key on a runner that GitHub hosts")
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
				report(hostedKey, key.Place, fmt.Sprintf("job %q uses a stored AWS key on a runner that GitHub hosts: %s", job.ID, key.What),
					"let configure-aws-credentials assume a role with GitHub's token (permissions: id-token: write), or run the job on the runners of the files; then delete the secret")
			default:
				report(storedKey, key.Place, fmt.Sprintf("job %q uses a stored AWS key: %s", job.ID, key.What),
					"take it out, and the secret with it: the runner's Pod has the role")
			}
		}
	}
}
