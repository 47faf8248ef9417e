// Package diagnose says what the text of a failed job means: which link of the chain
// from the job to the image repository broke, why, and where to look.
//
// It knows failures by the words of STS, ECR, Docker, BuildKit, the AWS SDKs, the
// Kubernetes API, the kubelet, EKS's pod identity webhook and EKS Pod Identity agent,
// actions-runner-controller, CloudFormation and GitHub. Those words are no contract
// and do change: a text that no failure matches has no diagnosis, never a guess.
// Start at Explain.
//
// What is known of a failure is data, failures/NAME.txtar, and docs/failures.md shows
// all of it. An archive begins with fields: the title, the link that broke, the ids of
// keyless check's findings that are this failure before a job, the source that
// describes it, and where else the text was seen. After an empty line comes what the
// text means. Then its sections: "patterns" are regular expressions, one a line and
// without alternatives outside of groups, whose named groups are the values that the
// text names; "causes" are three lines each; each "sample: NAME" is a text as a tool
// prints it, and a section "values" behind it what that names. Title, meaning and
// causes are templates of these values; shared.tmpl has what several failures share.
//
// A denial by IAM has too many forms for a pattern: denied.go reads it, and the
// archives denied-*.txtar say what it means.
package diagnose
