// Package facts is what files say, in the words of AWS, Kubernetes and GitHub,
// whichever tool wrote them.
//
// The readers (cloudformation, terraform, eksctl, kubernetes, github, account) make facts and judge
// nothing; preflight judges facts and reads nothing. A fact is a Text with its
// place, and may be unknown: what only the deployment decides is never guessed.
// Start at Facts.
package facts
