package facts

// ScaleSetSpec is what GitHub's controller reads of an AutoscalingRunnerSet beside its Pod
// template.
type ScaleSetSpec struct {
	// Version is the object's label app.kubernetes.io/version: of which controller it is.
	Version Text
	// Secret is the name of what holds the credentials for GitHub.
	Secret Text
	// MinRunners and MaxRunners are numbers. Not there: 0, and no limit.
	MinRunners, MaxRunners Text
}
