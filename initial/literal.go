package initial

import (
	"cmp"
	"fmt"
	"go/format"
	"maps"
	"path"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	"k8s.io/apimachinery/pkg/api/resource"

	"keyless-runners/fleet"
)

// wide is how many characters a literal may have in one line.
const wide = 90

// packageNames are the names of imported packages whose paths end otherwise.
var packageNames = map[string]string{
	"k8s.io/api/core/v1":                   "corev1",
	"k8s.io/apimachinery/pkg/apis/meta/v1": "metav1",
}

// ways are the constants of package fleet.
var ways = map[fleet.Way]string{fleet.WayIRSA: "WayIRSA", fleet.WayPodIdentity: "WayPodIdentity", fleet.WayBoth: "WayBoth"}

// literals writes values of the fleet's types as Go.
type literals struct {
	// imports are the paths of the packages that the literals name.
	imports map[string]bool
	// named returns the name of a value that is declared, "" of others.
	named func(reflect.Value) string
}

// of is the value, with its type unless what is around it has it.
func (l *literals) of(v reflect.Value, typed bool) string {
	if name := l.named(v); name != "" {
		return name
	}
	switch value := v.Interface().(type) {
	case resource.Quantity:
		return l.typeName(v.Type(), "MustParse") + "(" + strconv.Quote(value.String()) + ")"
	case time.Duration:
		return l.duration(value)
	case time.Time:
		return l.date(value)
	case fleet.Way:
		return ways[value]
	}
	switch v.Kind() {
	case reflect.Pointer:
		return l.pointer(v, typed)
	case reflect.Struct:
		return l.prefix(v.Type(), typed) + braces(l.fields(v))
	case reflect.Slice:
		return l.prefix(v.Type(), typed) + l.items(v)
	case reflect.Map:
		return l.prefix(v.Type(), typed) + l.members(v)
	case reflect.String:
		return stringLiteral(v.String())
	}
	return fmt.Sprint(v.Interface())
}

func (l *literals) prefix(t reflect.Type, typed bool) string {
	if !typed {
		return ""
	}
	return l.typeText(t)
}

// pointer is to a literal, or to a number or the like.
func (l *literals) pointer(v reflect.Value, typed bool) string {
	switch element := v.Elem(); {
	case l.named(element) != "":
		return "&" + l.named(element)
	case element.Kind() == reflect.Struct && typed:
		return "&" + l.of(element, true)
	case element.Kind() == reflect.Struct:
		return l.of(element, false)
	case element.Kind() == reflect.Bool:
		return fmt.Sprintf("new(%t)", element.Bool())
	default:
		return fmt.Sprintf("new(%s(%s))", l.typeText(element.Type()), l.of(element, false))
	}
}

// tall is a struct with each field in its own line.
func (l *literals) tall(v reflect.Value, typed bool) string {
	return l.prefix(v.Type(), typed) + stacked(l.fields(v))
}

// fields returns the fields of a struct that are set.
func (l *literals) fields(v reflect.Value) []string {
	var parts []string
	for field, value := range v.Fields() {
		if !unset(value) {
			parts = append(parts, field.Name+": "+l.of(value, true))
		}
	}
	return parts
}

func (l *literals) items(v reflect.Value) string {
	var parts []string
	for i := range v.Len() {
		parts = append(parts, l.of(v.Index(i), false))
	}
	return braces(parts)
}

func (l *literals) members(v reflect.Value) string {
	keys := v.MapKeys()
	slices.SortFunc(keys, func(a, b reflect.Value) int { return cmp.Compare(a.String(), b.String()) })
	var parts []string
	for _, key := range keys {
		parts = append(parts, stringLiteral(key.String())+": "+l.of(v.MapIndex(key), false))
	}
	return braces(parts)
}

// unset reports whether a field may be left out: it has nothing that is set.
func unset(v reflect.Value) bool {
	if v.Kind() == reflect.Slice || v.Kind() == reflect.Map {
		return v.Len() == 0
	}
	if v.Kind() != reflect.Struct || v.IsZero() || isText(v.Type()) {
		return v.IsZero()
	}
	for _, field := range v.Fields() {
		if !unset(field) {
			return false
		}
	}
	return true
}

// isText reports whether values of the type are written by a call, and not by their fields.
func isText(t reflect.Type) bool {
	return t == reflect.TypeFor[resource.Quantity]() || t == reflect.TypeFor[time.Time]()
}

// braces has the parts in one line, or each in its own.
func braces(parts []string) string {
	line := "{" + strings.Join(parts, ", ") + "}"
	if len(line) <= wide && !strings.Contains(line, "\n") {
		return line
	}
	return stacked(parts)
}

// stacked has each part in its own line.
func stacked(parts []string) string { return "{\n" + strings.Join(parts, ",\n") + ",\n}" }

// stringLiteral is a string of Go, with line breaks as they are if it has some.
func stringLiteral(value string) string {
	if strings.ContainsAny(value, "\n\"") && strconv.CanBackquote(strings.ReplaceAll(value, "\n", "")) {
		return "`" + value + "`"
	}
	return strconv.Quote(value)
}

func (l *literals) duration(d time.Duration) string {
	for _, unit := range []struct {
		name string
		is   time.Duration
	}{{"Hour", time.Hour}, {"Minute", time.Minute}} {
		if d%unit.is == 0 {
			return fmt.Sprintf("%d * %s", d/unit.is, l.typeName(reflect.TypeFor[time.Duration](), unit.name))
		}
	}
	return fmt.Sprintf("%d * %s", d/time.Second, l.typeName(reflect.TypeFor[time.Duration](), "Second"))
}

func (l *literals) date(t time.Time) string {
	name := func(of string) string { return l.typeName(reflect.TypeFor[time.Time](), of) }
	zone := name("UTC")
	if _, offset := t.Zone(); offset != 0 {
		zone = fmt.Sprintf("%s(%q, %d)", name("FixedZone"), "", offset)
	}
	return fmt.Sprintf("%s(%d, %s, %d, %d, %d, %d, 0, %s)", name("Date"), t.Year(), name(t.Month().String()), t.Day(), t.Hour(), t.Minute(), t.Second(), zone)
}

// typeText is the type as the file declares values of it.
func (l *literals) typeText(t reflect.Type) string {
	switch {
	case t.Name() != "":
		return l.typeName(t, t.Name())
	case t.Kind() == reflect.Slice:
		return "[]" + l.typeText(t.Elem())
	case t.Kind() == reflect.Pointer:
		return "*" + l.typeText(t.Elem())
	case t.Kind() == reflect.Map:
		return "map[" + l.typeText(t.Key()) + "]" + l.typeText(t.Elem())
	}
	panic("no value of a fleet has type " + t.String())
}

// typeName is a name of the package that a type is from.
func (l *literals) typeName(of reflect.Type, name string) string {
	from := of.PkgPath()
	if from == "" || from == reflect.TypeFor[fleet.Fleet]().PkgPath() {
		return name
	}
	l.imports[from] = true
	return cmp.Or(packageNames[from], path.Base(from)) + "." + name
}

// importBlock imports the packages, the standard library's first, then others', then ours.
func (l *literals) importBlock() string {
	var groups [3][]string
	for _, from := range slices.Sorted(maps.Keys(l.imports)) {
		group := 0
		switch first, _, _ := strings.Cut(from, "/"); {
		case strings.Contains(first, "."):
			group = 1
		case strings.Contains(from, "/"):
			group = 2
		}
		groups[group] = append(groups[group], strings.TrimSpace(packageNames[from]+" "+strconv.Quote(from)))
	}
	if len(l.imports) == 1 {
		return block("import", slices.Concat(groups[:]...))
	}
	var blocks []string
	for _, group := range groups {
		if group != nil {
			blocks = append(blocks, strings.Join(group, "\n")+"\n")
		}
	}
	return block("import", blocks)
}

// block declares things in parentheses, one alone without, and nothing if there is none.
func block(keyword string, lines []string) string {
	switch {
	case len(lines) == 0:
		return ""
	case len(lines) == 1 && !strings.Contains(lines[0], "\n"):
		return keyword + " " + lines[0] + "\n"
	}
	return keyword + " (\n" + strings.Join(lines, "\n") + "\n)\n"
}

// formatted is Go as gofmt writes it. The text is ours, so it always parses.
func formatted(text string) []byte {
	source, err := format.Source([]byte(text))
	if err != nil {
		panic(fmt.Sprintf("%v in\n%s", err, text))
	}
	return source
}
