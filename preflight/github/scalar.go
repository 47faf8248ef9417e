package github

import (
	"math"
	"regexp"
	"strconv"
	"strings"

	"keyless-runners/preflight/source"
)

// The plain scalars that are numbers by YAML 1.2's core schema, which GitHub reads
// workflows by (https://yaml.org/spec/1.2.2/#103-core-schema). What is neither, such as
// 1_000 or 12:30, is text.
var (
	based   = regexp.MustCompile(`^0(?:x([0-9a-fA-F]+)|o([0-7]+))$`)
	decimal = regexp.MustCompile(`^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$`)
	endless = map[string]float64{".inf": math.Inf(1), "+.inf": math.Inf(1), "-.inf": math.Inf(-1), ".nan": math.NaN()}
)

// scalar is a scalar of a workflow as GitHub hands it on. A number is written anew: 0123 is
// 123, and 1.10 is 1.1.
func scalar(node *source.Node) string {
	switch node.Kind {
	case source.Bool:
		return strings.ToLower(node.Text)
	case source.Number:
		if n, ok := numberOf(node.Text); ok {
			return numberText(n)
		}
	}
	return node.Text
}

func numberOf(text string) (n float64, ok bool) {
	if digits := based.FindStringSubmatch(text); digits != nil {
		base := 16
		if digits[1] == "" {
			base = 8
		}
		whole, err := strconv.ParseUint(digits[1]+digits[2], base, 64)
		return float64(whole), err == nil
	}
	if n, ok := endless[strings.ToLower(text)]; ok {
		return n, true
	}
	if !decimal.MatchString(text) {
		return 0, false
	}
	n, err := strconv.ParseFloat(text, 64)
	return n, err == nil
}

// numberText is a number as GitHub writes it: with 15 digits at the most.
func numberText(n float64) string {
	if math.IsInf(n, 0) {
		return strings.TrimPrefix(strconv.FormatFloat(n, 'f', -1, 64), "+") + "inity"
	}
	return strconv.FormatFloat(n, 'G', 15, 64)
}
