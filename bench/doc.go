// Bench races the project against its TypeScript twin, which renders the same fleet,
// and measures its commands: whole processes, with wall time, processor time and the
// memory of all their processes. "make bench" runs it, writes docs/benchmarks.md, and
// fails if a goal is missed.
//
// Start at main. Each file beside it measures, keeps or shows one thing.
package main
