package actionssummerwinddev


// PodDNSConfigOption defines DNS resolver options of a pod.
type RunnerDeploymentSpecTemplateSpecDnsConfigOptions struct {
	// Required.
	Name *string `field:"optional" json:"name" yaml:"name"`
	Value *string `field:"optional" json:"value" yaml:"value"`
}

