package agreement_test

import (
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"keyless-runners/identity"
	"keyless-runners/rehearsal/stage"
)

// moving is a pool that moves: the example shows other pools that have moved, or are on their
// way, and the pool gets what they have, under its own name.
type moving struct {
	*example
	pool     pool
	folder   string
	workflow string
}

// move begins the move of a pool, in a copy of the example's files.
func (e *example) move(t *testing.T, name string) *moving {
	t.Helper()
	folder := e.world.folder(t)
	must(t, os.CopyFS(folder, os.DirFS(e.fleet.Folder)))
	return &moving{example: e, pool: e.pool(t, "platform", name), folder: folder, workflow: filepath.Join(folder, "workflows", "push-"+name+".yaml")}
}

// like puts in place of a file of the pool that of another pool.
func (m *moving) like(t *testing.T, other, file string) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(m.fleet.Folder, strings.ReplaceAll(file, "POOL", other)))
	must(t, err)
	must(t, os.WriteFile(filepath.Join(m.folder, strings.ReplaceAll(file, "POOL", m.pool.Name)), m.renamed(other, text), 0o644))
}

// renamed is a text of another pool under the pool's name.
func (m *moving) renamed(other string, text []byte) []byte {
	return regexp.MustCompile(`\b`+other+`\b`).ReplaceAll(text, []byte(m.pool.Name))
}

func (m *moving) copyWorkflow(t *testing.T, other string) {
	m.like(t, other, "workflows/push-POOL.yaml")
}

func (m *moving) applyManifests(t *testing.T, other string) {
	t.Helper()
	m.like(t, other, "manifests/platform/POOL.k8s.yaml")
	_, err := m.cluster.Apply(t.Context(), filepath.Join(m.folder, "manifests/platform"))
	must(t, err)
}

// deployStack deploys the stack with the trust policy and the association of the other pool.
func (m *moving) deployStack(t *testing.T, other string) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(m.fleet.Folder, "infra/runners.template.json"))
	must(t, err)
	var template struct {
		Description       string
		Metadata, Outputs map[string]any
		Resources         map[string]map[string]any
	}
	must(t, json.Unmarshal(text, &template))
	resource := func(pool, kind string) (string, map[string]any) {
		for _, id := range slices.Sorted(maps.Keys(template.Resources)) {
			if strings.HasPrefix(id, "Pool"+pool+kind) {
				return id, template.Resources[id]
			}
		}
		return "", nil
	}
	role, own := resource(m.pool.Name, "Role")
	_, theirs := resource(other, "Role")
	properties := own["Properties"].(map[string]any)
	properties["AssumeRolePolicyDocument"] = m.renamedValue(t, other, theirs["Properties"].(map[string]any)["AssumeRolePolicyDocument"])
	if _, association := resource(other, "Association"); association != nil {
		added := m.renamedValue(t, other, association).(map[string]any)
		added["Properties"].(map[string]any)["RoleArn"] = map[string]any{"Fn::GetAtt": []string{role, "Arn"}}
		template.Resources["Pool"+m.pool.Name+"Association"] = added
	}
	text, err = json.Marshal(template)
	must(t, err)
	must(t, m.account.Deploy(t.Context(), region, "runners", text))
	must(t, m.Refresh(t.Context()))
}

func (m *moving) renamedValue(t *testing.T, other string, value any) (renamed any) {
	t.Helper()
	text, err := json.Marshal(value)
	must(t, err)
	must(t, json.Unmarshal(m.renamed(other, text), &renamed))
	return renamed
}

// made is a Pod that is made now.
func (m *moving) made(t *testing.T) stage.Container {
	t.Helper()
	runner, err := m.cluster.Pod(t.Context(), m.pool.Subject)
	must(t, err)
	container, err := runner.Start(t.Context(), stage.ContainerRunner, m.world.folder(t))
	must(t, err)
	return container
}

// push has a container do the workflow's job as it is now, and returns what went wrong.
func (m *moving) push(t *testing.T, container stage.Container) string {
	t.Helper()
	must(t, m.Cloud.ECR.Empty())
	asked, err := stage.Workflow(m.workflow)
	must(t, err)
	steps, err := m.Work(t.Context(), asked, container, m.world.folder(t))
	must(t, err)
	return failed(steps)
}

// moveToPodIdentity moves pool "docs" as docs/fleet.md says. A Pod that was there before and
// one that is made now push after each step.
func moveToPodIdentity(t *testing.T, e *example) {
	m := e.move(t, "docs")
	before := m.pool.container
	if before.Env[identity.EnvRoleARN] == "" {
		t.Fatal("the pool has no role by IRSA before the move")
	}
	pushes := func(after string, containers ...stage.Container) {
		t.Helper()
		for i, container := range append(containers, m.made(t)) {
			wantAllowed(t, "after "+after+", Pod "+string(rune('1'+i)), m.push(t, container))
		}
	}
	m.copyWorkflow(t, "web")
	pushes("the workflow that accepts both", before)
	m.deployStack(t, "web")
	pushes("the deployment with both", before)
	m.applyManifests(t, "web")
	pushes("applying manifests with both", before)
	between := m.made(t)
	if between.Env[identity.EnvRoleARN] != "" || between.Env[identity.EnvCredentialsURI] == "" {
		t.Errorf("a Pod that is made after the association has the role %q and the agent %q, want the agent alone", between.Env[identity.EnvRoleARN], between.Env[identity.EnvCredentialsURI])
	}
	// Now no Pod has AWS_ROLE_ARN any more.
	m.applyManifests(t, "api")
	pushes("applying manifests without the annotation", between)
	m.deployStack(t, "api")
	pushes("the deployment with EKS Pod Identity alone", between)
	m.copyWorkflow(t, "api")
	pushes("the workflow that wants EKS Pod Identity", between)
	wantRefusal(t, "a token for STS, after the move", m.take(t, m.cluster.Cluster, m.pool.Subject, m.pool.Role.String()), notTrusted)
}

// moveAndBack has the association come before the workflow that accepts it: new Pods have the
// role, and the job's first step does not know it. On the way back, a Pod that waits for a job
// with EKS Pod Identity loses the role when its association goes.
func moveAndBack(t *testing.T, e *example) {
	m := e.move(t, "docs")
	m.deployStack(t, "web")
	between := m.made(t)
	wantAllowed(t, "a Pod from before", m.push(t, m.pool.container))
	wantRefusal(t, "a Pod that is made now", m.push(t, between), wrongRole)
	m.copyWorkflow(t, "web")
	wantAllowed(t, "the same Pod, with the workflow that accepts both", m.push(t, between))
	m.deployStack(t, "docs")
	wantRefusal(t, "the same Pod, without its association", m.push(t, between), "No association found for "+m.pool.Subject.String())
	wantAllowed(t, "a Pod that is made without the association", m.push(t, m.made(t)))
}

// moveToScaleSet moves pool "web" as docs/fleet.md says. Jobs of the old workflow land on the
// old runners until they are deleted, and nothing is deployed to AWS.
func moveToScaleSet(t *testing.T, e *example) {
	m := e.move(t, "web")
	old, err := stage.Workflow(filepath.Join(e.fleet.Folder, "workflows/push-web.yaml"))
	must(t, err)
	m.applyManifests(t, "api")
	runner, container := m.scaleSet(t)
	labels, err := runner.Register(container)
	must(t, err)
	was, err := m.pool.runner.Register(m.pool.container)
	must(t, err)
	if old.TakenBy(labels) || !old.TakenBy(was) {
		t.Errorf("jobs of the old workflow land on a runner with %q, and not on one with %q", labels, was)
	}
	wantAllowed(t, "the old runner, the old workflow", m.push(t, m.pool.container))
	m.copyWorkflow(t, "api")
	present, err := stage.Workflow(m.workflow)
	must(t, err)
	if !present.TakenBy(labels) {
		t.Errorf("jobs of the new workflow do not land on a runner with %q", labels)
	}
	wantAllowed(t, "the new runner, the new workflow", m.push(t, container))
	result, err := m.cluster.Kubectl(t.Context(), nil, "delete", "runnerdeployment", "--wait=false", "--namespace", "web-runners", "--selector", "app.kubernetes.io/instance=web")
	must(t, err)
	if got := string(result.Stdout); !strings.Contains(got, `"web" deleted`) {
		t.Errorf("kubectl delete says %q and %q", got, result.Stderr)
	}
	wantAllowed(t, "the new runner, when the old ones are gone", m.push(t, container))
}

// scaleSet is the runner of the pool's scale set.
func (m *moving) scaleSet(t *testing.T) (stage.Runner, stage.Container) {
	t.Helper()
	runner, err := m.cluster.ScaleSetRunner(t.Context(), m.pool.Subject.Namespace, "push-"+m.pool.Name)
	must(t, err)
	if got := runner.Pod.Spec.ServiceAccountName; got != string(m.pool.Subject.ServiceAccount) {
		t.Errorf("its ServiceAccount is %q, want %q", got, m.pool.Subject.ServiceAccount)
	}
	container, err := runner.Start(t.Context(), stage.ContainerRunner, m.world.folder(t))
	must(t, err)
	return runner, container
}
