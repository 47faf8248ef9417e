package kernel_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
	"github.com/aws/jsii-runtime-go"
	"github.com/google/go-cmp/cmp"

	"keyless-runners/fleet/fleettest"
	"keyless-runners/infra"
	"keyless-runners/internal/kernel"
)

// The validation finds the same whether jsii starts the kernel or we do, whether it
// reads its rules or takes them from the file, and when the file was cut off. What else may
// become of the file takes a small engine (TestAnEngineIsTheSameWhateverBecameOfTheFile).
func TestValidationFindsTheSameHoweverItStarts(t *testing.T) {
	node := nodeHere(t)
	want := findings(t, node, func() error { return nil })
	cache := libraries(t)
	ours := func() error { return kernel.Use(t.TempDir()) }
	if strings.Count(want, `"F3031"`) != 1 || !strings.Contains(want, "does not match pattern") {
		t.Fatalf("a role whose name has a blank beside one in order: got report %q, want one F3031", want)
	}
	for _, step := range []struct {
		name    string
		prepare func(t *testing.T)
	}{
		{"no file yet", func(*testing.T) {}},
		{"from the file", func(t *testing.T) { prepared(t, cache) }},
		{"the file is cut off", func(t *testing.T) { truncate(t, prepared(t, cache), 100_000_000) }},
	} {
		step.prepare(t)
		if diff := cmp.Diff(want, findings(t, node, ours)); diff != "" {
			t.Errorf("%s (-jsii's launcher +ours):\n%s", step.name, diff)
		}
		if size, memory := sizes(t, prepared(t, cache)); size < 200_000_000 || size > memory-10_000_000 {
			t.Errorf("%s: got a file of %d bytes, want the memory of %d bytes without its zeros", step.name, size, memory)
		}
	}
}

// The role is not in the fleet, so that the CDK's own validation is what finds the
// mistake.
func TestFindingsOfCDKsValidationAreErrors(t *testing.T) {
	t.Setenv("JSII_NODE", nodeHere(t))
	if err := kernel.Use(t.TempDir()); err != nil {
		t.Fatal(err)
	}
	defer jsii.Close()
	outdir := t.TempDir()
	if err := synth(oneOfTwo(t, "a b", outdir)); err == nil || !strings.Contains(err.Error(), "Validation failed") {
		t.Errorf("a role name with a blank: got error %v, want Validation failed", err)
	}
	if err := synth(oneOfTwo(t, "a-b", outdir)); err != nil {
		t.Errorf("the mended app, into the same folder: got error %v, want none", err)
	}
}

// nodeHere returns the path of the Node.js that make setup installs.
func nodeHere(t *testing.T) string {
	t.Helper()
	node, err := filepath.Abs("../../node_modules/.bin/node")
	if err != nil {
		t.Fatal(err)
	}
	return node
}

// libraries has jsii use a cache of this test's own, because the test damages a file in
// it, and returns its folder. What jsii has unpacked before is linked there: unpacking
// takes longer than all the rest. Nothing is prepared there yet.
func libraries(t *testing.T) string {
	t.Helper()
	cache := t.TempDir()
	t.Setenv("JSII_RUNTIME_PACKAGE_CACHE_ROOT", cache)
	home, err := os.UserHomeDir()
	if err != nil {
		t.Fatal(err)
	}
	unpacked := filepath.Join(home, ".cache/aws/jsii/package-cache") // as jsii has it on Linux
	for _, library := range []string{"aws-cdk-lib", "constructs"} {
		err := filepath.WalkDir(filepath.Join(unpacked, library), func(file string, entry fs.DirEntry, err error) error {
			if errors.Is(err, fs.ErrNotExist) {
				return nil // so jsii unpacks it
			}
			name, _ := filepath.Rel(unpacked, file)
			switch {
			case err != nil:
				return err
			case entry.IsDir():
				return os.MkdirAll(filepath.Join(cache, name), 0o755)
			case strings.HasPrefix(entry.Name(), ".keyless-runners-"):
				return nil
			}
			return link(file, filepath.Join(cache, name))
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return cache
}

// link makes a second name of a file, or a copy where the disk is another one.
func link(file, name string) error {
	if os.Link(file, name) == nil {
		return nil
	}
	content, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	return os.WriteFile(name, content, 0o644)
}

// traces say how many of the kernel's own stack frames they leave out, and nothing else.
var traces = regexp.MustCompile(`"stackTraces": \[[^]]*\]`)

// findings returns the validation's report of a good and a bad pool, in a kernel that
// start has chosen.
func findings(t *testing.T, node string, start func() error) string {
	t.Helper()
	jsii.Close()
	t.Setenv("JSII_NODE", node)
	if err := start(); err != nil {
		t.Fatal(err)
	}
	defer jsii.Close()
	outdir := t.TempDir()
	if synth(oneOfTwo(t, "a b", outdir)) == nil {
		t.Fatal("a role name with a blank: got no error")
	}
	report, err := os.ReadFile(filepath.Join(outdir, "validation-report.json"))
	if err != nil {
		t.Fatal(err)
	}
	return traces.ReplaceAllString(string(report), "")
}

// oneOfTwo defines a pool, and beside it a role of that name, which IAM may refuse.
func oneOfTwo(t *testing.T, role, outdir string) awscdk.App {
	t.Helper()
	f := fleettest.Article()
	app := infra.NewApp(fleettest.Checked(t, f), outdir)
	stack := app.Node().FindChild(jsii.String(string(f.Clusters[0].Stack))).(awscdk.Stack)
	awsiam.NewCfnRole(stack, jsii.String("Other"), &awsiam.CfnRoleProps{
		RoleName:                 jsii.String(role),
		AssumeRolePolicyDocument: f.Pools[0].TrustPolicy().Tree(),
	})
	return app
}

// synth returns what jsii panics with as an error.
func synth(app awscdk.App) (err error) {
	defer func() {
		if failure := recover(); failure != nil {
			err = fmt.Errorf("%v", failure)
		}
	}()
	app.Synth(nil)
	return nil
}

// prepared is the file in jsii's cache.
func prepared(t *testing.T, cache string) string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(cache, "aws-cdk-lib/*/*/node_modules/@aws/cloudformation-validate/.keyless-runners-*.memory"))
	if err != nil || len(files) != 1 {
		t.Fatalf("got prepared files %q, %v, want one", files, err)
	}
	return files[0]
}

// sizes returns the sizes of a file and of the memory that it holds.
func sizes(t *testing.T, file string) (size, memory int64) {
	t.Helper()
	opened, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer opened.Close()
	var state struct{ Bytes int64 }
	if err := json.NewDecoder(opened).Decode(&state); err != nil { // the rest is no JSON, and long
		t.Fatal(err)
	}
	info, err := opened.Stat()
	if err != nil {
		t.Fatal(err)
	}
	return info.Size(), state.Bytes
}

func truncate(t *testing.T, file string, size int64) {
	t.Helper()
	if err := os.Truncate(file, size); err != nil {
		t.Fatal(err)
	}
}
