package agreement_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	core "k8s.io/api/core/v1"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"

	"keyless-runners/identity"
	"keyless-runners/rehearsal/cluster"
	"keyless-runners/rehearsal/job"
	"keyless-runners/rehearsal/moto"
	"keyless-runners/rehearsal/program/programtest"
	"keyless-runners/rehearsal/stage"
)

const (
	account identity.AccountID = "111122223333"
	foreign identity.AccountID = "444455556666"
	region  identity.Region    = "us-east-1"
	distant identity.Region    = "us-west-2"
	// patience is how long the controller may take to make a Pod.
	patience = 5 * time.Second
)

// someoneElses is an image repository that the pool does not push to.
var someoneElses = identity.ImageRepository{Registry: identity.Registry{Account: account, Region: region}, Name: "someone-elses"}

// world is a stage that one mutant after the other lives on.
type world struct {
	*stage.Stage
	account  *stage.Account
	cluster  *stage.Cluster
	stranger *cluster.Cluster
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
	w.account, err = up.OpenAccount(t.Context(), account, region, distant)
	must(t, err)
	for _, id := range []identity.AccountID{account, foreign} {
		for _, in := range []identity.Region{region, distant} {
			must(t, up.Cloud.OpenRegistry(identity.Registry{Account: id, Region: in}))
		}
	}
	w.cluster, err = up.StartCluster(t.Context(), "example", "https://"+issuer)
	must(t, err)
	up.Add("example", w.cluster)
	w.stranger, err = up.Beside(t.Context(), w.cluster, "stranger", "https://"+another)
	must(t, err)
	return w
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
func (w *world) live(t *testing.T, folder string) string {
	t.Helper()
	ctx := t.Context()
	w.empty(t)
	text, err := os.ReadFile(filepath.Join(folder, template))
	must(t, err)
	if err := w.account.Deploy(ctx, region, "keyless-runners", text); err != nil {
		return "deploy: " + err.Error()
	}
	must(t, w.Refresh(ctx))
	if _, err := w.cluster.Apply(ctx, filepath.Join(folder, filepath.Dir(manifest))); err != nil {
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
	if went := w.work(t, runner, container, folder); went != "" {
		return went
	}
	return w.others(t, runner, container)
}

// empty leaves nothing of the mutant before, and puts there what is no part of a fleet.
func (w *world) empty(t *testing.T) {
	t.Helper()
	ctx := t.Context()
	must(t, w.account.Server.Reset(ctx))
	must(t, w.cluster.Clear(ctx))
	must(t, w.account.AddProvider(ctx, w.stranger.Issuer))
	must(t, w.account.AddImageRepository(ctx, someoneElses))
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
func (w *world) work(t *testing.T, runner stage.Runner, container stage.Container, folder string) string {
	t.Helper()
	labels, err := runner.Register(container)
	must(t, err)
	asked, err := stage.Workflow(filepath.Join(folder, workflow))
	must(t, err)
	if !asked.TakenBy(labels) {
		return fmt.Sprintf("no job for a runner with the labels %q", labels)
	}
	steps, err := w.Work(t.Context(), asked, container, filepath.Join(folder, "job"))
	must(t, err)
	for _, step := range steps {
		if step.Status != 0 {
			return step.Name + ": " + step.Output
		}
	}
	return ""
}

// others are strangers who try to take the role that the runner has, and the runner
// who tries more than to push.
func (w *world) others(t *testing.T, runner stage.Runner, container stage.Container) string {
	t.Helper()
	ctx := t.Context()
	own := runner.Pod.Spec.ServiceAccountName
	for _, other := range []struct {
		cluster            *cluster.Cluster
		namespace, account string
	}{
		{w.cluster.Cluster, runner.Pod.Namespace, "intruder"},
		{w.cluster.Cluster, "elsewhere", own},
		{w.stranger, runner.Pod.Namespace, own},
	} {
		token := stranger(t, other.cluster, other.namespace, other.account)
		told, err := w.Assume(ctx, region, container.Env["AWS_ROLE_ARN"], token)
		must(t, err)
		if told == "" {
			return fmt.Sprintf("%s/%s of %s can take the role", other.namespace, other.account, other.cluster.Issuer)
		}
	}
	return w.more(t, container)
}

// stranger is the token of a ServiceAccount that is made if it is not there.
func stranger(t *testing.T, c *cluster.Cluster, namespace, account string) string {
	t.Helper()
	ctx := t.Context()
	// Who is there already is no stranger less.
	_, _ = c.Client.CoreV1().Namespaces().Create(ctx, &core.Namespace{ObjectMeta: meta.ObjectMeta{Name: namespace}}, meta.CreateOptions{})
	_, _ = c.Client.CoreV1().ServiceAccounts(namespace).Create(ctx, &core.ServiceAccount{ObjectMeta: meta.ObjectMeta{Name: account}}, meta.CreateOptions{})
	token, err := c.Token(ctx, cluster.TokenRequest{
		Namespace: identity.Namespace(namespace), ServiceAccount: identity.ServiceAccount(account), Audience: string(identity.AudienceSTS),
	})
	must(t, err)
	return token
}

// more is what the runner can do beyond pushing.
func (w *world) more(t *testing.T, container stage.Container) string {
	t.Helper()
	pushed := someoneElses.Registry.String() + "/my-app:" + stage.Commit
	for _, try := range []struct {
		what  string
		steps []job.Step
	}{
		{"push to someone else's image repository", []job.Step{
			{Do: job.Login, Image: someoneElses.Registry.String()},
			{Do: job.Push, Image: someoneElses.String() + ":1", Layers: []string{"more"}},
		}},
		{"delete images", []job.Step{{Do: job.Call, Action: "BatchDeleteImage", Image: pushed}}},
		{"open the image repository to everybody", []job.Step{{Do: job.Call, Action: "SetRepositoryPolicy", Image: pushed}}},
	} {
		told, err := w.Ask(t.Context(), container.In(region), try.steps...)
		must(t, err)
		if told == "" {
			return "the runner can " + try.what
		}
	}
	return ""
}
