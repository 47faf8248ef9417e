// Package fleet is the declaration that everything else is rendered from: EKS
// clusters, image repositories, and the pools of runners that push to them.
//
// Edit declared.go; the other files are the model. Fleet.Check reports every
// problem of a declaration at once, before anything is rendered; Fleet.Checked makes of a
// fleet without any what the renderings accept.
//
// Values refer to each other as Go values (Pool.Cluster is a Cluster), so a
// misspelt reference does not compile. What is derived from several values, such
// as a pool's role ARN, is a method here; its form is package identity's.
package fleet
