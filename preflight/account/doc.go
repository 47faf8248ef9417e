// Package account reads what the AWS CLI prints about a live account, and policy
// documents in separate files.
//
// An output is recognized by its members, in any of the CLI's forms that are JSON
// or YAML. What an output omits and another command prints is unknown, never
// assumed to be absent. Start at Recognize and Read, and for documents
// at RecognizeDocument and ReadDocument.
package account
