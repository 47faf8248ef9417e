//go:build no_runtime_type_checking

package actionssummerwinddev

// Building without runtime type checking enabled, so all the below just return nil

func validateRunnerDeploymentSpecTemplateSpecContainersLifecyclePreStopHttpGetPort_FromNumberParameters(value *float64) error {
	return nil
}

func validateRunnerDeploymentSpecTemplateSpecContainersLifecyclePreStopHttpGetPort_FromStringParameters(value *string) error {
	return nil
}

