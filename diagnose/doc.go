// Package diagnose says what the text of a failed job means: which link of the chain
// from the job to the image repository broke, why, and where to look.
//
// It knows failures by the words of STS, ECR, Docker, BuildKit, the AWS SDKs, the
// Kubernetes API, the kubelet, EKS's pod identity webhook,
// actions-runner-controller, CloudFormation and GitHub; every entry names a public
// document or issue that shows them. Those words are no contract and do change: a
// text that no entry knows has no diagnosis, never a guess. Start at Explain.
package diagnose
