package identity

import (
	"fmt"
	"slices"
)

// Closest returns the candidate that is fewest edits away from value, or "" if
// none is near enough to be a likely typing mistake: two edits, and fewer in a
// value of less than four letters.
func Closest[S ~string](value S, candidates []S) S {
	if slices.Contains(candidates, value) {
		return value
	}
	near := min(2, len(value)/2)
	best, distance := S(""), near+1
	for _, candidate := range candidates {
		if len(candidate) > len(value)+near || len(value) > len(candidate)+near {
			continue
		}
		if d := edits(string(value), string(candidate)); d < distance {
			best, distance = candidate, d
		}
	}
	return best
}

// DidYouMean ends a problem with what was probably meant, or with nothing if that is "".
func DidYouMean[S ~string](meant S) string {
	if meant == "" {
		return ""
	}
	return fmt.Sprintf("; did you mean %q?", meant)
}

// edits is the optimal string alignment distance: insertions, deletions,
// replacements and swaps of neighbours, each counted as one.
func edits(a, b string) int {
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		for j := 1; j <= len(b); j++ {
			replaced := last[j-1]
			if a[i-1] != b[j-1] {
				replaced++
			}
			row[j] = min(last[j]+1, row[j-1]+1, replaced)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
}
