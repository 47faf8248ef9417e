// Package doctor proves what is deployed: it has the documents of package live checked as
// files are, compares them with the files that were deployed, and finds what only a cluster
// that runs can show, such as Pods that are older than their ServiceAccount.
//
// Start at Examine. Write prints what was found.
package doctor
