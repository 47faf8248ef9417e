package change

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"keyless-runners/policy"
	"keyless-runners/preflight/access"
	"keyless-runners/preflight/chain"
)

// cell is how far a class of principals has a grant on a class of image repositories, through
// which roles, and whose jobs have.
type cell struct {
	extent
	through []*holding
	runners []runner
}

// runner is whose jobs have it as a ServiceAccount, and how a user names what runs them.
type runner struct {
	chain.Jobs
	names []string
}

// cells are the cells of one state, by the class of principals and that of image repositories.
type cells map[int]map[int]*cell

func (c *comparison) cells(state int, grant access.Grant, p *principals) cells {
	found := cells{}
	for _, h := range c.states[state] {
		for class, assumer := range p.assumers[h] {
			if found[class] == nil {
				found[class] = map[int]*cell{}
			}
			runners := h.runnersOf(p.runners[h][class])
			for repository, reach := range h.reaches[grant] {
				one := found[class][repository]
				if one == nil {
					one = &cell{}
					found[class][repository] = one
				}
				one.extent = one.or(assumer.and(reach))
				one.through = append(one.through, h)
				one.runners = append(one.runners, runners...)
			}
		}
	}
	return found
}

// maxCells is how many cells of all roles are compared. A role of one ServiceAccount has as
// many as it has image repositories.
const maxCells = 4_000_000

func (c *comparison) tooMany(axes []*principals) bool {
	cells := 0
	for _, p := range axes {
		for h, assumers := range p.assumers {
			for _, reaches := range h.reaches {
				cells += len(assumers) * len(reaches)
			}
		}
	}
	return cells > maxCells
}

func (c *comparison) findJobs(axes []*principals) {
	c.jobs = map[int][]chain.Jobs{}
	for _, p := range axes {
		for _, row := range c.cells(0, c.grants[0], p) {
			for repository, one := range row {
				c.jobs[repository] = append(c.jobs[repository], jobsOf(one.runners)...)
			}
		}
	}
	for repository, jobs := range c.jobs {
		slices.SortFunc(jobs, chain.Jobs.Compare)
		c.jobs[repository] = slices.CompactFunc(jobs, func(a, b chain.Jobs) bool { return a.Compare(b) == 0 })
	}
}

// narrower are whose jobs had it before, if all of them are of a narrower scope.
func (c *comparison) narrower(repository int, jobs chain.Jobs) []chain.Jobs {
	before := c.jobs[repository]
	if (Change{Kind: Gained, Access: chain.Access{Jobs: jobs}, Before: before}).Wider() {
		return before
	}
	return nil
}

// runnersOf returns the runners that have the role as the principal; none if it is no ServiceAccount of the files.
func (h *holding) runnersOf(who chain.Principal) (found []runner) {
	if who.Subject == "" {
		return nil
	}
	for _, r := range h.chains.RunnersWith(h.Role, who) {
		found = append(found, runner{r.Takes(), chain.Names(r.Workload)})
	}
	return found
}

// difference is a change of one cell.
type difference struct {
	kind     Kind
	possibly string
	through  []*holding
	jobs     *runner
	before   []chain.Jobs
	// ofJobs reports that the principal has the grant before and now.
	ofJobs bool
}

// compare finds the differences of a cell; nil stands for one in which no one has the grant.
// Unknown counts runners of which neither state shows whose jobs they take.
func compare(base, now *cell) (found []difference, unknown int) {
	base, now = cmp.Or(base, &cell{}), cmp.Or(now, &cell{})
	switch {
	case !now.within(base.extent):
		return each(Gained, uncertainty(now.extent, base.extent, "could before"), now), 0
	case !base.within(now.extent):
		return each(Lost, uncertainty(base.extent, now.extent, "can now"), base), 0
	}
	before := jobsOf(base.runners)
	for _, r := range now.runners {
		switch covered, why := anyCovers(base.runners, r.Jobs); {
		case covered != policy.Yes:
			found = append(found, difference{Gained, why, now.through, &r, before, true})
		case r.Scope.Kind == chain.UnknownScope || len(r.Labels) == 0:
			unknown++
		}
	}
	for _, r := range base.runners {
		if covered, why := anyCovers(now.runners, r.Jobs); covered != policy.Yes {
			found = append(found, difference{Lost, why, base.through, &r, jobsOf(now.runners), true})
		}
	}
	return found, unknown
}

// accompanies reports whether a difference comes with another, which is as certain.
func (d difference) accompanies(other difference) bool {
	return d.kind == other.kind && (other.possibly == "" || d.possibly != "") &&
		(d.jobs == nil) == (other.jobs == nil) && (d.jobs == nil || d.jobs.Jobs.Compare(other.jobs.Jobs) == 0)
}

// uncertainty says why it is not certain that the one goes beyond the other; "" if it is.
func uncertainty(beyond, other extent, can string) string {
	switch {
	case other.truth == policy.No:
		return beyond.why
	case beyond.truth == policy.Yes:
		return "whether it " + can + " is not known: " + other.why
	}
	return "it depended on something else: " + beyond.why
}

func jobsOf(runners []runner) (jobs []chain.Jobs) {
	for _, r := range runners {
		jobs = append(jobs, r.Jobs)
	}
	return jobs
}

// each returns a difference for each of the runners, or one if there is none.
func each(kind Kind, possibly string, of *cell) []difference {
	if of.runners == nil {
		return []difference{{kind: kind, possibly: possibly, through: of.through}}
	}
	var found []difference
	for _, r := range of.runners {
		found = append(found, difference{kind: kind, possibly: possibly, through: of.through, jobs: &r})
	}
	return found
}

// key is the same for differences that are described alike.
func (d difference) key() string {
	return fmt.Sprint(d.kind, "\n", d.possibly, "\n", titles(d.through), "\n", d.jobs != nil, cmp.Or(d.jobs, &runner{}).Jobs, "\n", d.before, d.ofJobs)
}

func titles(through []*holding) []string {
	var found []string
	for _, h := range through {
		found = append(found, h.Role.Title())
	}
	slices.Sort(found)
	return slices.Compact(found)
}

// pattern is principals that have the same differences: by their key, with the classes of image
// repositories.
type pattern struct {
	classes      map[int]bool
	differences  map[string]difference
	repositories map[string]map[int]bool
}

// along finds the changes of principals of one kind.
func (c *comparison) along(p *principals) []Change {
	byGrant := c.bothStates(p)
	before, after := byGrant[0][0], byGrant[0][1]
	patterns := map[string]*pattern{}
	for class := range p.Classes {
		one := &pattern{map[int]bool{class: true}, map[string]difference{}, map[string]map[int]bool{}}
		both := maps.Clone(before[class])
		if both == nil {
			both = map[int]*cell{}
		}
		maps.Copy(both, after[class])
		for repository := range both {
			for _, d := range c.differences(byGrant, class, repository) {
				if d.kind == Gained && d.jobs != nil && d.before == nil {
					d.before = c.narrower(repository, d.jobs.Jobs)
				}
				one.add(d, repository)
			}
		}
		if known := patterns[one.signature()]; known != nil {
			known.classes[class] = true
		} else if len(one.differences) > 0 {
			patterns[one.signature()] = one
		}
	}
	var found []Change
	for _, signature := range slices.Sorted(maps.Keys(patterns)) {
		found = append(found, c.describe(p, patterns[signature])...)
	}
	return found
}

func (c *comparison) bothStates(p *principals) (byGrant [][2]cells) {
	for _, grant := range c.grants {
		byGrant = append(byGrant, [2]cells{c.cells(0, grant, p), c.cells(1, grant, p)})
	}
	return byGrant
}

// differences returns the differences of a cell of the grant that is compared, except those that accompany one
// of another grant.
func (c *comparison) differences(byGrant [][2]cells, class, repository int) []difference {
	of := func(states [2]cells) ([]difference, int) {
		return compare(states[0][class][repository], states[1][class][repository])
	}
	found, unknown := of(byGrant[0])
	for _, states := range byGrant[1:] {
		others, known := of(states)
		unknown -= known
		found = slices.DeleteFunc(found, func(d difference) bool { return slices.ContainsFunc(others, d.accompanies) })
	}
	c.sameJobsUnknown += max(unknown, 0)
	return found
}

// add adds a difference. Those of runners that take the same jobs are one.
func (p *pattern) add(d difference, repository int) {
	key := d.key()
	if p.repositories[key] == nil {
		p.repositories[key] = map[int]bool{}
	}
	p.repositories[key][repository] = true
	if known, twice := p.differences[key]; twice && d.jobs != nil {
		d.jobs = &runner{d.jobs.Jobs, union(known.jobs.names, d.jobs.names)}
	}
	p.differences[key] = d
}

func (p *pattern) signature() string {
	var out strings.Builder
	for _, key := range slices.Sorted(maps.Keys(p.repositories)) {
		fmt.Fprintln(&out, key, slices.Sorted(maps.Keys(p.repositories[key])))
	}
	return out.String()
}

// describe makes a change of each group of principals and image repositories that there is a
// word for.
func (c *comparison) describe(p *principals, of *pattern) []Change {
	var found []Change
	for _, who := range p.Describe(func(class int) bool { return of.classes[class] }) {
		for _, key := range slices.Sorted(maps.Keys(of.differences)) {
			d := of.differences[key]
			for _, repository := range c.repositories.Describe(func(class int) bool { return of.repositories[key][class] }) {
				change := Change{Kind: d.kind, Grant: c.grants[0], OfJobs: d.ofJobs, Before: d.before, Access: chain.Access{
					ImageRepository: repository.Who, ImageRepositorySuchAs: access.RegistryName(repository.SuchAs),
					Who: who.Who + p.of, SuchAs: who.SuchAs,
					Possibly: cmp.Or(d.possibly, p.undecided, c.undecided),
					Role:     strings.Join(titles(d.through), ", "), Place: d.through[0].Role.Place,
				}}
				for _, h := range d.through {
					change.Roles = append(change.Roles, []string{h.Role.Title(), h.Role.Name.Value})
				}
				if d.jobs != nil {
					change.Runner, change.Jobs, change.Runners = true, d.jobs.Jobs, d.jobs.names
				}
				found = append(found, change)
			}
		}
	}
	return found
}
