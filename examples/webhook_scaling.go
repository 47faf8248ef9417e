package examples

import (
	"time"

	"keyless-runners/fleet"
	"keyless-runners/identity"
)

// WebhookScaling has RunnerDeployments that GitHub's webhooks scale from none to fifty, with
// three runners that wait on working days. The controller signs in to GitHub with an App of
// the team's own, by the Secret "github-app".
func WebhookScaling() fleet.Fleet {
	cluster := fleet.Cluster{
		Name:    "platform",
		Account: "111122223333",
		Region:  "us-east-1",
		Issuer:  "https://oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF",
		Stack:   "runners",
	}
	app := fleet.ImageRepository{Name: "web", Account: "111122223333", Region: "us-east-1", Stack: "runners", KeepUntagged: 10}
	autoscaling := fleet.Autoscaling{MaxReplicas: 50, Webhook: 30 * time.Minute}
	for day := range 5 {
		monday := time.Date(2026, time.November, 30, 8, 0, 0, 0, time.UTC)
		start := monday.AddDate(0, 0, day)
		autoscaling.Schedules = append(autoscaling.Schedules, fleet.Schedule{Start: start, End: start.Add(10 * time.Hour), Every: fleet.Weekly, MinReplicas: 3})
	}
	return fleet.Fleet{
		Clusters:          []fleet.Cluster{cluster},
		ImageRepositories: []fleet.ImageRepository{app},
		Pools: []fleet.Pool{{
			Name:                     "web",
			Cluster:                  cluster,
			Scope:                    fleet.Scope{Organization: "octo-org"},
			Group:                    "Image builds",
			GitHubAPICredentialsFrom: "github-app",
			Labels:                   []identity.RunnerLabel{"linux", "x64", "push-web"},
			Namespace:                "web-runners",
			ServiceAccount:           "runner",
			RunnerDeployment:         "web",
			Role:                     "web-runner",
			Policy:                   "web-runner-push",
			PushesTo:                 []fleet.ImageRepository{app},
			Autoscaling:              &autoscaling,
			Image:                    "summerwind/actions-runner:v2.337.0-ubuntu-22.04",
		}},
	}
}
