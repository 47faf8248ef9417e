package actionssummerwinddev


// RunnerSpec defines the desired state of Runner.
type RunnerDeploymentSpecTemplateSpec struct {
	// Affinity is a group of affinity scheduling rules.
	Affinity *RunnerDeploymentSpecTemplateSpecAffinity `field:"optional" json:"affinity" yaml:"affinity"`
	AutomountServiceAccountToken *bool `field:"optional" json:"automountServiceAccountToken" yaml:"automountServiceAccountToken"`
	ContainerMode *string `field:"optional" json:"containerMode" yaml:"containerMode"`
	Containers *[]*RunnerDeploymentSpecTemplateSpecContainers `field:"optional" json:"containers" yaml:"containers"`
	// PodDNSConfig defines the DNS parameters of a pod in addition to those generated from DNSPolicy.
	DnsConfig *RunnerDeploymentSpecTemplateSpecDnsConfig `field:"optional" json:"dnsConfig" yaml:"dnsConfig"`
	// DNSPolicy defines how a pod's DNS will be configured.
	DnsPolicy *string `field:"optional" json:"dnsPolicy" yaml:"dnsPolicy"`
	// ResourceRequirements describes the compute resource requirements.
	DockerdContainerResources *RunnerDeploymentSpecTemplateSpecDockerdContainerResources `field:"optional" json:"dockerdContainerResources" yaml:"dockerdContainerResources"`
	DockerdWithinRunnerContainer *bool `field:"optional" json:"dockerdWithinRunnerContainer" yaml:"dockerdWithinRunnerContainer"`
	DockerEnabled *bool `field:"optional" json:"dockerEnabled" yaml:"dockerEnabled"`
	DockerEnv *[]*RunnerDeploymentSpecTemplateSpecDockerEnv `field:"optional" json:"dockerEnv" yaml:"dockerEnv"`
	DockerMtu *float64 `field:"optional" json:"dockerMtu" yaml:"dockerMtu"`
	DockerRegistryMirror *string `field:"optional" json:"dockerRegistryMirror" yaml:"dockerRegistryMirror"`
	DockerVarRunVolumeSizeLimit RunnerDeploymentSpecTemplateSpecDockerVarRunVolumeSizeLimit `field:"optional" json:"dockerVarRunVolumeSizeLimit" yaml:"dockerVarRunVolumeSizeLimit"`
	DockerVolumeMounts *[]*RunnerDeploymentSpecTemplateSpecDockerVolumeMounts `field:"optional" json:"dockerVolumeMounts" yaml:"dockerVolumeMounts"`
	EnableServiceLinks *bool `field:"optional" json:"enableServiceLinks" yaml:"enableServiceLinks"`
	Enterprise *string `field:"optional" json:"enterprise" yaml:"enterprise"`
	Env *[]*RunnerDeploymentSpecTemplateSpecEnv `field:"optional" json:"env" yaml:"env"`
	EnvFrom *[]*RunnerDeploymentSpecTemplateSpecEnvFrom `field:"optional" json:"envFrom" yaml:"envFrom"`
	Ephemeral *bool `field:"optional" json:"ephemeral" yaml:"ephemeral"`
	EphemeralContainers *[]*RunnerDeploymentSpecTemplateSpecEphemeralContainers `field:"optional" json:"ephemeralContainers" yaml:"ephemeralContainers"`
	GithubApiCredentialsFrom *RunnerDeploymentSpecTemplateSpecGithubApiCredentialsFrom `field:"optional" json:"githubApiCredentialsFrom" yaml:"githubApiCredentialsFrom"`
	Group *string `field:"optional" json:"group" yaml:"group"`
	HostAliases *[]*RunnerDeploymentSpecTemplateSpecHostAliases `field:"optional" json:"hostAliases" yaml:"hostAliases"`
	Image *string `field:"optional" json:"image" yaml:"image"`
	// PullPolicy describes a policy for if/when to pull a container image.
	ImagePullPolicy *string `field:"optional" json:"imagePullPolicy" yaml:"imagePullPolicy"`
	ImagePullSecrets *[]*RunnerDeploymentSpecTemplateSpecImagePullSecrets `field:"optional" json:"imagePullSecrets" yaml:"imagePullSecrets"`
	InitContainers *[]*RunnerDeploymentSpecTemplateSpecInitContainers `field:"optional" json:"initContainers" yaml:"initContainers"`
	Labels *[]*string `field:"optional" json:"labels" yaml:"labels"`
	NodeSelector *map[string]*string `field:"optional" json:"nodeSelector" yaml:"nodeSelector"`
	Organization *string `field:"optional" json:"organization" yaml:"organization"`
	PriorityClassName *string `field:"optional" json:"priorityClassName" yaml:"priorityClassName"`
	Repository *string `field:"optional" json:"repository" yaml:"repository"`
	// ResourceRequirements describes the compute resource requirements.
	Resources *RunnerDeploymentSpecTemplateSpecResources `field:"optional" json:"resources" yaml:"resources"`
	// RuntimeClassName is the container runtime configuration that containers should run under.
	//
	// More info: https://kubernetes.io/docs/concepts/containers/runtime-class
	RuntimeClassName *string `field:"optional" json:"runtimeClassName" yaml:"runtimeClassName"`
	// PodSecurityContext holds pod-level security attributes and common container settings.
	//
	// Some fields are also present in container.securityContext.  Field values of container.securityContext take precedence over field values of PodSecurityContext.
	SecurityContext *RunnerDeploymentSpecTemplateSpecSecurityContext `field:"optional" json:"securityContext" yaml:"securityContext"`
	ServiceAccountName *string `field:"optional" json:"serviceAccountName" yaml:"serviceAccountName"`
	SidecarContainers *[]*RunnerDeploymentSpecTemplateSpecSidecarContainers `field:"optional" json:"sidecarContainers" yaml:"sidecarContainers"`
	TerminationGracePeriodSeconds *float64 `field:"optional" json:"terminationGracePeriodSeconds" yaml:"terminationGracePeriodSeconds"`
	Tolerations *[]*RunnerDeploymentSpecTemplateSpecTolerations `field:"optional" json:"tolerations" yaml:"tolerations"`
	TopologySpreadConstraints *[]*RunnerDeploymentSpecTemplateSpecTopologySpreadConstraints `field:"optional" json:"topologySpreadConstraints" yaml:"topologySpreadConstraints"`
	VolumeMounts *[]*RunnerDeploymentSpecTemplateSpecVolumeMounts `field:"optional" json:"volumeMounts" yaml:"volumeMounts"`
	Volumes *[]*RunnerDeploymentSpecTemplateSpecVolumes `field:"optional" json:"volumes" yaml:"volumes"`
	VolumeSizeLimit RunnerDeploymentSpecTemplateSpecVolumeSizeLimit `field:"optional" json:"volumeSizeLimit" yaml:"volumeSizeLimit"`
	VolumeStorageMedium *string `field:"optional" json:"volumeStorageMedium" yaml:"volumeStorageMedium"`
	WorkDir *string `field:"optional" json:"workDir" yaml:"workDir"`
	WorkVolumeClaimTemplate *RunnerDeploymentSpecTemplateSpecWorkVolumeClaimTemplate `field:"optional" json:"workVolumeClaimTemplate" yaml:"workVolumeClaimTemplate"`
}

