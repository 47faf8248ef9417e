package main

import (
	"bytes"
	_ "embed"
	"fmt"
	"text/template"
)

//go:embed report.md.tmpl
var reportSource string

var reportTemplate = template.Must(template.New("report").Funcs(template.FuncMap{
	"many": many, "seconds": inSeconds, "megabytes": megabytes,
}).Parse(reportSource))

// report shows the figures and what they mean.
func (r results) report() ([]byte, error) {
	var text bytes.Buffer
	err := reportTemplate.Execute(&text, map[string]any{"Results": r, "Goals": r.rows()})
	return text.Bytes(), err
}

// row is a goal as the report shows it.
type row struct{ What, Got, Limit, Met string }

func (r results) rows() (rows []row) {
	for _, goal := range r.goals() {
		met := "yes"
		if !goal.met() {
			met = "**no**"
		}
		rows = append(rows, row{goal.What, goal.amount(goal.Got), goal.amount(goal.Limit), met})
	}
	return rows
}

// many is a number of pools in words.
func many(pools int) string {
	switch {
	case pools == 1:
		return "1 pool"
	case pools < 1_000:
		return fmt.Sprintf("%d pools", pools)
	}
	return fmt.Sprintf("%d,%03d pools", pools/1_000, pools%1_000)
}

func inSeconds(value float64) string {
	if value < 0.1 {
		return fmt.Sprintf("%.0f ms", 1_000*value)
	}
	return fmt.Sprintf("%.2f s", value)
}

// megabytes is an amount of memory. Less than one is that of a process that ended before its
// memory was looked at.
func megabytes(bytes int64) string {
	if bytes < 1<<20 {
		return "-"
	}
	return fmt.Sprintf("%d MB", bytes>>20)
}
