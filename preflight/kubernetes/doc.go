// Package kubernetes reads Kubernetes objects: ServiceAccounts, runners and
// whatever else makes Pods, rights, and waivers.
//
// It takes what kubectl applies and what "kubectl get -o yaml" prints, and it
// makes of the runner kinds the Pod that their controller makes of them. Where
// that is not what the fields seem to say, the controller is right
// (actions-runner-controller v0.27.6). Start at Recognize and Read.
package kubernetes
