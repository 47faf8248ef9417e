// Package shell reads the script of a workflow's step as a shell would: into
// statements, and those into words.
//
// It is the part of bash and of the POSIX shell that tells which commands a script
// may run, with which words and in which order; it runs nothing and knows no
// variable's value. What it does not understand is a word that is Computed, or a
// statement that is left out. GitHub replaces ${{ }} before the shell reads the
// script: here each one is a part of a word. Start at Parse.
package shell
