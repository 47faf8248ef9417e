package identity

// VersionLabel is the label by which GitHub's controller knows whether an AutoscalingRunnerSet
// is its own: it deletes one of another major or minor version
// (apis/actions.github.com/v1alpha1/version.go, IsVersionAllowed).
const VersionLabel = "app.kubernetes.io/version"
