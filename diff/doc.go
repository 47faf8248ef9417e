// Package diff says what a change of files means to those who review it: who gained and who lost
// which push or pull, what CloudFormation and kubectl will do, and what will fail or stay behind.
//
// Start at Read, which reads a state, and at Between, which compares two. Write prints what
// differs. Nothing is asked of an account or a cluster.
package diff
