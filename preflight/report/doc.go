// Package report writes what Check found, for a terminal, for programs, for
// GitHub's code scanning and for a pull request.
//
// A report quotes files that anybody wrote. So nothing that does not print leaves
// here as it is, no value can be taken for a command by a terminal or a log, or for
// markup by GitHub, and what is made for reading has an end, however much was found:
// what is left out is counted, and JSON has all of it. Start at Write and Verdict.
package report
