package render

import (
	"bytes"
	"encoding/gob"
	"errors"
	"os"
	"path/filepath"

	"keyless-runners/fleet"
)

// Record notes what dist/ was rendered from last. It saves work and decides nothing: a file
// counts as known only if the same renderer made the same bytes of the same values.
type Record struct {
	// Renderer stands for all that decided what was rendered besides the fleet.
	Renderer string
	// Plan is the plan that was rendered.
	Plan Plan
	// Dist are the digests of everything below dist/ then.
	Dist map[string]Digest
	// Verdict is the verdict on dist/ of the program with this id.
	Verdict, Program string
}

// ReadRecord reads the record of a renderer. It returns an empty one if there is
// none that can be read, or if it is of another renderer.
func ReadRecord(file, renderer string) Record {
	var record Record
	content, err := os.ReadFile(file)
	if err == nil {
		err = gob.NewDecoder(bytes.NewReader(content)).Decode(&record)
	}
	if err != nil || record.Renderer != renderer {
		return Record{Renderer: renderer}
	}
	return record
}

// PlanOf is what NewPlan returns. For the fleet of the last time it is at hand.
func (r Record) PlanOf(f fleet.Fleet) Plan {
	if r.Plan.Fleet == digest(f) {
		return r.Plan
	}
	return NewPlan(f)
}

// Known are the files of dist/, with these digests, that the plan would render just
// so.
func (r Record) Known(plan Plan, dist Files, digests map[string]Digest) Files {
	known := Files{}
	for path, from := range plan.Files {
		is, there := digests[path]
		if there && is == r.Dist[path] && from == r.Plan.Files[path] {
			known[path] = dist[path]
		}
	}
	return known
}

// Write puts the record in the place of the one before.
func (r Record) Write(file string) error {
	folder := filepath.Dir(file)
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	temporary, err := os.CreateTemp(folder, filepath.Base(file)+"-")
	if err != nil {
		return err
	}
	defer os.Remove(temporary.Name())
	if err := errors.Join(gob.NewEncoder(temporary).Encode(r), temporary.Chmod(0o644), temporary.Close()); err != nil {
		return err
	}
	return os.Rename(temporary.Name(), file)
}
