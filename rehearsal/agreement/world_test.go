package agreement_test

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	core "k8s.io/api/core/v1"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"

	"keyless-runners/identity"
	"keyless-runners/policy"
	"keyless-runners/rehearsal/cluster"
	"keyless-runners/rehearsal/job"
	"keyless-runners/rehearsal/moto"
	"keyless-runners/rehearsal/program/programtest"
	"keyless-runners/rehearsal/stage"
	jobs "keyless-runners/rehearsal/workflow"
)

const (
	account identity.AccountID = "111122223333"
	foreign identity.AccountID = "444455556666"
	region  identity.Region    = "us-east-1"
	distant identity.Region    = "us-west-2"
	europe  identity.Region    = "eu-central-1"
	// patience is how long the controller may take to make a Pod, on a busy machine.
	patience = 15 * time.Second
)

// neighbour takes the role neighbourRole, and has its token from the strange cluster.
var (
	neighbour                       = identity.Subject{Namespace: "runners", ServiceAccount: "neighbour"}
	neighbourRole identity.RoleName = "neighbour"
)

// someoneElses is an image repository that no pool pushes to.
const someoneElses identity.ImageRepositoryName = "someone-elses"

// base is a rendered fleet of one pool that is mutated.
type base struct {
	// folder has its files: a template, a file of manifests and a workflow.
	folder                       string
	template, manifest, workflow string
	// cluster is the cluster of its pool, as EKS calls it.
	cluster identity.ClusterARN
	// pushesTo is the pool's image repository.
	pushesTo identity.ImageRepository
}

func (b base) region() identity.Region { return b.pushesTo.Registry.Region }

// neighbours is an image repository beside the pool's.
func (b base) neighbours() identity.ImageRepository {
	return identity.ImageRepository{Registry: b.pushesTo.Registry, Name: someoneElses}
}

// stack is the name of the template's stack.
func (b base) stack() identity.StackName {
	return identity.StackName(strings.TrimSuffix(filepath.Base(b.template), ".template.json"))
}

// world is a stage that one mutant after the other lives on.
type world struct {
	*stage.Stage
	account  *stage.Account
	cluster  *stage.Cluster
	stranger *stage.Cluster
}

func newWorld(t *testing.T) *world {
	t.Helper()
	self, err := os.Executable()
	must(t, err)
	python, err := moto.Install(t.Context(), filepath.Join("..", "..", ".build", "rehearsal"), func(time.Duration) {})
	must(t, err)
	up, err := stage.New(stage.Options{Folder: t.TempDir(), Programs: programtest.Built(t), Python: python, Self: self})
	must(t, err)
	t.Cleanup(up.Stop)
	w := &world{Stage: up}
	w.account, err = up.OpenAccount(t.Context(), account, region, distant, europe)
	must(t, err)
	for _, id := range []identity.AccountID{account, foreign} {
		for _, in := range []identity.Region{region, distant, europe} {
			must(t, up.Cloud.OpenRegistry(identity.Registry{Account: id, Region: in}))
		}
	}
	w.cluster, err = up.StartCluster(t.Context(), "example", eksCluster(region, "example"), "https://"+issuer)
	must(t, err)
	up.Add("example", w.cluster)
	w.stranger, err = up.Beside(t.Context(), w.cluster, eksCluster(region, "stranger"), "https://"+another)
	must(t, err)
	return w
}

// eksCluster is a cluster of the account.
func eksCluster(in identity.Region, name identity.ClusterName) identity.ClusterARN {
	return identity.ClusterARN{Partition: in.Partition(), Region: in, Account: account, Name: name}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// folder is a new one. Its name has no comma, at which kubectl would cut it.
func (w *world) folder(t *testing.T) string {
	t.Helper()
	folder, err := os.MkdirTemp(w.Folder, "mutant-")
	must(t, err)
	return folder
}

// live deploys and applies rendered files, has the runner do the workflow's job, and
// has others try. It returns what went wrong, "" if nothing did.
func (w *world) live(t *testing.T, b base, folder string) string {
	t.Helper()
	ctx := t.Context()
	w.empty(t, b)
	text, err := os.ReadFile(filepath.Join(folder, b.template))
	must(t, err)
	if err := w.account.Deploy(ctx, b.region(), b.stack(), text); err != nil {
		return "deploy: " + err.Error()
	}
	must(t, w.Refresh(ctx))
	if _, err := w.cluster.Apply(ctx, filepath.Join(folder, filepath.Dir(b.manifest))); err != nil {
		return err.Error()
	}
	runner, went := w.runner(ctx)
	if went != "" {
		return went
	}
	container, err := runner.Start(ctx, stage.ContainerRunner, filepath.Join(folder, "pod"))
	if err != nil {
		return "Pod: " + err.Error()
	}
	if went := w.work(t, runner, container, filepath.Join(folder, b.workflow), folder); went != "" {
		return went
	}
	return w.others(t, b, runner, container)
}

// empty leaves nothing of the mutant before, and puts there what is no part of a fleet.
func (w *world) empty(t *testing.T, b base) {
	t.Helper()
	ctx := t.Context()
	must(t, w.account.Server.Reset(ctx))
	must(t, w.cluster.Clear(ctx))
	must(t, w.account.AddNode(ctx))
	if w.cluster.EKS != b.cluster {
		must(t, w.Name(w.cluster, b.cluster))
	}
	must(t, w.account.AddCluster(ctx, b.cluster))
	must(t, w.account.AddCluster(ctx, w.stranger.EKS))
	must(t, w.account.AddProvider(ctx, w.stranger.Issuer))
	must(t, w.account.AddImageRepository(ctx, b.neighbours()))
	provider := identity.ProviderARN{Partition: region.Partition(), Account: account, Issuer: w.stranger.Issuer}
	must(t, w.account.AddRole(ctx, neighbourRole, policy.Trust(provider, neighbour), policy.Push([]identity.ImageRepository{b.neighbours()})))
	must(t, w.Cloud.ECR.Empty())
}

// runner is the Pod that the controller makes.
func (w *world) runner(ctx context.Context) (stage.Runner, string) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	runners, err := w.cluster.Runners(ctx)
	if err != nil {
		return stage.Runner{}, err.Error()
	}
	for _, runner := range runners {
		return runner, ""
	}
	return stage.Runner{}, "no runner"
}

// work has the runner do the workflow's job, if GitHub hands it that.
func (w *world) work(t *testing.T, runner stage.Runner, container stage.Container, file, folder string) string {
	t.Helper()
	labels, err := runner.Register(container)
	must(t, err)
	asked, err := stage.Workflow(file)
	must(t, err)
	if !asked.TakenBy(labels) {
		return fmt.Sprintf("no job for a runner with the labels %q", labels)
	}
	_, in, err := runner.Job(t.Context(), container, asked, filepath.Join(folder, "pod"))
	if err != nil {
		return err.Error()
	}
	steps, err := w.Work(t.Context(), asked, in, filepath.Join(folder, "job"))
	must(t, err)
	return failed(steps)
}

// failed returns the message of the step that failed; "" if none did.
func failed(steps []jobs.Step) string {
	for _, step := range steps {
		if step.Status != 0 {
			return step.Name + ": " + step.Output
		}
	}
	return ""
}

// others are strangers who try to take the role that the runner has, a neighbour who
// tries to push to its image repository, and the runner who tries more than to push.
func (w *world) others(t *testing.T, b base, runner stage.Runner, container stage.Container) string {
	t.Helper()
	ctx := t.Context()
	own := identity.Subject{Namespace: identity.Namespace(runner.Pod.Namespace), ServiceAccount: identity.ServiceAccount(runner.Pod.Spec.ServiceAccountName)}
	role, took := w.roleOf(t, b, own, container)
	strangers := append([]identity.Subject{
		{Namespace: own.Namespace, ServiceAccount: "intruder"},
		{Namespace: "elsewhere", ServiceAccount: own.ServiceAccount},
	}, w.named(t, own, role)...)
	for _, subject := range strangers {
		if told := took(w.cluster, subject); told == "" {
			return fmt.Sprintf("%s/%s of %s can take the role", subject.Namespace, subject.ServiceAccount, w.cluster.Issuer)
		}
	}
	if told := took(w.stranger, own); told == "" {
		return fmt.Sprintf("%s/%s of %s can take the role", own.Namespace, own.ServiceAccount, w.stranger.Issuer)
	}
	if told, err := w.Ask(ctx, w.neighbour(t, b), push(b.pushesTo, "neighbours")...); err != nil || told == "" {
		must(t, err)
		return "a neighbour can push to the image repository"
	}
	return w.more(t, b, container)
}

// roleOf returns the role that the runner has, and how a ServiceAccount of a cluster tries to
// have it in the same way: by a token at STS, or by a separate association. Tried returns
// what it is told.
func (w *world) roleOf(t *testing.T, b base, own identity.Subject, container stage.Container) (role string, tried func(*stage.Cluster, identity.Subject) string) {
	t.Helper()
	if role = container.Env[identity.EnvRoleARN]; role != "" {
		return role, func(from *stage.Cluster, subject identity.Subject) string {
			return w.take(t, from.Cluster, subject, role)
		}
	}
	association := w.Cloud.State.Account(account).Association(b.cluster, own)
	if association == nil {
		t.Fatalf("%s has neither the variable %s nor an association", own, identity.EnvRoleARN)
	}
	return association.Role, func(from *stage.Cluster, subject identity.Subject) string {
		return w.associate(t, from, subject, association.Role)
	}
}

// named returns the subjects that the trust policy, as it is deployed, has by name, with
// "any" for each wildcard, but for the runner's own.
func (w *world) named(t *testing.T, own identity.Subject, role string) []identity.Subject {
	t.Helper()
	deployed, err := w.account.Read(t.Context())
	must(t, err)
	trust, err := json.Marshal(deployed.Role(role).Trust)
	must(t, err)
	var subjects []identity.Subject
	for _, match := range subjectPattern.FindAllSubmatch(trust, -1) {
		any := strings.NewReplacer("*", "any", "?", "a")
		subject := identity.Subject{Namespace: identity.Namespace(any.Replace(string(match[1]))), ServiceAccount: identity.ServiceAccount(any.Replace(string(match[2])))}
		if subject != own {
			subjects = append(subjects, subject)
		}
	}
	return subjects
}

// subjectPattern matches a subject, or a pattern of subjects, in a document.
var subjectPattern = regexp.MustCompile(`"system:serviceaccount:([^:"]+):([^:"]+)"`)

// take has a ServiceAccount of a cluster try to take a role, and returns what STS says
// against it.
func (w *world) take(t *testing.T, from *cluster.Cluster, subject identity.Subject, role string) string {
	t.Helper()
	told, err := w.Assume(t.Context(), region, role, tokenOf(t, from, subject))
	must(t, err)
	return told
}

// associate gives a ServiceAccount of a cluster an association with a role, and returns what
// its Pod is told that tries to use it.
func (w *world) associate(t *testing.T, from *stage.Cluster, subject identity.Subject, role string) string {
	t.Helper()
	ctx := t.Context()
	appear(t, from.Cluster, subject)
	must(t, w.account.AddAssociation(ctx, from.EKS, subject, role))
	must(t, w.Refresh(ctx))
	pod, err := from.Pod(ctx, subject)
	must(t, err)
	container, err := pod.Start(ctx, stage.ContainerRunner, w.folder(t))
	must(t, err)
	told, err := w.Ask(ctx, container.In(region), job.Step{Do: job.WhoAmI})
	must(t, err)
	return told
}

// neighbour returns the environment of a process that has the neighbour's role.
func (w *world) neighbour(t *testing.T, b base) []string {
	t.Helper()
	file := filepath.Join(w.folder(t), "token")
	must(t, os.WriteFile(file, []byte(tokenOf(t, w.stranger.Cluster, neighbour)), 0o600))
	return stage.Container{Env: map[string]string{
		identity.EnvRoleARN:   identity.RoleARN{Partition: region.Partition(), Account: account, Path: "/", Name: neighbourRole}.String(),
		identity.EnvTokenFile: file,
	}}.In(b.region())
}

// push signs in to an image repository's registry and pushes an image to it.
func push(repository identity.ImageRepository, tag string) []job.Step {
	return []job.Step{
		{Do: job.Login, Image: repository.Registry.String()},
		{Do: job.Push, Image: repository.String() + ":" + tag, Layers: []string{"more"}},
	}
}

// tokenOf returns the token of a ServiceAccount, which is made if it is not there.
func tokenOf(t *testing.T, c *cluster.Cluster, subject identity.Subject) string {
	t.Helper()
	appear(t, c, subject)
	token, err := c.Token(t.Context(), cluster.TokenRequest{
		Namespace: subject.Namespace, ServiceAccount: subject.ServiceAccount, Audience: string(identity.AudienceSTS),
	})
	must(t, err)
	return token
}

// appear makes a ServiceAccount and its namespace. Those that exist already will do as well.
func appear(t *testing.T, c *cluster.Cluster, subject identity.Subject) {
	t.Helper()
	namespace, name := string(subject.Namespace), string(subject.ServiceAccount)
	_, _ = c.Client.CoreV1().Namespaces().Create(t.Context(), &core.Namespace{ObjectMeta: meta.ObjectMeta{Name: namespace}}, meta.CreateOptions{})
	_, _ = c.Client.CoreV1().ServiceAccounts(namespace).Create(t.Context(), &core.ServiceAccount{ObjectMeta: meta.ObjectMeta{Name: name}}, meta.CreateOptions{})
}

// more returns what the runner can do beyond pushing.
func (w *world) more(t *testing.T, b base, container stage.Container) string {
	t.Helper()
	pushed := b.pushesTo.String() + ":" + stage.Commit
	for _, try := range []struct {
		what  string
		steps []job.Step
	}{
		{"push to someone else's image repository", push(b.neighbours(), "1")},
		{"delete images", []job.Step{{Do: job.Call, Action: "BatchDeleteImage", Image: pushed}}},
		{"open the image repository to everybody", []job.Step{{Do: job.Call, Action: "SetRepositoryPolicy", Image: pushed}}},
	} {
		told, err := w.Ask(t.Context(), container.In(b.region()), try.steps...)
		must(t, err)
		if told == "" {
			return "the runner can " + try.what
		}
	}
	return ""
}
