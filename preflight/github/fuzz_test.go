package github_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/github"
	"keyless-runners/preflight/source"
)

// sound checks what holds of the facts of every workflow, and that they are the
// same again.
func sound(t *testing.T, root *source.Node) {
	itself := func(string) *source.Node { return root }
	got := github.Read(root, itself)
	ids := map[string]int{}
	for _, job := range got.Jobs {
		if ids[job.ID]++; ids[job.ID] > 256 {
			t.Fatalf("job %q is there %d times", job.ID, ids[job.ID])
		}
		texts := append(append([]facts.Text{job.Group, job.Container, job.AssumesRole}, job.RunsOn...), job.RoleARNs...)
		for _, login := range job.Logins {
			texts = append(texts, login.Host, login.Account, login.Region, login.DefaultRegion, login.KeyID)
		}
		for _, push := range job.Pushes {
			texts = append(texts, push.Registry, push.Name, push.Tag)
			if push.Registry.Known() && !strings.Contains(push.Registry.Value, "dkr") || !push.Name.There {
				t.Fatalf("push %+v", push)
			}
			for i, before := range push.Before {
				if before.Login >= len(job.Logins) || i > 0 && before.Login <= push.Before[i-1].Login {
					t.Fatalf("push %+v of %d logins", push, len(job.Logins))
				}
			}
		}
		for _, text := range texts {
			if text.Value != "" && text.Unknown != "" || !text.There && text.Value+text.Unknown != "" || len(text.Unknown) > 1<<15 {
				t.Fatalf("text %+v", text)
			}
		}
	}
	if diff := cmp.Diff(got, github.Read(root, itself), cmpopts.IgnoreUnexported(facts.Document{})); diff != "" {
		t.Fatalf("another time it is another (-first +second):\n%s", diff)
	}
}

func FuzzRead(f *testing.F) {
	for _, text := range []string{
		"", "on: push\njobs: {a: {runs-on: x, steps: [{run: docker push a/b}]}}",
		steps("- id: l\n  uses: aws-actions/amazon-ecr-login@v2\n  with: {registries: '1,2'}\n- run: docker push ${{ steps.l.outputs.registry }}/x"),
		steps("- uses: docker/build-push-action@v6\n  with: {push: true, tags: \"a,b\\nc\", cache-to: 'type=registry,ref=x', outputs: 'type=image,\"name=a,b\"'}"),
		steps("- id: m\n  uses: docker/metadata-action@v5\n  with: {images: \"a\\nb\"}\n- run: docker push ${{ steps.m.outputs.tags }}"),
		steps("- uses: aws-actions/configure-aws-credentials@v5\n  with: {aws-access-key-id: x, role-to-assume: y, aws-region: z}"),
		"on: {workflow_dispatch: {inputs: {a: {type: choice, options: [b, c], default: d}}}, workflow_call: {inputs: {a: {default: e}}}, push: }\njobs: {j: {runs-on: '${{ inputs.a }}'}}",
		"jobs: {a: {strategy: {matrix: {m: [[a, b], {group: c}], include: [{m: d, n: e}], exclude: [{m: f}]}}, runs-on: '${{ matrix.m }}', if: matrix.n == 'e'}}",
		"runs: {using: composite, steps: [{uses: ./a, with: {b: c}}, {uses: ./a, id: d}]}\ninputs: {b: {default: e}}\noutputs: {f: {value: g}}\njobs: {a: {steps: [{uses: ./a}]}}",
		"on: {workflow_call: {inputs: {b: {default: c}}}}\njobs: {a: {uses: ./a, with: {b: d}}, e: {uses: ./a, strategy: {matrix: {m: [f, g]}}}, h: {steps: [{run: 'sudo bash -c \"docker push $A\"'}]}}",
		"jobs: &a {b: {steps: [{uses: *x, run: &x y}]}}\ntrue: *a", "jobs: {a: {container: {image: x}, env: {AWS_REGION: '${{ vars.X }}'}}}",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		roots, err := source.Parse("w.yaml", []byte(text))
		if err != nil {
			return
		}
		for _, root := range roots {
			github.Recognize(root)
			sound(t, root)
		}
	})
}

func workflow(members ...source.Member) *source.Node {
	return &source.Node{Kind: source.Map, Members: members}
}

func member(name string, value *source.Node) source.Member {
	return source.Member{Name: name, Value: value}
}

func text(value string) *source.Node {
	return &source.Node{Kind: source.String, Text: value}
}

func FuzzExpression(f *testing.F) {
	for _, expression := range []string{
		"", "'a' || 'b' && !c == 1 != true", "(inputs.a)", "matrix.m.n[0]['o']", "format('{0}{{}}{1}', a, 'b''c')", "fromJSON('[1, {\"a\": 2}]')[1].a",
		"env.A < 1 >= 2", "a.*.b", "github.event.inputs.a", "((((", "!!!!a", "1e5.2", "steps.a.outputs.b || vars.c", "null", "contains(a, 'b', )",
	} {
		f.Add(expression, "a")
	}
	f.Fuzz(func(t *testing.T, expression, value string) {
		matrix := workflow(member("m", &source.Node{Kind: source.List, Items: []*source.Node{text(value), text("x"), workflow(member("n", text(value)))}}))
		sound(t, workflow(
			member("env", workflow(member("A", text("${{"+expression+"}}")))),
			member("jobs", workflow(member("j", workflow(
				member("strategy", workflow(member("matrix", matrix))),
				member("runs-on", text("${{"+expression+"}}-${{ env.A }}")),
				member("if", text(expression)),
				member("steps", &source.Node{Kind: source.List, Items: []*source.Node{workflow(member("run", text("docker push $A/${{"+expression+"}}")))}}),
			)))),
		))
	})
}

func FuzzScript(f *testing.F) {
	for _, script := range []string{
		"docker push $A/b:c", "a=b; c+=$a; export d=$c e; docker buildx build --push -t $A/$d --cache-to type=registry,ref=$A .",
		"for a in b $C; do if d; then e=$a; else e=f; exit; fi; docker push $A/$e; done", "case a in b) c=d;; *) exit;; esac; docker push $A/$c",
		"f() { docker push $1; a=b; }; f $a", "echo a=$A >> $GITHUB_ENV; echo \"b=c\" >> \"$GITHUB_OUTPUT\"", "{ printf 'a=b'; } >> $GITHUB_ENV",
		"x=$(docker push $A/b $(aws ecr get-login-password --region r))", "while a; do b=$b$c; c=$b; done; docker push $A/$b", "sudo -u a env b=c timeout 1 docker push $A/d",
		"skopeo copy a docker://$A/b; crane cp a $A/b; oras push $A/b c; ko build; executor -d $A/b", "a=${b:-${c:=d}}; docker push $A/$a", "unset A; read B; docker push $A/$B",
		"a && b=c || b=d; docker push $A/$b", "export AWS_SECRET_ACCESS_KEY=a; aws configure set aws_access_key_id b",
	} {
		f.Add(script)
	}
	f.Fuzz(func(t *testing.T, script string) {
		run := workflow(member("id", text("s")), member("run", text(script)))
		again := workflow(member("run", text("docker push $A/$B:${{ steps.s.outputs.b }}")))
		sound(t, workflow(
			member("env", workflow(member("A", text("${{ github.ref == 'refs/heads/x' && 'a.dkr.ecr.b.c' || 'd.dkr.ecr.b.c' }}")))),
			member("jobs", workflow(member("j", workflow(
				member("steps", &source.Node{Kind: source.List, Items: []*source.Node{run, again}}),
			)))),
		))
	})
}
