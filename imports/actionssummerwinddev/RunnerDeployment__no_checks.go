//go:build no_runtime_type_checking

package actionssummerwinddev

// Building without runtime type checking enabled, so all the below just return nil

func validateRunnerDeployment_IsApiObjectParameters(o interface{}) error {
	return nil
}

func validateRunnerDeployment_IsConstructParameters(x interface{}) error {
	return nil
}

func validateRunnerDeployment_ManifestParameters(props *RunnerDeploymentProps) error {
	return nil
}

func validateRunnerDeployment_OfParameters(c constructs.IConstruct) error {
	return nil
}

func validateNewRunnerDeploymentParameters(scope constructs.Construct, id *string, props *RunnerDeploymentProps) error {
	return nil
}

