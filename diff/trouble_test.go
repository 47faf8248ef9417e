package diff_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"keyless-runners/diff"
)

// stateOf is a state of files by their names.
func stateOf(t *testing.T, files map[string]string) diff.State {
	t.Helper()
	folder := t.TempDir()
	for name, text := range files {
		file := filepath.Join(folder, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	state, err := diff.Read(diff.Input{Label: "dist", Path: folder})
	if err != nil {
		t.Fatal(err)
	}
	return state
}

// stack is a template of resources.
func stack(resources ...string) string {
	return "Resources:\n" + strings.Join(resources, "")
}

// resource is a resource with properties and attributes, each "NAME: VALUE".
func resource(id, kind string, lines ...string) string {
	text := "  " + id + ":\n    Type: " + kind + "\n"
	var properties string
	for _, line := range lines {
		if strings.HasPrefix(line, "DeletionPolicy") || strings.HasPrefix(line, "UpdateReplacePolicy") || strings.HasPrefix(line, "Metadata") {
			text += "    " + line + "\n"
		} else {
			properties += "      " + line + "\n"
		}
	}
	return text + "    Properties:\n" + properties
}

const (
	role        = "AWS::IAM::Role"
	policyType  = "AWS::IAM::ManagedPolicy"
	images      = "AWS::ECR::Repository"
	association = "AWS::EKS::PodIdentityAssociation"
)

func TestWhatCloudFormationDoes(t *testing.T) {
	const keep = "DeletionPolicy: Retain"
	anchor := resource("Anchor", role, "RoleName: anchor")
	for _, test := range []struct {
		name      string
		base, now map[string]string
		// resources are "FILE ACTION ID BECAUSE", troubles "FILE fails|stays THINGS: WHY".
		resources, troubles []string
	}{
		{
			name:      "a property that is changed in place",
			base:      map[string]string{"a.yaml": stack(resource("R", role, "RoleName: build", "MaxSessionDuration: 3600"))},
			now:       map[string]string{"a.yaml": stack(resource("R", role, "RoleName: build", "MaxSessionDuration: 7200"))},
			resources: []string{"a.yaml change R MaxSessionDuration"},
		},
		{
			name: "metadata, and the order of members",
			base: map[string]string{"a.yaml": stack(resource("R", role, "RoleName: build", "Path: /", "Metadata: {a: b}"))},
			now:  map[string]string{"a.yaml": stack(resource("R", role, "Path: /", "RoleName: build", "Metadata: {a: c}"))},
		},
		{
			name:      "a policy's description, which replaces it under its name",
			base:      map[string]string{"a.yaml": stack(resource("P", policyType, "ManagedPolicyName: push", "Description: a"))},
			now:       map[string]string{"a.yaml": stack(resource("P", policyType, "ManagedPolicyName: push", "Description: b"))},
			resources: []string{"a.yaml replace P Description"},
			troubles:  []string{`a.yaml fails policy "push": a change of Description replaces it, and CloudFormation creates the new one before it deletes the old one of that name`},
		},
		{
			name:      "a path, where CloudFormation makes the name",
			base:      map[string]string{"a.yaml": stack(resource("R", role, "Path: /a/"))},
			now:       map[string]string{"a.yaml": stack(resource("R", role, "Path: /b/"))},
			resources: []string{"a.yaml replace R Path"},
		},
		{
			name:      "a role that moves to another stack",
			base:      map[string]string{"a.yaml": stack(anchor, resource("R", role, "RoleName: build")), "b.yaml": stack(resource("S", role, "RoleName: other"))},
			now:       map[string]string{"a.yaml": stack(anchor), "b.yaml": stack(resource("S", role, "RoleName: other"), resource("R", role, "RoleName: build"))},
			resources: []string{"a.yaml delete R ", "b.yaml create R "},
			troubles:  []string{`b.yaml fails role "build": the name is taken until the stack of a.yaml is deployed, which deletes it`},
		},
		{
			name:      "an image repository that moves to another stack",
			base:      map[string]string{"a.yaml": stack(anchor, resource("I", images, "RepositoryName: app", keep)), "b.yaml": stack(resource("S", role, "RoleName: other"))},
			now:       map[string]string{"a.yaml": stack(anchor), "b.yaml": stack(resource("S", role, "RoleName: other"), resource("I", images, "RepositoryName: app", keep))},
			resources: []string{"a.yaml retain I ", "b.yaml create I "},
			troubles: []string{
				`b.yaml fails image repository "app": the name is taken: the stack of a.yaml gives the resource up, and retains it`,
				`a.yaml stays image repository "app": retained with its images, and in no stack any more`,
			},
		},
		{
			name:      "a name that another stack has",
			base:      map[string]string{"a.yaml": stack(resource("R", role, "RoleName: build"))},
			now:       map[string]string{"a.yaml": stack(resource("R", role, "RoleName: build")), "b.yaml": stack(resource("Q", role, "RoleName: build"))},
			resources: []string{"b.yaml create Q "},
			troubles:  []string{`b.yaml fails role "build": the name is taken by the stack of a.yaml`},
		},
		{
			name:      "names that are no text, of two stacks",
			base:      map[string]string{"a.yaml": stack(resource("R", role, `RoleName: !Sub "${AWS::StackName}-build"`))},
			now:       map[string]string{"a.yaml": stack(resource("R", role, `RoleName: !Sub "${AWS::StackName}-build"`)), "b.yaml": stack(resource("Q", role, `RoleName: !Sub "${AWS::StackName}-build"`))},
			resources: []string{"b.yaml create Q "},
		},
		{
			name:      "names that are no text, of one stack",
			base:      map[string]string{"a.yaml": stack(resource("R", role, `RoleName: !Sub "${AWS::StackName}-build"`))},
			now:       map[string]string{"a.yaml": stack(resource("Q", role, `RoleName: !Sub "${AWS::StackName}-build"`))},
			resources: []string{"a.yaml create Q ", "a.yaml delete R "},
			troubles:  []string{`a.yaml fails role "!Sub\"${AWS::StackName}-build\"": the name is taken: its logical id changes, and CloudFormation creates the new one before it deletes the old one`},
		},
		{
			name:      "a logical id, where CloudFormation makes the name",
			base:      map[string]string{"a.yaml": stack(resource("R", role, "Path: /"))},
			now:       map[string]string{"a.yaml": stack(resource("Q", role, "Path: /"))},
			resources: []string{"a.yaml create Q ", "a.yaml delete R "},
		},
		{
			name:      "an association of one ServiceAccount under another logical id",
			base:      map[string]string{"a.yaml": stack(resource("A", association, "ClusterName: c", "Namespace: n", "ServiceAccount: s", "RoleArn: x"))},
			now:       map[string]string{"a.yaml": stack(resource("B", association, "ClusterName: c", "Namespace: n", "ServiceAccount: s", "RoleArn: x"))},
			resources: []string{"a.yaml create B ", "a.yaml delete A "},
			troubles:  []string{`a.yaml fails association "c/n/s": the name is taken: its logical id changes, and CloudFormation creates the new one before it deletes the old one`},
		},
		{
			name:      "an image repository that is deleted with what is in it",
			base:      map[string]string{"a.yaml": stack(anchor, resource("I", images, "RepositoryName: app"))},
			now:       map[string]string{"a.yaml": stack(anchor)},
			resources: []string{"a.yaml delete I "},
			troubles:  []string{`a.yaml fails image repository "app": Amazon ECR refuses to delete it while there are images in it`},
		},
		{
			name:      "an image repository that may be deleted with what is in it",
			base:      map[string]string{"a.yaml": stack(anchor, resource("I", images, "RepositoryName: app", "EmptyOnDelete: true"))},
			now:       map[string]string{"a.yaml": stack(anchor)},
			resources: []string{"a.yaml delete I "},
		},
		{
			name:      "an image repository that is replaced",
			base:      map[string]string{"a.yaml": stack(resource("I", images, "RepositoryName: app", keep, "UpdateReplacePolicy: Retain"))},
			now:       map[string]string{"a.yaml": stack(resource("I", images, "RepositoryName: web", keep, "UpdateReplacePolicy: Retain"))},
			resources: []string{"a.yaml replace I RepositoryName"},
			troubles:  []string{`a.yaml stays image repository "app": retained with its images, and in no stack any more`},
		},
		{
			name:      "a template under another name",
			base:      map[string]string{"a.yaml": stack(resource("R", role, "RoleName: build"))},
			now:       map[string]string{"b.yaml": stack(resource("R", role, "RoleName: build"))},
			resources: []string{"b.yaml create R "},
			troubles: []string{
				`b.yaml fails role "build": the name is taken by the stack of a.yaml, which stays without a template`,
				`a.yaml stays role "build": the template is gone, and its stack stays until someone deletes it`,
			},
		},
		{
			name:     "a template that is gone",
			base:     map[string]string{"a.yaml": stack(anchor), "b.yaml": stack(resource("R", role, "RoleName: build"))},
			now:      map[string]string{"a.yaml": stack(anchor)},
			troubles: []string{`b.yaml stays role "build": the template is gone, and its stack stays until someone deletes it`},
		},
	} {
		found := diff.Between(stateOf(t, test.base), stateOf(t, test.now), nil)
		var resources, troubles []string
		for _, stack := range found.Stacks {
			for _, r := range stack.Resources {
				resources = append(resources, strings.Join([]string{stack.Template, string(r.Action), r.LogicalID, strings.Join(r.Because, ",")}, " "))
			}
		}
		for _, trouble := range found.Troubles {
			word := "stays"
			if trouble.Fails {
				word = "fails"
			}
			troubles = append(troubles, trouble.Where+" "+word+" "+strings.Join(trouble.Things, ", ")+": "+trouble.Why)
		}
		if difference := cmp.Diff(test.resources, resources); difference != "" {
			t.Errorf("%s: resources (-want +got):\n%s", test.name, difference)
		}
		if difference := cmp.Diff(test.troubles, troubles); difference != "" {
			t.Errorf("%s: troubles (-want +got):\n%s", test.name, difference)
		}
	}
}

func TestWhatKubectlDoes(t *testing.T) {
	object := func(kind, namespace, name, data string) string {
		return "apiVersion: v1\nkind: " + kind + "\nmetadata: {name: " + name + ", namespace: " + namespace + "}\ndata: {a: " + data + "}\n---\n"
	}
	namespace := "apiVersion: v1\nkind: Namespace\nmetadata: {name: ci}\n---\n"
	base := stateOf(t, map[string]string{
		"one/a.yaml": object("ConfigMap", "ci", "same", "x") + object("ConfigMap", "ci", "changed", "x") + object("ConfigMap", "ci", "gone", "x") + namespace,
		"two/a.yaml": object("ConfigMap", "ci", "moved", "x") + object("ConfigMap", "ci", "same", "x"),
	})
	now := stateOf(t, map[string]string{
		// A file's name is no part of it.
		"one/b.yaml":   object("ConfigMap", "ci", "same", "x") + object("ConfigMap", "ci", "changed", "y") + object("Secret", "ci", "new", "x"),
		"three/a.yaml": object("ConfigMap", "ci", "moved", "x"),
		"two/a.yaml":   object("ConfigMap", "ci", "same", "x"),
	})
	found := diff.Between(base, now, nil)
	var objects []string
	for _, o := range found.Objects {
		objects = append(objects, strings.TrimSpace(strings.Join([]string{o.Folder, string(o.Action), o.Title(), o.From + o.Command()}, " ")))
	}
	if difference := cmp.Diff([]string{
		"one leave Namespace ci kubectl delete namespace ci", "one change ConfigMap ci/changed", "one leave ConfigMap ci/gone kubectl delete configmap -n ci gone", "one create Secret ci/new",
		"three move ConfigMap ci/moved two",
	}, objects); difference != "" {
		t.Errorf("objects (-want +got):\n%s", difference)
	}
	want := diff.Trouble{Where: "one", Things: []string{"Namespace ci", "ConfigMap ci/gone"},
		Why: "in no file any more; kubectl apply deletes nothing", Fix: "delete with kubectl, as shown below"}
	if difference := cmp.Diff([]diff.Trouble{want}, found.Troubles); difference != "" {
		t.Errorf("troubles (-want +got):\n%s", difference)
	}
	if want := []string{"kubectl apply", "delete from the clusters what no file has any more"}; !slices.Equal(found.Order, want) {
		t.Errorf("order %q, want %q", found.Order, want)
	}
}
