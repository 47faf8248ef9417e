// Package diagnose explains the text of a failed job: which link of the chain from the job
// to the image repository broke, why, and where to look.
//
// It recognizes failures by the words of STS, ECR, Docker, BuildKit, the AWS SDKs, the
// Kubernetes API, the kubelet, EKS' pod identity webhook and EKS Pod Identity agent,
// actions-runner-controller, CloudFormation and GitHub. Those words are not a contract and do
// change: a text that no failure matches has no diagnosis, never a guess. Start at Explain.
//
// Each failure is data, failures/NAME.txtar, and docs/failures.md shows all of them. An
// archive begins with fields: the title, the link that broke, the ids of keyless check's
// findings that show this failure before a job, the source that describes it, and other
// places in which the text was seen. After an empty line comes the meaning of the text, then
// sections. "patterns" are regular expressions, one a line and without alternatives outside
// of groups; their named groups are the values that the text names. "causes" have three lines
// each. "sample: NAME" is a text as a tool prints it, followed by a section "values" with the
// values in it. Title, meaning and causes are templates of these values; shared.tmpl has the
// parts that several failures share.
//
// A denial by IAM has too many forms for a pattern: denied.go reads it, and the archives
// denied-*.txtar explain it.
package diagnose
