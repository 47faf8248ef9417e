package initial

import (
	"fmt"
	"reflect"
	"strings"

	"keyless-runners/fleet"
	"keyless-runners/identity"
)

// Source is the fleet as Go, for fleet/declared.go, with each question as a comment where it is
// to be answered. The same fleet has the same source. Mark begins it.
func (r Result) Source() []byte {
	f := &sourceFile{result: r, taken: identifiers{}, names: map[string]string{}}
	f.literals = literals{imports: map[string]bool{}, named: f.named}
	body := f.body()
	text := "package fleet\n\n" + f.literals.importBlock() + "\n" + body
	return withMark(formatted(text))
}

// sourceFile is the source while it is written.
type sourceFile struct {
	result   Result
	literals literals
	taken    identifiers
	// names are the variables and constants, by what they hold.
	names map[string]string
}

func (f *sourceFile) body() string {
	var text strings.Builder
	text.WriteString("// Declared returns the fleet that keyless init found. Answer the questions, and take them out.\n")
	text.WriteString("func Declared() (Fleet, error) {\n")
	text.WriteString(f.constants())
	for _, cluster := range f.result.Fleet.Clusters {
		f.variable(&text, "Cluster", string(cluster.Name), aboutCluster(cluster), reflect.ValueOf(cluster))
	}
	for _, repository := range f.result.Fleet.ImageRepositories {
		f.variable(&text, "Images", string(repository.Name), aboutRepository(repository), reflect.ValueOf(repository))
	}
	for _, cache := range f.result.Fleet.PullThroughCaches {
		f.variable(&text, "Cache", string(cache.Prefix), aboutCache(cache), reflect.ValueOf(cache))
	}
	text.WriteString("\n" + f.comments(""))
	text.WriteString("return Fleet{\n")
	text.WriteString("Clusters: " + f.literals.of(reflect.ValueOf(f.result.Fleet.Clusters), true) + ",\n")
	if repositories := f.result.Fleet.ImageRepositories; len(repositories) > 0 {
		text.WriteString("ImageRepositories: " + f.literals.of(reflect.ValueOf(repositories), true) + ",\n")
	}
	if caches := f.result.Fleet.PullThroughCaches; len(caches) > 0 {
		text.WriteString("PullThroughCaches: " + f.literals.of(reflect.ValueOf(caches), true) + ",\n")
	}
	text.WriteString("Pools: []Pool{\n")
	for _, pool := range f.result.Fleet.Pools {
		text.WriteString(f.comments(aboutPool(pool)) + f.literals.tall(reflect.ValueOf(pool), false) + ",\n")
	}
	text.WriteString("},\n")
	if settings := f.result.Fleet.NamespaceSettings; len(settings) > 0 {
		text.WriteString("NamespaceSettings: " + f.literals.of(reflect.ValueOf(settings), true) + ",\n")
	}
	if deployments := f.result.Fleet.Deployments; len(deployments) > 0 {
		text.WriteString("Deployments: " + f.literals.of(reflect.ValueOf(deployments), true) + ",\n")
	}
	if tags := f.result.Fleet.Tags; len(tags) > 0 {
		text.WriteString("Tags: " + f.literals.of(reflect.ValueOf(tags), true) + ",\n")
	}
	text.WriteString("}, nil\n}\n")
	return text.String()
}

// constants are the account and the region, where the fleet has one of them.
func (f *sourceFile) constants() string {
	accounts, regions := map[identity.AccountID]bool{}, map[identity.Region]bool{}
	for _, cluster := range f.result.Fleet.Clusters {
		accounts[cluster.Account], regions[cluster.Region] = true, true
	}
	for _, repository := range f.result.Fleet.ImageRepositories {
		accounts[repository.Account], regions[repository.Region] = true, true
	}
	var lines []string
	for account := range accounts {
		if len(accounts) == 1 && account != "" {
			lines = append(lines, f.constant("account", reflect.ValueOf(account)))
		}
	}
	for region := range regions {
		if len(regions) == 1 && region != "" {
			lines = append(lines, f.constant("region", reflect.ValueOf(region)))
		}
	}
	return block("const", lines)
}

func (f *sourceFile) constant(name string, value reflect.Value) string {
	line := fmt.Sprintf("%s = %s(%q)", name, f.literals.typeText(value.Type()), value.String())
	f.taken[name], f.names[keyOf(value)] = true, name
	return line
}

// variable declares a value under a name, behind the questions about it.
func (f *sourceFile) variable(text *strings.Builder, noun, name, about string, value reflect.Value) {
	literal := f.literals.tall(value, true)
	identifier := f.taken.of(name, noun)
	f.names[keyOf(value)] = identifier
	fmt.Fprintf(text, "\n%s%s := %s\n", f.comments(about), identifier, literal)
}

// named is the name of a value that is declared, "" if it is not.
func (f *sourceFile) named(v reflect.Value) string { return f.names[keyOf(v)] }

// keyOf identifies a value that has a name; "" for others.
func keyOf(v reflect.Value) string {
	switch value := v.Interface().(type) {
	case identity.AccountID, identity.Region:
		return fmt.Sprintf("%T %s", value, value)
	case fleet.Cluster:
		return "cluster " + string(value.Name)
	case fleet.ImageRepository:
		return "image repository " + value.ID().String()
	case fleet.PullThroughCache:
		return "pull through cache " + value.ID().String()
	}
	return ""
}

// comments are the questions about something, each as a comment.
func (f *sourceFile) comments(about string) string {
	var paragraphs []string
	for _, q := range f.result.Questions {
		if q.About != about {
			continue
		}
		at := ""
		if place := q.Place.String(); place != "" {
			at = " (" + place + ")"
		}
		lines := wrapped("QUESTION"+at+": "+q.Text+". Next: "+q.Next+".", wide)
		paragraphs = append(paragraphs, "// "+strings.Join(lines, "\n// ")+"\n")
	}
	return strings.Join(paragraphs, "//\n")
}

// wrapped breaks a text between words into lines of at most so many characters, as far as words
// let it.
func wrapped(text string, most int) []string {
	var all []string
	line := ""
	for word := range strings.FieldsSeq(text) {
		if line != "" && len(line)+1+len(word) > most {
			all, line = append(all, line), ""
		}
		line = strings.TrimPrefix(line+" "+word, " ")
	}
	return append(all, line)
}

func aboutCluster(c fleet.Cluster) string { return fmt.Sprintf("cluster %q", c.Name) }

func aboutRepository(r fleet.ImageRepository) string {
	return fmt.Sprintf("image repository %q", r.ID())
}

func aboutCache(c fleet.PullThroughCache) string {
	return fmt.Sprintf("pull through cache %q", c.ID())
}

func aboutPool(p fleet.Pool) string { return fmt.Sprintf("pool %q", p.Name) }
