package agreement_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"keyless-runners/identity"
	"keyless-runners/policy"
	"keyless-runners/rehearsal/deployed"
	"keyless-runners/rehearsal/job"
	"keyless-runners/rehearsal/rendered"
	"keyless-runners/rehearsal/session"
	"keyless-runners/rehearsal/stage"
)

// example is an example that is deployed and used.
type example struct {
	*world
	fleet rendered.Fleet
	pools []pool
}

// pool is a pool of an example in one of its clusters, with a runner.
type pool struct {
	rendered.Pool
	cluster   *stage.Cluster
	runner    stage.Runner
	container stage.Container
	// in is where its jobs run: the runner, or a Pod that it makes for them, with a container.
	in  stage.Runner
	job stage.Container
	// pushes and pulls are the image repositories that its role may push to, and pull from
	// alone.
	pushes, pulls []identity.ImageRepository
}

// equip gives the world what the examples need beside the article's.
func (w *world) equip(t *testing.T) {
	t.Helper()
	ctx := t.Context()
	_, err := w.OpenAccount(ctx, foreign, region, distant, europe)
	must(t, err)
	must(t, w.cluster.StartScaleSets(ctx, identity.Subject{Namespace: "arc-systems", ServiceAccount: "arc-gha-rs-controller"}))
	must(t, w.stranger.StartController(ctx))
	defineExternalSecrets(t, w.cluster)
}

// rehearse deploys and applies an example, and has every pool's runner do its workflow's job.
// What someone else owns is made before, unless there is nothing such.
func (w *world) rehearse(t *testing.T, name string, others func(*testing.T, *example)) *example {
	t.Helper()
	folder := filepath.Join("..", "..", "examples", name)
	if proved, found := check(t, folder); !proved {
		t.Fatalf("keyless check does not prove it:%s", found)
	}
	fleet, err := rendered.Read(folder)
	must(t, err)
	e := &example{world: w, fleet: fleet}
	e.prepare(t)
	if others != nil {
		others(t, e)
	}
	e.deploy(t)
	for _, cluster := range fleet.Clusters {
		e.apply(t, cluster)
	}
	for _, p := range e.pools {
		if went := w.work(t, p.runner, p.container, p.Workflow, w.folder(t)); went != "" {
			t.Errorf("pool %s of cluster %s: %s", p.Name, p.cluster.EKS.Name, went)
		}
	}
	return e
}

// prepare empties the accounts and clusters, which get the names that they have in the example.
func (e *example) prepare(t *testing.T) {
	t.Helper()
	ctx := t.Context()
	for _, account := range e.Accounts {
		must(t, account.Server.Reset(ctx))
		must(t, account.AddNode(ctx))
	}
	must(t, e.cluster.Clear(ctx))
	must(t, e.stranger.Clear(ctx))
	must(t, e.Cloud.ECR.Empty())
	for _, cluster := range e.fleet.Clusters {
		must(t, e.Name(e.at(cluster), cluster.EKS))
		must(t, e.account.AddCluster(ctx, cluster.EKS))
	}
}

// at is the cluster that one of the example is played by: the one with its issuer.
func (e *example) at(cluster rendered.Cluster) *stage.Cluster {
	if cluster.Issuer == e.stranger.Issuer {
		return e.stranger
	}
	return e.cluster
}

func (e *example) deploy(t *testing.T) {
	t.Helper()
	stacks, err := e.fleet.Stacks()
	must(t, err)
	for _, stack := range stacks {
		text, err := os.ReadFile(stack.File)
		must(t, err)
		must(t, e.Accounts[stack.Account].Deploy(t.Context(), stack.Region, stack.Name, text))
	}
	must(t, e.Refresh(t.Context()))
}

// apply applies the manifests of a cluster, and starts its runners.
func (e *example) apply(t *testing.T, of rendered.Cluster) {
	t.Helper()
	ctx := t.Context()
	cluster := e.at(of)
	if _, err := cluster.Apply(ctx, of.Folder); err != nil {
		t.Fatal(err)
	}
	runners, err := cluster.Runners(ctx)
	must(t, err)
	for _, p := range of.Pools {
		runner, ok := runners[p.Runner]
		if !ok {
			t.Fatalf("pool %s of cluster %s has no runner", p.Name, of.Name)
		}
		container, err := runner.Start(ctx, stage.ContainerRunner, e.folder(t))
		must(t, err)
		asked, err := stage.Workflow(p.Workflow)
		must(t, err)
		in, made, err := runner.Job(ctx, container, asked, e.folder(t))
		must(t, err)
		living := pool{Pool: p, cluster: cluster, runner: runner, container: container, in: in, job: made}
		living.pushes, living.pulls = granted(t, e.Cloud.State.Account(p.Role.Account).Role(p.Role.String()))
		e.pools = append(e.pools, living)
	}
}

// granted are the image repositories of a role's policies.
func granted(t *testing.T, role *deployed.Role) (pushes, pulls []identity.ImageRepository) {
	t.Helper()
	for _, p := range role.Policies {
		for _, statement := range p.Document.Statement {
			for _, resource := range statement.Resource {
				repository, err := identity.ParseImageRepositoryARN(resource)
				switch {
				case err != nil:
				case slices.Contains(statement.Action, "ecr:PutImage"):
					pushes = append(pushes, repository)
				default:
					pulls = append(pulls, repository)
				}
			}
		}
	}
	return pushes, pulls
}

// pool is a pool of the example in a cluster.
func (e *example) pool(t *testing.T, cluster identity.ClusterName, name string) pool {
	t.Helper()
	for _, p := range e.pools {
		if p.Name == name && p.cluster.EKS.Name == cluster {
			return p
		}
	}
	t.Fatalf("no pool %s in cluster %s", name, cluster)
	return pool{}
}

// ask has a pool's runner do something.
func (e *example) ask(t *testing.T, p pool, in identity.Region, steps ...job.Step) string {
	t.Helper()
	told, err := e.Ask(t.Context(), p.job.In(in), steps...)
	must(t, err)
	return told
}

// publish has the owner of an image repository push to it, and returns the image.
func (e *example) publish(t *testing.T, repository identity.ImageRepository) string {
	t.Helper()
	name := identity.RoleName(strings.ReplaceAll(string(repository.Name), "/", "-"))
	owner := e.as(t, repository.Registry.Account, name, policy.Push([]identity.ImageRepository{repository}))
	told, err := e.Ask(t.Context(), append(owner, "AWS_REGION="+string(repository.Registry.Region)), push(repository, "published")...)
	must(t, err)
	if told != "" {
		t.Fatal(told)
	}
	return repository.String() + ":published"
}

// as is the environment of a process with a role of an account, which is made for it.
func (e *example) as(t *testing.T, of identity.AccountID, name identity.RoleName, permissions policy.Document) []string {
	t.Helper()
	trust := policy.Document{Version: policy.Version, Statement: []policy.Statement{{
		Effect: policy.EffectAllow, Principal: &policy.Principal{Service: policy.Values{"ec2.amazonaws.com"}}, Action: policy.Values{"sts:AssumeRole"},
	}}}
	must(t, e.Accounts[of].AddRole(t.Context(), name, trust, permissions))
	must(t, e.Refresh(t.Context()))
	role := identity.RoleARN{Partition: region.Partition(), Account: of, Path: "/", Name: name}
	return append(session.Environment(e.Cloud.Sessions.Issue(session.Session{Role: role, Name: "made"}, time.Hour)), "AWS_EC2_METADATA_DISABLED=true")
}

// wantRefusal looks at what someone was told.
func wantRefusal(t *testing.T, who, told, want string) {
	t.Helper()
	if !strings.Contains(told, want) || told == "" {
		t.Errorf("%s: was told %q, want %q", who, told, want)
	}
}

func wantAllowed(t *testing.T, who, told string) {
	t.Helper()
	if told != "" {
		t.Errorf("%s: was refused: %s", who, told)
	}
}
