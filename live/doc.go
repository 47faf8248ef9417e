// Package live reads AWS accounts and Kubernetes clusters, and changes nothing there. It
// yields documents of the form that "aws" and "kubectl get" print, so that they are judged
// as files are. Credentials are those of AWS's SDK and of kubeconfig; they are
// neither kept nor printed.
//
// Start at Read. Plan lists the calls that it makes, and PermissionsPolicy and ClusterRole
// are what they need.
package live
