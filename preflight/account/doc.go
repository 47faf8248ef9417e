// Package account reads what the AWS CLI prints about a live account, and policy
// documents in files of their own.
//
// An output is recognized by its members, in any of the CLI's forms that are JSON
// or YAML. Much of it leaves out what another command prints: that is unknown,
// never taken for not being there. Start at Recognize and Read, and for documents
// at RecognizeDocument and ReadDocument.
package account
