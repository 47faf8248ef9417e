// Package terraform reads what "terraform show -json" prints of a plan or a state, and
// "tofu show -json" alike, into facts.
//
// A plan is read as what will be when it is applied, a state as what is. What the plan
// knows only after apply, and what is sensitive, becomes a source.Unknown that says so;
// an attribute that the configuration sets to exactly one other resource's is that, if
// the other's is known or follows from its name, path and account. Start at Recognize
// and Read.
//
// hashicorp/terraform-json checks the format and reads the configuration. The values come
// from the tree of the file, because that has their places; every place has the address
// of its resource, which says more than the one line in which Terraform writes all.
package terraform
