// Package policy models IAM policy documents: the trust of a role and what it
// may do.
//
// A Document is written as AWS reads it and read as AWS writes it, so the same
// type makes our documents and judges others. Start at Trust and Push, the two
// documents of a pool, and at Parse and Evaluate, which judge. What IAM limits
// is a constant here, beside the function that measures it.
//
// Evaluate follows the IAM user guide and nothing else: it asks no network, and
// knows no action, resource or condition key by name. Where the guide leaves a
// case open, the comment beside the code says what was chosen.
package policy
