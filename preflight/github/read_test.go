package github_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/github"
	"keyless-runners/preflight/source"
)

func file(t *testing.T, name string) *source.Node {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	roots, err := source.Parse(name, text)
	if err != nil {
		t.Fatal(err)
	}
	return roots[0]
}

func TestReadKnowsAllOfTheRenderedWorkflow(t *testing.T) {
	const name = "../../render/testdata/article/workflows/push-build.yaml"
	at := func(line, column int) source.Place { return source.Place{File: name, Line: line, Column: column} }
	text := func(value string, at source.Place) facts.Text {
		return facts.Text{Value: value, Place: at, There: true}
	}
	push := at(89, 0)
	want := []facts.Job{{
		Place:    at(43, 3),
		Workflow: "Push to Amazon ECR (build)",
		ID:       "push",
		RunsOn:   []facts.Text{text("self-hosted", at(45, 15)), text("push-my-app", at(45, 28))},
		Docker:   text("docker build", at(73, 14)),
		Group:    facts.Text{Place: at(43, 3)}, Container: facts.Text{Place: at(43, 3)}, AssumesRole: facts.Text{Place: at(43, 3)},
		Logins: []facts.Login{{
			Place: at(74, 9), Action: text("aws-actions/amazon-ecr-login@f2e9fc6c2b355c1890b65e6f6f0e2ac3e6e22f78", at(75, 15)), Number: 1, Host: facts.Text{Place: at(77, 23)},
			Account: text("111122223333", at(77, 23)), Region: text("us-east-1", at(37, 15)),
		}},
		Pushes: []facts.Push{{
			Place:    push,
			Registry: text("111122223333.dkr.ecr.us-east-1.amazonaws.com", push),
			Name:     text("my-app", push),
			Tag:      facts.Text{Unknown: "github.sha is known only when the job runs", Place: push, There: true},
			Before:   []facts.Before{{Login: 0, Always: true}},
		}},
		RoleARNs: []facts.Text{text("arn:aws:iam::111122223333:role/self_hosted_runner_role", at(52, 26))},
	}}
	root := file(t, name)
	if !github.Recognize(root) {
		t.Error("it is not recognized")
	}
	if diff := cmp.Diff(facts.Facts{Jobs: want}, github.Read(root, nil)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestReadKnowsWhereTheLargeFleetPushes(t *testing.T) {
	want := map[string]string{
		"base":    "on self-hosted linux x64 push-base; us-west-2; 111122223333.dkr.ecr.us-west-2.amazonaws.com: base",
		"china":   "on self-hosted linux x64 push-china; cn-north-1; 444455556666.dkr.ecr.cn-north-1.amazonaws.com.cn: app",
		"gov":     "on self-hosted linux x64 push-gov; us-gov-west-1; 777788889999.dkr.ecr.us-gov-west-1.amazonaws.com: app",
		"shop":    "on self-hosted linux x64 push-shop; us-east-1; 111122223333.dkr.ecr.us-east-1.amazonaws.com: shop/web shop/api",
		"team-01": "on self-hosted linux x64 push-team-01; us-east-1; 111122223333.dkr.ecr.us-east-1.amazonaws.com: shop/web",
		"team-12": "on self-hosted linux x64 push-team-12; us-east-1; 111122223333.dkr.ecr.us-east-1.amazonaws.com: shop/web",
	}
	files, err := filepath.Glob("../../render/testdata/large/workflows/*.yaml")
	if err != nil || len(files) != 16 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	for _, name := range files {
		jobs := github.Read(file(t, name), nil).Jobs
		if len(jobs) != 1 || len(jobs[0].Logins) != 1 || len(jobs[0].StoredKeys) > 0 || len(jobs[0].RoleARNs) != 1 {
			t.Fatalf("%s: %v", name, jobs)
		}
		pool := strings.TrimSuffix(strings.TrimPrefix(filepath.Base(name), "push-"), ".yaml")
		if got := brief(jobs[0]); want[pool] != "" && got != want[pool] {
			t.Errorf("pool %s:\ngot  %s\nwant %s", pool, got, want[pool])
		}
	}
}

// brief is what a job of ours has, in one line.
func brief(job facts.Job) string {
	var line strings.Builder
	line.WriteString("on")
	for _, label := range job.RunsOn {
		line.WriteString(" " + show(label))
	}
	for _, login := range job.Logins {
		line.WriteString("; " + show(login.Region))
	}
	for i, push := range job.Pushes {
		if i == 0 {
			line.WriteString("; " + show(push.Registry) + ":")
		}
		line.WriteString(" " + show(push.Name))
	}
	return line.String()
}

// The article's workflows are as it prints them, placeholders included.
func TestReadKnowsTheArticlesWorkflows(t *testing.T) {
	before, err := os.ReadFile("../../workflows/testdata/before.yaml")
	if err != nil {
		t.Fatal(err)
	}
	// The second is the first without the step that has the keys.
	start, end := strings.Index(string(before), "      - name: Configure"), strings.Index(string(before), "      - name: Login")
	after := string(before[:start]) + string(before[end:])
	for _, text := range []string{string(before), after} {
		if !github.Recognize(parse(t, text)) {
			t.Error("it is not recognized")
		}
	}
	testReadings(t, []reading{
		{"with keys", string(before), `
build
login 1 - - YOUR_AWS_REGION
key aws-access-key-id at 11
key aws-secret-access-key at 12
push - YOUR_ECR_REPOSITORY ?(github.sha is known only when the job runs)`},
		{"without", after, `
build
login 1 - - -
push - YOUR_ECR_REPOSITORY ?(github.sha is known only when the job runs)`},
	})
	if job := github.Read(parse(t, after), nil).Jobs[0]; job.Workflow != "w.yaml" || job.RunsOn != nil {
		t.Errorf("got workflow %q on %v", job.Workflow, job.RunsOn)
	}
}

func TestReadLeavesOutWhatRunsNothing(t *testing.T) {
	testReadings(t, []reading{
		{"a call that never is", "on: push\njobs:\n  a:\n    if: false\n    uses: o/r/.github/workflows/w.yaml@v1\n    with: {x: 1}\n", ""},
		{"no object", "on: push\njobs:\n  a:\n  b: x\n  c: []\n", ""},
		{"no steps", "on: push\njobs:\n  a: {runs-on: x}\n", "a\non x"},
		{"jobs are no object", "on: push\njobs: [a]\n", ""},
		{"steps are no list", "on: push\njobs:\n  a: {steps: x}\n  b: {steps: {run: docker push x}}\n", "a\nb"},
		{"steps are no objects", "on: push\njobs:\n  a: {steps: [x, null, [], 1, {run: 1}, {run: {}}, {uses: []}]}\n", "a"},
	})
}

// The line of a command is that of the script's, where YAML keeps lines.
func TestPushesAreAtTheirLine(t *testing.T) {
	const step = "jobs:\n  a:\n    steps:\n"
	const push = "docker push " + host + "/x"
	for name, c := range map[string]struct {
		workflow string
		want     source.Place
	}{
		"in a block":            {step + "      - run: |\n          a\n\n          b\n          " + push + "\n      - run: x\n", source.Place{File: "w.yaml", Line: 8}},
		"behind blank lines":    {step + "      - run: |\n\n\n          " + push + "\n", source.Place{File: "w.yaml", Line: 7}},
		"in a folded block":     {step + "      - run: >\n          " + push + "\n", source.Place{File: "w.yaml", Line: 5}},
		"over several lines":    {step + "      - run: |\n          a\n          docker \\\n            push \\\n            " + host + "/x\n", source.Place{File: "w.yaml", Line: 6}},
		"in one line":           {step + "      - run: " + push + "\n", source.Place{File: "w.yaml", Line: 4, Column: 14}},
		"in quotes":             {step + "      - run: \"a\\nb\\n" + push + "\"\n      - run: x\n", source.Place{File: "w.yaml", Line: 4, Column: 14}},
		"in quotes, not last":   {step + "      - run: \"a\\n" + push + "\"\n        if: x\n", source.Place{File: "w.yaml", Line: 4, Column: 14}},
		"in JSON":               {"{\"jobs\": {\"a\": {\"steps\": [{\"run\": \"a\\n" + push + "\"}, {\"run\": \"x\"}]}}}", source.Place{File: "w.yaml", Line: 1, Column: 35}},
		"in an input of a step": {step + "      - uses: docker/build-push-action@v6\n        with:\n          push: true\n          tags: |\n            x\n            " + host + "/x\n", source.Place{File: "w.yaml", Line: 9}},
		"in a script in it":     {step + "      - run: |\n          a\n          bash -c '\n            b\n            " + push + "'\n", source.Place{File: "w.yaml", Line: 8}},
		"in a script in a line": {step + "      - run: bash -c '" + push + "'\n", source.Place{File: "w.yaml", Line: 4, Column: 14}},
		"in $( )":               {step + "      - run: |\n          a\n          x=$(\n            " + push + ")\n", source.Place{File: "w.yaml", Line: 7}},
	} {
		jobs := github.Read(parse(t, c.workflow), nil).Jobs
		if len(jobs) != 1 || len(jobs[0].Pushes) != 1 {
			t.Errorf("%s: got %v, want one push", name, jobs)
			continue
		}
		if got := jobs[0].Pushes[0].Place; got != c.want {
			t.Errorf("%s: got %v, want %v", name, got, c.want)
		}
	}
}
