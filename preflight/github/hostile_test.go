package github_test

import (
	"fmt"
	"strings"
	"testing"

	"keyless-runners/preflight/github"
	"keyless-runners/preflight/source"
)

// numbered is the form once for each number.
func numbered(form string, n int) string {
	var all strings.Builder
	for i := range n {
		all.WriteString(strings.ReplaceAll(form, "N", fmt.Sprint(i)))
	}
	return all.String()
}

// hostile are workflows that grow with n, made to cost more than they should.
func hostile(n int) map[string]*source.Node {
	script := func(script string) *source.Node {
		step := func(run string) *source.Node { return workflow(member("run", text(run))) }
		return workflow(member("jobs", workflow(member("j", workflow(member("steps",
			&source.Node{Kind: source.List, Items: []*source.Node{step("aws ecr get-login-password"), step(script)}}))))))
	}
	expression := func(label string) *source.Node {
		options := &source.Node{Kind: source.List}
		for i := range 300 {
			options.Items = append(options.Items, text(fmt.Sprint(i)))
		}
		input := workflow(member("type", text("choice")), member("options", options))
		return workflow(
			member("on", workflow(member("workflow_dispatch", workflow(member("inputs", workflow(member("a", input))))))),
			member("jobs", workflow(member("j", workflow(member("runs-on", text(label)))))))
	}
	uses := func(step *source.Node) *source.Node {
		steps := &source.Node{Kind: source.List}
		for range n {
			steps.Items = append(steps.Items, step)
		}
		job := workflow(member("steps", steps))
		return workflow(member("jobs", workflow(member("j", job), member("k", workflow(member("uses", text("./w")))))),
			member("runs", workflow(member("using", text("composite")), member("steps", steps))))
	}
	chain := strings.Builder{}
	for i := range n {
		fmt.Fprintf(&chain, "f%d() { f%d $1; f%d $1; docker push $1; }\n", i+1, i, i)
	}
	fmt.Fprintf(&chain, "f0() { :; }\nf%d a\nf9 b\n", n)
	return map[string]*source.Node{
		"actions in actions":     uses(workflow(member("uses", text("./a")))),
		"open expressions":       script(strings.Repeat("${{", n)),
		"open substitutions":     script(strings.Repeat("$(", n)),
		"open quotes":            script(strings.Repeat("\"$(", n)),
		"open defaults":          script(strings.Repeat("${a:-", n)),
		"open documents":         script(strings.Repeat("cat <<E\n", n)),
		"open statements":        script(strings.Repeat("if a; then ", n)),
		"open functions":         script(strings.Repeat("f() ", n)),
		"open cases":             script(strings.Repeat("case a in b) ", n)),
		"doubled":                script("x=aaaa\n" + strings.Repeat("x=$x$x\n", n) + "docker push $x/$x"),
		"branches":               script(numbered("if a; then x=N$x; fi\n", n) + "docker push a.dkr.ecr.b.c/$x"),
		"branches of variables":  script(numbered("if a; then xN=$x$y; else y=$xN; fi\n", n) + "docker push a.dkr.ecr.b.c/$y"),
		"one of many":            script("if a; then x=0\n" + numbered("elif b; then xN=N\n", n) + "fi"),
		"chains":                 script("a" + numbered(" && x=N || y=$x", n)),
		"loops":                  script(strings.Repeat("for i in a b c; do x=$x$i; docker push $R/$x; done\n", n)),
		"functions":              script(numbered("fN() { xN=$x; docker push $x; }\n", n)),
		"functions in functions": script(chain.String()),
		"pushes":                 script(numbered("docker push a.dkr.ecr.b.c/xN\n", n)),
		"logins":                 script(numbered("docker login N.dkr.ecr.b.c\ndocker push N.dkr.ecr.b.c/x\n", n)),
		"passwords":              script(numbered("aws ecr get-login-password --region N\ndocker login $a.dkr.ecr.b.c\n", n)),
		"scripts in scripts":     script(strings.Repeat("bash -c 'eval \"bash -c x\"'\n", n)),
		"written":                script(numbered("echo aN=$b >> $GITHUB_ENV\n", n)),
		"expressions":            expression("${{ 'a'" + strings.Repeat(" || inputs.a && inputs.a", n) + " }}"),
		"parentheses":            expression("${{ " + strings.Repeat("(", n) + " }}"),
		"labels":                 expression(strings.Repeat("${{ inputs.a }}", n)),
		"JSON":                   expression("${{ fromJSON('" + strings.Repeat("[", n) + strings.Repeat("]", n) + "') }}"),
	}
}

// What costs more than it should allocates more than it should.
func TestCostGrowsWithTheSize(t *testing.T) {
	const n = 300
	small, large := hostile(n), hostile(4*n)
	for name := range small {
		count := func(root *source.Node) float64 {
			return testing.AllocsPerRun(1, func() { github.Read(root, func(string) *source.Node { return root }) })
		}
		if a, b := count(small[name]), count(large[name]); b > 6*a+1000 {
			t.Errorf("%s: %.0f allocations, four times as much takes %.0f", name, a, b)
		}
	}
}

func TestHostileWorkflowsAreRead(t *testing.T) {
	for name, root := range hostile(2000) {
		t.Run(name, func(t *testing.T) { sound(t, root) })
	}
}
