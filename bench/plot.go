package main

import (
	"bytes"
	_ "embed"
	"fmt"
	"math"
	"strings"
	"text/template"
)

//go:embed plot.svg.tmpl
var plotSource string

var plotTemplate = template.Must(template.New("plot").Parse(plotSource))

// The plot's frame, in pixels, and the decades of pools and of seconds that it shows.
const (
	left, right, top, bottom = 70.0, 560.0, 50.0, 330.0
	leastPools, mostPools    = 1.0, 1_000.0
	leastSeconds             = 0.1
	mostSeconds              = 100.0
)

// line is the wall time of one side by the number of pools.
type line struct {
	Name, Colour, Dashes string
	Points               string
	Dots                 []dot
	// X and Y are where its name stands.
	X, Y float64
}

type dot struct{ X, Y float64 }

// tick is a mark on an axis.
type tick struct {
	At   float64
	Text string
}

// plot draws wall time against pools, both by powers of ten.
func (r results) plot() []byte {
	lines := []line{
		{Name: "ours", Colour: "#0b6e4f"},
		{Name: "twin", Colour: "#b3541e"},
		{Name: "ours, without validation", Colour: "#0b6e4f", Dashes: "5 4"},
		{Name: "twin, without validation", Colour: "#b3541e", Dashes: "5 4"},
	}
	for _, race := range r.Races {
		first := 0
		if !race.Validated {
			first = 2
		}
		lines[first].add(race.Pools, race.Ours.Wall)
		lines[first+1].add(race.Pools, race.Twin.Wall)
	}
	for i := range lines {
		lines[i].X, lines[i].Y = left+14, top+18+float64(i)*18
	}
	var drawing bytes.Buffer
	err := plotTemplate.Execute(&drawing, map[string]any{"Lines": lines, "Pools": poolTicks(), "Seconds": secondTicks(),
		"Left": left, "Right": right, "Top": top, "Bottom": bottom})
	if err != nil {
		panic(err) // the template is part of the program
	}
	return drawing.Bytes()
}

func (l *line) add(pools int, seconds float64) {
	d := dot{across(float64(pools)), up(seconds)}
	l.Dots = append(l.Dots, d)
	l.Points = strings.TrimSpace(l.Points + fmt.Sprintf(" %.1f,%.1f", d.X, d.Y))
}

// across and up are where a value stands in the frame.
func across(pools float64) float64 {
	return rounded(left + (right-left)*math.Log(pools/leastPools)/math.Log(mostPools/leastPools))
}

func up(seconds float64) float64 {
	return rounded(bottom - (bottom-top)*math.Log(seconds/leastSeconds)/math.Log(mostSeconds/leastSeconds))
}

func rounded(pixels float64) float64 { return math.Round(10*pixels) / 10 }

func poolTicks() (ticks []tick) {
	for _, pools := range sizes {
		ticks = append(ticks, tick{across(float64(pools)), many(pools)})
	}
	return ticks
}

func secondTicks() (ticks []tick) {
	for value := leastSeconds; value <= mostSeconds; value *= 10 {
		ticks = append(ticks, tick{up(value), fmt.Sprintf("%g s", value)})
	}
	return ticks
}
