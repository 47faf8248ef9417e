//go:build no_runtime_type_checking

package actionssummerwinddev

// Building without runtime type checking enabled, so all the below just return nil

func validateHorizontalRunnerAutoscaler_IsApiObjectParameters(o interface{}) error {
	return nil
}

func validateHorizontalRunnerAutoscaler_IsConstructParameters(x interface{}) error {
	return nil
}

func validateHorizontalRunnerAutoscaler_ManifestParameters(props *HorizontalRunnerAutoscalerProps) error {
	return nil
}

func validateHorizontalRunnerAutoscaler_OfParameters(c constructs.IConstruct) error {
	return nil
}

func validateNewHorizontalRunnerAutoscalerParameters(scope constructs.Construct, id *string, props *HorizontalRunnerAutoscalerProps) error {
	return nil
}

