package initial

import (
	"cmp"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"

	"keyless-runners/identity"
	"keyless-runners/preflight/source"
)

// Question is something that a person has to decide.
type Question struct {
	// Place is where it was read. The zero value is nowhere.
	Place source.Place
	// About names what of the fleet it is about, such as `pool "build"`; "" of the whole.
	About string
	// field is the one of it that is open, such as "pushesTo"; "" of none, or several.
	field string
	// Text says what is open, in one line that quotes values, and Next what to do.
	Text, Next string
}

func (q Question) String() string {
	text := q.Text
	if q.About != "" {
		text = q.About + ": " + text
	}
	if q.Place != (source.Place{}) {
		text = q.Place.String() + ": " + text
	}
	return text
}

// ask adds a question, once.
func (r *Result) ask(q Question) {
	if !slices.Contains(r.Questions, q) {
		r.Questions = append(r.Questions, q)
	}
}

// asked reports whether there is a question about the field already.
func (r *Result) asked(about, field string) bool {
	return slices.ContainsFunc(r.Questions, func(q Question) bool { return q.About == about && q.field == field })
}

// WriteRemarks writes the questions, those about the whole first, each with what to do, then what
// was found, and what to do next.
func (r Result) WriteRemarks(w io.Writer) error {
	var text strings.Builder
	for _, q := range r.Questions {
		fmt.Fprintf(&text, "%s\n    next: %s\n", q, q.Next)
	}
	fmt.Fprintf(&text, "found: %s in %s, which push to or pull from %s; %s\n",
		identity.Count(len(r.Fleet.Pools), "pool", "pools"), identity.Count(len(r.Fleet.Clusters), "cluster", "clusters"),
		identity.Count(len(r.Fleet.ImageRepositories), "image repository", "image repositories"),
		identity.Count(len(r.Questions), "question", "questions"))
	if len(r.Questions) > 0 {
		text.WriteString("next: answer the questions, which are comments in fleet/declared.go too, and run \"make synth && make check\"")
	} else {
		text.WriteString("next: run \"make synth && make check\"")
	}
	text.WriteString(", then \"keyless diff\" with the files that were read here, to see what changes\n")
	_, err := io.WriteString(w, text.String())
	return err
}

// sortQuestions puts those about the whole first, and the others in the order of the fleet.
func (r *Result) sortQuestions() {
	order := map[string]int{}
	for _, about := range r.abouts() {
		order[about] = len(order) + 1
	}
	slices.SortStableFunc(r.Questions, func(a, b Question) int { return cmp.Compare(order[a.About], order[b.About]) })
}

// abouts lists what questions can be about, in the order of the fleet.
func (r *Result) abouts() []string {
	var all []string
	for _, cluster := range r.Fleet.Clusters {
		all = append(all, aboutCluster(cluster))
	}
	for _, repository := range r.Fleet.ImageRepositories {
		all = append(all, aboutRepository(repository))
	}
	for _, cache := range r.Fleet.PullThroughCaches {
		all = append(all, aboutCache(cache))
	}
	for _, pool := range r.Fleet.Pools {
		all = append(all, aboutPool(pool))
	}
	return all
}

// inFleet is how fleet.Problems lead to what has a name.
var inFleet = regexp.MustCompile(`^(clusters|imageRepositories|pullThroughCaches|pools)(?:\["([^"]*)"\])(?:\.(.*))?$`)

// within cuts a place in the fleet, such as pools["build"].image, into what it is about and the
// field; about is "" of what no question can stand at.
func (r *Result) within(place string) (about, field string) {
	match := inFleet.FindStringSubmatch(place)
	if match == nil {
		return "", place
	}
	noun := map[string]string{"clusters": "cluster", "imageRepositories": "image repository", "pullThroughCaches": "pull through cache", "pools": "pool"}[match[1]]
	for _, about := range r.abouts() {
		if strings.HasPrefix(about, noun+" ") && (strings.HasSuffix(about, `"`+match[2]+`"`) || strings.HasSuffix(about, "/"+match[2]+`"`)) {
			return about, cmp.Or(match[3], "it")
		}
	}
	return "", place
}
