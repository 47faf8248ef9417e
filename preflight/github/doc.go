// Package github reads GitHub workflows: which jobs there are, on which runners
// they run and to which image repositories they push.
//
// An expression or a variable may be several strings, depending on the run, so a
// value is a set of alternatives, and each remembers the choices that it depends
// on: the entry of the matrix, what a person entered, the branch that a script
// took. Alternatives that cannot happen together are not combined. What only a
// run decides is unknown, with the reason; it is never guessed. Start at Recognize
// and Read.
//
// What was chosen where GitHub leaves it to the run:
//
//   - An input of type choice is any of its options; another input with a default
//     is the default, whatever else a person may enter.
//   - On an event that does not declare it, an input is empty.
//   - What stands before the first slash of an image's name is its registry, even
//     if it is an unknown value that might hold a slash.
//   - What is followed are runs that go well: always() and success() are true, failure() and cancelled() false.
//   - A login holds for every push behind it, but one in a branch of a script (if, case) for those
//     of that branch alone. A script's branch is taken to be run.
//   - A function is followed where it is called, and one that only another command names at the
//     script's end.
//   - What cannot be read, and may push by what it is or by its name, pushes to anywhere:
//     a script that bash refuses, a script of another shell with one of the tools in it, a
//     file or an action of others that is called so. docs/checks.md has the boundary
//     ("What of a workflow is followed").
//   - A job that calls another workflow stands for the jobs of that, if it is among
//     the files; otherwise it is left out, as it runs nothing itself.
package github
