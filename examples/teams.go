package examples

import (
	_ "embed"
	"encoding/csv"
	"fmt"
	"strconv"
	"strings"

	"keyless-runners/fleet"
	"keyless-runners/identity"
)

//go:embed teams.csv
var teams string

// Teams has a pool for each row of a table, teams.csv, that teams edit themselves. In
// fleet/declared.go, return the error: it stops every command before anything is written.
func Teams() (fleet.Fleet, error) {
	cluster := fleet.Cluster{
		Name:       "platform",
		Account:    "111122223333",
		Region:     "us-east-1",
		Issuer:     "https://oidc.eks.us-east-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF",
		Stack:      "runners",
		Controller: fleet.Controller{Version: "0.14.2", Namespace: "arc-systems", ServiceAccount: "arc-gha-rs-controller"},
	}
	f := fleet.Fleet{Clusters: []fleet.Cluster{cluster}}
	rows, err := csv.NewReader(strings.NewReader(teams)).ReadAll()
	if err != nil {
		return fleet.Fleet{}, fmt.Errorf("teams.csv: %w", err)
	}
	for i, row := range rows[1:] {
		team := row[0]
		most, err := strconv.Atoi(row[2])
		if err != nil {
			return fleet.Fleet{}, fmt.Errorf("teams.csv, line %d: most runners %q: want a number", i+2, row[2])
		}
		app := fleet.ImageRepository{Name: identity.ImageRepositoryName(team), Account: "111122223333", Region: "us-east-1", Stack: "runners", KeepUntagged: 10}
		f.ImageRepositories = append(f.ImageRepositories, app)
		f.Pools = append(f.Pools, fleet.Pool{
			Name:           identity.PoolName(team),
			Cluster:        cluster,
			Scope:          fleet.Scope{SourceRepository: identity.SourceRepository(row[1])},
			Namespace:      identity.Namespace(team + "-runners"),
			ServiceAccount: "runner",
			ScaleSet:       &fleet.ScaleSet{Name: identity.ScaleSet("push-" + team), MaxRunners: most, GitHubConfigSecret: "github-app"},
			Role:           identity.RoleName(team + "-runner"),
			Policy:         identity.PolicyName(team + "-runner-push"),
			PushesTo:       []fleet.ImageRepository{app},
			Image:          "ghcr.io/actions/actions-runner:2.337.0",
		})
	}
	return f, nil
}
