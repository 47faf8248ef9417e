// Package terraform reads the JSON that "terraform show -json" and "tofu show -json" print
// of a plan or a state into facts.
//
// A plan gives the facts as they will be after apply, a state as they are. Values known only
// after apply and sensitive values become a source.Unknown with the reason. An attribute that
// the configuration sets to exactly one attribute of another resource has that one's value,
// where it is known or follows from the resource's name, path and account. Start at
// Recognize and Read.
//
// hashicorp/terraform-json checks the format and reads the configuration. The values come
// from the tree of the file, which has their places. Terraform writes everything in one line,
// so every place also has the address of its resource.
package terraform
