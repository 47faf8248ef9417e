// Package policy models IAM policy documents: the trust of a role and what it
// may do.
//
// A Document is written as AWS reads it and read as AWS writes it, so the same
// type makes our documents and judges others. Start at Trust and Push, the two
// documents of a pool. What IAM limits is a constant here, beside the function
// that measures it.
package policy
