package fleet

import (
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
)

// Waivers are findings of keyless check that may stand, such as "KR081", each with the reason,
// which the report shows: a line of up to 500 characters. They are rendered into what they are
// about, and waive nothing elsewhere.
type Waivers struct {
	// Role and Policy are about these resources of the pool's template, Association about
	// each association of EKS Pod Identity.
	Role, Policy, Association map[string]string
	// ServiceAccount is about this object, Runner about the RunnerDeployment or scale set.
	ServiceAccount, Runner map[string]string
}

const maxReason = 500

// waiversOf are the findings about one thing.
type waiversOf struct {
	field   string
	reasons map[string]string
}

func (w Waivers) all() []waiversOf {
	return []waiversOf{{"role", w.Role}, {"policy", w.Policy}, {"association", w.Association}, {"serviceAccount", w.ServiceAccount}, {"runner", w.Runner}}
}

// WaiverAnnotations are the annotations by which an object waives findings about it.
func WaiverAnnotations(reasons map[string]string) map[string]string {
	annotations := map[string]string{}
	for id, reason := range reasons {
		annotations[ManagedBy+"/waive."+id] = reason
	}
	return annotations
}

var findingID = regexp.MustCompile(`^KR\d{3}$`)

func (p Pool) checkWaivers(at place, problems *Problems) {
	if len(p.Waivers.Association) > 0 && !p.UsesPodIdentity() {
		problems.add(at.field("association"), errors.New("the pool has no association: it uses IRSA; take the waivers out"))
	} else if len(p.Waivers.Association) > 0 && p.ExistingAssociation {
		problems.add(at.field("association"), errors.New("an existing association is in no file that is rendered; leave its waivers out"))
	}
	for _, of := range p.Waivers.all() {
		for _, id := range slices.Sorted(maps.Keys(of.reasons)) {
			problems.add(at.field(of.field).key(id), checkWaiver(id, of.reasons[id]))
		}
	}
}

func checkWaiver(id, reason string) error {
	switch {
	case !findingID.MatchString(id):
		return fmt.Errorf("finding %q: want an id as keyless check reports it, such as %q", id, "KR081")
	case id == "KR003":
		return errors.New("KR003 is about waivers, and cannot be waived")
	case strings.TrimSpace(reason) == "":
		return errors.New("no reason; say why the finding may stand")
	case strings.TrimSpace(reason) != reason || strings.ContainsFunc(reason, func(r rune) bool { return r < ' ' || r == 0x7f }):
		return fmt.Errorf("reason %q: want one line, without blanks around it", reason)
	case len(reason) > maxReason:
		return fmt.Errorf("a reason of %d characters: want up to %d", len(reason), maxReason)
	}
	return nil
}

// CheckWaivers reports, as Problems, waivers of findings that are not among the ids, which are
// those that keyless check has.
func (f Fleet) CheckWaivers(ids []string) error {
	var problems Problems
	at := f.places()
	for i, pool := range f.Pools {
		for _, of := range pool.Waivers.all() {
			for _, id := range slices.Sorted(maps.Keys(of.reasons)) {
				if !slices.Contains(ids, id) {
					problems.add(at.pools[i].field("waivers").field(of.field).key(id), fmt.Errorf("%q is no finding; docs/checks.md has them all", id))
				}
			}
		}
	}
	if len(problems) == 0 {
		return nil
	}
	return problems.grouped()
}
