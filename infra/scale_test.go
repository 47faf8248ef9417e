package infra_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/aws/jsii-runtime-go"

	"keyless-runners/fleet"
	"keyless-runners/fleet/fleettest"
)

// template is what of a stack counts against a limit.
type template struct {
	size      int
	Resources map[string]struct {
		Type       string
		Properties map[string]any
	}
	Outputs map[string]any
}

// templates are those of a fleet by stack, without the CDK's validation: it looks at
// each resource for itself, and takes its time for a thousand pools.
func templates(t *testing.T, f fleet.Fleet) map[string]template {
	t.Helper()
	checked := fleettest.Checked(t, f)
	jsii.Close()
	t.Setenv("CDK_VALIDATION", "false")
	defer jsii.Close()
	outdir := t.TempDir()
	if err := synth(checked, outdir); err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(filepath.Join(outdir, "*.template.json"))
	if err != nil {
		t.Fatal(err)
	}
	byStack := map[string]template{}
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		read := template{size: len(content)}
		if err := json.Unmarshal(content, &read); err != nil {
			t.Fatal(err)
		}
		byStack[strings.TrimSuffix(filepath.Base(file), ".template.json")] = read
	}
	return byStack
}

// thousand keeps what the CDK rendered last of a thousand pools, because it takes seconds.
// No test changes it.
var thousand map[string]template

func ofThousand(t *testing.T) map[string]template {
	t.Helper()
	if thousand == nil {
		thousand = templates(t, fleettest.Growing(1_000))
	}
	return thousand
}

// The limits are CloudFormation's and IAM's, as an account has them unasked: 1,000
// roles, 1,500 customer managed policies and 100 providers among them.
func TestThousandPoolsStayWithinEveryLimit(t *testing.T) {
	all := ofThousand(t)
	count := map[string]int{}
	for stack, template := range all {
		atMost(t, stack+": resources", len(template.Resources), 500)
		atMost(t, stack+": outputs", len(template.Outputs), 200)
		atMost(t, stack+": bytes", template.size, 1_000_000)
		atMost(t, stack+": characters of its name", len(stack), 128)
		for id, resource := range template.Resources {
			count[resource.Type]++
			properties := resource.Properties
			atMost(t, id+": characters of the logical id", len(id), 255)
			atMost(t, id+": characters of the trust policy", characters(t, properties["AssumeRolePolicyDocument"]), 2_048)
			atMost(t, id+": characters of the policy", characters(t, properties["PolicyDocument"]), 6_144)
			name, _ := properties["RoleName"].(string)
			atMost(t, id+": characters of the role's name", len(name), 64)
			policies, _ := properties["ManagedPolicyArns"].([]any)
			atMost(t, id+": policies of the role", len(policies), 10)
			tags, _ := properties["Tags"].([]any)
			atMost(t, id+": tags", len(tags), 50)
		}
	}
	for kind, want := range map[string]int{
		"AWS::IAM::Role": 1_000, "AWS::IAM::ManagedPolicy": 1_000, "AWS::ECR::Repository": 300, "AWS::IAM::OIDCProvider": 1,
	} {
		if count[kind] != want {
			t.Errorf("got %d of %s, want %d", count[kind], kind, want)
		}
	}
	if len(all) != 7 || len(count) != 4 {
		t.Errorf("got %d stacks and %d types of resources, want 7 and 4", len(all), len(count))
	}
}

func atMost(t *testing.T, what string, got, limit int) {
	t.Helper()
	if got > limit {
		t.Errorf("%s: got %d, limit %d", what, got, limit)
	}
}

// characters counts those of a policy document that IAM counts: all but white space.
func characters(t *testing.T, document any) int {
	t.Helper()
	if document == nil {
		return 0
	}
	text, err := json.Marshal(document)
	if err != nil {
		t.Fatal(err)
	}
	return len(strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, string(text)))
}

// The rule is that a resource is in the stack that is declared for it. So whatever
// comes, goes or changes places around it, it keeps its stack and its logical id.
func TestNoResourceMovesWhenPoolsComeAndGo(t *testing.T) {
	f := fleettest.Growing(1_000)
	before := places(t, ofThousand(t))

	gone := []int{0, 1, 149, 150, 500, 999}
	removed := map[string]bool{}
	for _, i := range slices.Backward(gone) {
		removed["AWS::IAM::Role "+string(f.Pools[i].Role)] = true
		removed["AWS::IAM::ManagedPolicy "+string(f.Pools[i].Policy)] = true
		f.Pools = slices.Delete(f.Pools, i, i+1)
	}
	for _, added := range fleettest.Growing(1_003).Pools[1_000:] {
		added.Name = "a-" + added.Name // sorts before all others
		added.PushesTo = f.Pools[0].PushesTo
		added.Stack = "runners-06"
		f.Pools = slices.Insert(f.Pools, 400, added)
	}
	slices.Reverse(f.Pools[:700])
	slices.Reverse(f.ImageRepositories)
	after := places(t, templates(t, f))

	for resource, place := range before {
		want := place
		if removed[resource] {
			want = ""
		}
		if after[resource] != want {
			t.Errorf("%s was %q, got %q, want %q", resource, place, after[resource], want)
		}
	}
	if got, want := len(after), len(before)-len(removed)+2*3; got != want || len(before) != 2_301 {
		t.Errorf("got %d resources, then %d, want 2301 and %d", len(before), got, want)
	}
}

// places are the stack and the logical id of each resource, by its type and name.
func places(t *testing.T, all map[string]template) map[string]string {
	t.Helper()
	places := map[string]string{}
	for stack, template := range all {
		for id, resource := range template.Resources {
			for _, property := range []string{"RoleName", "ManagedPolicyName", "RepositoryName", "Url"} {
				if name, ok := resource.Properties[property].(string); ok {
					places[resource.Type+" "+name] = stack + " " + id
				}
			}
		}
	}
	return places
}
