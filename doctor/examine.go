package doctor

import (
	"fmt"
	"slices"
	"strings"

	"keyless-runners/live"
	"keyless-runners/preflight"
	"keyless-runners/preflight/facts"
	"keyless-runners/preflight/source"
)

// Diagnosis holds what was found.
type Diagnosis struct {
	Reading live.Reading
	// Report is the check's report on what is deployed.
	Report preflight.Report
	// Compared names the files that the deployed state was compared with; "" if it was with none.
	Compared string
	// Drift is what is deployed otherwise than in the files, and Troubles is what only a
	// state that is deployed can have.
	Drift, Troubles []Finding
	// NotCompared names what the files have and could not be compared, each once.
	NotCompared []string
}

// Finding is a drift or a trouble.
type Finding struct {
	// Name is the kind's, such as "trust-policy".
	Name string
	// Text says what is wrong, in one line, and Details what differs.
	Text    string
	Details []string
	// Fix is the next step; "" if Text says it.
	Fix string
}

// Proved reports that everything was read and nothing found.
func (d Diagnosis) Proved() bool {
	return d.Report.Proved() && len(d.Drift)+len(d.Troubles)+len(d.missing()) == 0
}

// missing is something that could not be read and is needed for the proof.
func (d Diagnosis) missing() []live.Unread {
	return slices.DeleteFunc(slices.Clone(d.Reading.Unread), func(u live.Unread) bool { return u.Optional })
}

// examination holds what is read while it is examined.
type examination struct {
	reading live.Reading
	// live are the facts of what is deployed, and declared those of the files; objects are
	// Kubernetes' as they are written.
	live, declared               facts.Facts
	liveObjects, declaredObjects []object
	drift, troubles              []Finding
	// notCompared names what the files have and could not be compared.
	notCompared []string
}

// Examine judges what was read, and compares it with the files at the paths; with no path, with
// nothing. Jobs are those of the files. Every *source.Error of every file is in the error that is
// returned.
func Examine(reading live.Reading, input preflight.Input) (Diagnosis, error) {
	e := &examination{reading: reading}
	if err := e.read(input); err != nil {
		return Diagnosis{}, err
	}
	diagnosis := Diagnosis{Reading: reading}
	if len(input.Paths) > 0 {
		diagnosis.Compared = input.Paths[0]
		e.compareAccounts()
		e.compareClusters()
	}
	if err := e.examineClusters(); err != nil {
		return Diagnosis{}, err
	}
	e.examineQuotas()
	diagnosis.Report = e.check()
	diagnosis.Drift, diagnosis.Troubles, diagnosis.NotCompared = e.drift, e.troubles, e.notCompared
	return diagnosis, nil
}

// check checks what is deployed, with the jobs and the waivers of the files.
func (e *examination) check() preflight.Report {
	found := e.live
	found.Jobs = e.declared.Jobs
	addUnread(&found, e.reading)
	report := preflight.Check(found)
	if waivers := e.waivers(report.Findings); len(waivers) > 0 {
		found.Waivers = append(slices.Clone(found.Waivers), waivers...)
		report = preflight.Check(found)
	}
	report.Files = len(e.reading.Documents)
	return report
}

// read reads both states.
func (e *examination) read(input preflight.Input) (err error) {
	var texts []preflight.Text
	for _, document := range e.reading.Documents {
		if !document.Made {
			texts = append(texts, preflight.Text{Name: document.Name, Bytes: document.Text})
		}
		if err := e.addObjects(document); err != nil {
			return err
		}
	}
	if e.live, _, err = preflight.Read(preflight.Input{Texts: texts}); err != nil || len(input.Paths) == 0 {
		return err
	}
	if e.declared, _, err = preflight.Read(input); err != nil {
		return err
	}
	for _, path := range input.Paths {
		objects, err := objectsAt(path)
		if err != nil {
			return err
		}
		e.declaredObjects = append(e.declaredObjects, objects...)
	}
	return nil
}

// addObjects adds the objects of a cluster's document, but for Pods, of which there are many.
func (e *examination) addObjects(document live.Document) error {
	cluster := clusterOf(document.Name)
	if cluster == "" || isPods(document.Name) {
		return nil
	}
	objects, err := objectsOf(cluster, document.Name, document.Text)
	for i := range objects {
		objects[i].made = document.Made
	}
	e.liveObjects = append(e.liveObjects, objects...)
	return err
}

// addUnread adds what could not be read: of AWS it may let someone push, and of Kubernetes it may be
// what seems to be missing.
func addUnread(to *facts.Facts, reading live.Reading) {
	at := source.Place{File: "live"}
	to.Unread = slices.Clone(to.Unread)
	for _, u := range reading.Unread {
		list, isList := strings.CutPrefix(u.Permission, "list ")
		switch {
		case u.Optional:
		case isList:
			to.Unlisted = append(to.Unlisted, facts.Unlisted{Place: at, What: fmt.Sprintf("%s (%s)", list, u.Where)})
		default:
			to.Unread = append(to.Unread, facts.Unread{Place: at, What: fmt.Sprintf("%s (%s, not read)", u.For, u.Where)})
		}
	}
}

func (e *examination) drifts(name, format string, args ...any) {
	e.drift = append(e.drift, Finding{Name: name, Text: fmt.Sprintf(format, args...)})
}

// passOver notes that something of the files is not compared.
func (e *examination) passOver(format string, args ...any) {
	if what := fmt.Sprintf(format, args...); !slices.Contains(e.notCompared, what) {
		e.notCompared = append(e.notCompared, what)
	}
}

func (e *examination) trouble(name, fix, format string, args ...any) {
	e.troubles = append(e.troubles, Finding{Name: name, Text: fmt.Sprintf(format, args...), Fix: fix})
}
