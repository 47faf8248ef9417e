// Bench measures the project's commands as whole processes: wall time, processor
// time and peak memory, as medians of several rounds. "make bench" runs it.
//
// Start at main. Each file beside it prepares one thing to measure.
package main
