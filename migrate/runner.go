package migrate

import (
	"errors"
	"fmt"
	"strings"

	"go.yaml.in/yaml/v3"

	"keyless-runners/fleet"
	"keyless-runners/preflight/source"
)

// changeRunners makes jobs ask for their pool's runners.
func changeRunners(e *edit) {
	for _, j := range e.jobs {
		if everyRunAsks(j, j.pool) {
			continue
		}
		member := j.member.Value.Member("runs-on")
		if member == nil {
			e.block(j, j.member.Place, fmt.Sprintf("job %q has no runs-on", j.id), "write "+runsOnText(j.pool)+" there")
			continue
		}
		d := e.tree.document(member.Place.File)
		found := d.keyAt(member.Place)
		if found.value.Anchor != "" {
			e.add(j, member.Place, splice{}, errors.New("other jobs may use its anchor"))
			continue
		}
		s, err := d.replace(found, runsOnText(j.pool))
		e.add(j, member.Place, s, err)
	}
}

// keyAt returns the entry whose key stands at the place, nil if there is none.
func (d *document) keyAt(place source.Place) *entry {
	for _, e := range d.entries {
		if e.key.Line == place.Line && e.key.Column == place.Column {
			return e
		}
	}
	return nil
}

// runsOnText is how a job asks for the pool: with a label, or a list of labels in one line.
func runsOnText(p *fleet.Pool) string {
	var labels []string
	for _, label := range p.RunsOn() {
		labels = append(labels, plain(string(label)))
	}
	if p.ScaleSet != nil {
		return labels[0]
	}
	return "[" + strings.Join(labels, ", ") + "]"
}

// plain is a text as YAML has it, in quotes only where it would be read as something else.
func plain(text string) string {
	written, err := yaml.Marshal(text)
	if err != nil {
		panic(err) // a string is always YAML
	}
	return strings.TrimSuffix(string(written), "\n")
}
