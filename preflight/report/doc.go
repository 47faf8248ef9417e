// Package report writes what Check found, for a terminal, for programs, for
// GitHub's code scanning and for a pull request.
//
// A report quotes files that anyone wrote. So nothing that does not print leaves here as
// it is, no value can be taken for a command by a terminal or a log, or for markup by
// GitHub, and findings and chains that are made for reading have an end, however many
// there are. The table of who can push where is whole: reviewers compare it. What is left
// out is counted in the verdict, and JSON has all of it. Start at Write and Verdict.
package report
