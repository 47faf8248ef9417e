package doctor_test

import (
	"bytes"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"keyless-runners/doctor"
	"keyless-runners/identity"
	"keyless-runners/live"
	"keyless-runners/preflight"
	"keyless-runners/preflight/source"
)

// world is a state that is deployed as dist/ has it, until a test changes it.
type world struct {
	reading live.Reading
}

// irsa is the article's fleet, and podIdentity that of an example.
func irsa(t *testing.T) *world {
	return deployed(t, "testdata/irsa.txtar", "../render/testdata/article", "example")
}

func podIdentity(t *testing.T) *world {
	return deployed(t, "testdata/pod-identity.txtar", "../examples/pod-identity", "prod")
}

// deployed has the files in dist/ of a separate folder, and the documents of the archive.
func deployed(t *testing.T, archive, files, cluster string) *world {
	t.Helper()
	read, err := txtar.ParseFile(archive)
	if err != nil {
		t.Fatal(err)
	}
	source := os.DirFS(files)
	folder := t.TempDir()
	if err := os.CopyFS(folder+"/dist", source); err != nil {
		t.Fatal(err)
	}
	t.Chdir(folder)
	w := &world{live.Reading{Accounts: []identity.AccountID{"111122223333"}, Clusters: []string{cluster}}}
	for _, file := range read.Files {
		w.reading.Documents = append(w.reading.Documents, live.Document{Name: file.Name, Made: strings.Contains(file.Name, "/made/"), Text: file.Data})
	}
	return w
}

// replace changes a text that a document has once.
func (w *world) replace(t *testing.T, document, old, new string) {
	t.Helper()
	for i := range w.reading.Documents {
		if d := &w.reading.Documents[i]; d.Name == document {
			if n := bytes.Count(d.Text, []byte(old)); n != 1 {
				t.Fatalf("%s has %q %d times, want once:\n%s", document, old, n, d.Text)
			}
			d.Text = bytes.Replace(d.Text, []byte(old), []byte(new), 1)
			return
		}
	}
	t.Fatalf("there is no document %s", document)
}

// lacks takes a document away.
func (w *world) lacks(document string) {
	for i, d := range w.reading.Documents {
		if d.Name == document {
			w.reading.Documents = append(w.reading.Documents[:i], w.reading.Documents[i+1:]...)
			return
		}
	}
}

func (w *world) examine(t *testing.T) (doctor.Diagnosis, string) {
	t.Helper()
	found, err := doctor.Examine(w.reading, preflight.Input{Paths: []string{"dist"}})
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := doctor.Write(&out, found); err != nil {
		t.Fatal(err)
	}
	return found, out.String()
}

func TestWhatIsDeployedAsDistHasItIsProved(t *testing.T) {
	for name, open := range map[string]func(*testing.T) *world{"irsa": irsa, "pod identity": podIdentity} {
		t.Run(name, func(t *testing.T) {
			found, output := open(t).examine(t)
			if !found.Proved() || !strings.HasSuffix(output, "\ndeployed: proved, as dist has it\n") {
				t.Error(output)
			}
		})
	}
}

// What is saved is judged as what was read is: a live check and one of dumps cannot disagree.
func TestSavedFilesAreJudgedAlike(t *testing.T) {
	for name, open := range map[string]func(*testing.T) *world{"irsa": irsa, "pod identity": podIdentity} {
		t.Run(name, func(t *testing.T) {
			w := open(t)
			w.replace(t, "live:iam/111122223333/roles-and-policies", `"RolePolicyList": []`, `"RolePolicyList": [{"PolicyName": "more", "PolicyDocument": {"Statement": {"Effect": "Allow", "Action": "ecr:*", "Resource": "*"}}}]`)
			if err := w.reading.Save("saved"); err != nil {
				t.Fatal(err)
			}
			read, _, err := preflight.Read(preflight.Input{Paths: []string{"saved"}})
			if err != nil {
				t.Fatal(err)
			}
			live, err := doctor.Examine(w.reading, preflight.Input{})
			if err != nil {
				t.Fatal(err)
			}
			if len(live.Report.Findings) == 0 {
				t.Error("nothing is found")
			}
			if diff := cmp.Diff(said(live.Report), said(preflight.Check(read))); diff != "" {
				t.Errorf("(-live +saved):\n%s", diff)
			}
		})
	}
}

// said returns what a report says, with places as they are in documents.
func said(report preflight.Report) (lines []string) {
	at := func(p source.Place) string {
		name := strings.TrimPrefix(strings.TrimSuffix(strings.TrimPrefix(p.File, "saved/"), ".json"), "live:")
		return fmt.Sprintf("%s:%d:%d", name, p.Line, p.Column)
	}
	for _, f := range report.Findings {
		lines = append(lines, fmt.Sprint(at(f.Place), " ", f.Kind.ID, " ", f.Problem))
	}
	for _, access := range report.Access {
		lines = append(lines, fmt.Sprint(at(access.Place), " ", access.Who, " ", access.ImageRepository, " ", access.Possibly))
	}
	return lines
}

// Jobs are read from the files: one that no runner takes is found.
func TestJobsAreThoseOfTheFiles(t *testing.T) {
	w := irsa(t)
	const workflow = "dist/workflows/push-build.yaml"
	text, err := os.ReadFile(workflow)
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Count(text, []byte("[self-hosted, \"push-my-app\"]")) != 1 {
		t.Fatalf("no job runs on the runners:\n%s", text)
	}
	if err := os.WriteFile(workflow, bytes.Replace(text, []byte(`"push-my-app"]`), []byte(`"others"]`), 1), 0o600); err != nil {
		t.Fatal(err)
	}
	if found, output := w.examine(t); found.Proved() || !strings.Contains(output, `error KR060: no runner of the files has the labels "self-hosted", "others" of job "push"`) {
		t.Error(output)
	}
}

func document(name, text string) live.Document { return live.Document{Name: name, Text: []byte(text)} }

// unread is one call that was denied.
func unread(permission, where, what string) []live.Unread {
	return []live.Unread{{Call: live.Call{Permission: permission, Where: where, For: what}, Why: "no", Denied: true}}
}
