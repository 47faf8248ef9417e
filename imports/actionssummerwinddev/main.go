// actionssummerwinddev
package actionssummerwinddev

import (
	"reflect"

	_jsii_ "github.com/aws/jsii-runtime-go/runtime"
)

func init() {
	_jsii_.RegisterClass(
		"actionssummerwinddev.HorizontalRunnerAutoscaler",
		reflect.TypeOf((*HorizontalRunnerAutoscaler)(nil)).Elem(),
		[]_jsii_.Member{
			_jsii_.MemberMethod{JsiiMethod: "addDependency", GoMethod: "AddDependency"},
			_jsii_.MemberMethod{JsiiMethod: "addJsonPatch", GoMethod: "AddJsonPatch"},
			_jsii_.MemberProperty{JsiiProperty: "apiGroup", GoGetter: "ApiGroup"},
			_jsii_.MemberProperty{JsiiProperty: "apiVersion", GoGetter: "ApiVersion"},
			_jsii_.MemberProperty{JsiiProperty: "chart", GoGetter: "Chart"},
			_jsii_.MemberProperty{JsiiProperty: "kind", GoGetter: "Kind"},
			_jsii_.MemberProperty{JsiiProperty: "metadata", GoGetter: "Metadata"},
			_jsii_.MemberProperty{JsiiProperty: "name", GoGetter: "Name"},
			_jsii_.MemberProperty{JsiiProperty: "node", GoGetter: "Node"},
			_jsii_.MemberMethod{JsiiMethod: "toJson", GoMethod: "ToJson"},
			_jsii_.MemberMethod{JsiiMethod: "toString", GoMethod: "ToString"},
			_jsii_.MemberMethod{JsiiMethod: "with", GoMethod: "With"},
		},
		func() interface{} {
			j := jsiiProxy_HorizontalRunnerAutoscaler{}
			_jsii_.InitJsiiProxy(&j.Type__cdk8sApiObject)
			return &j
		},
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.HorizontalRunnerAutoscalerProps",
		reflect.TypeOf((*HorizontalRunnerAutoscalerProps)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.HorizontalRunnerAutoscalerSpec",
		reflect.TypeOf((*HorizontalRunnerAutoscalerSpec)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.HorizontalRunnerAutoscalerSpecCapacityReservations",
		reflect.TypeOf((*HorizontalRunnerAutoscalerSpecCapacityReservations)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.HorizontalRunnerAutoscalerSpecGithubApiCredentialsFrom",
		reflect.TypeOf((*HorizontalRunnerAutoscalerSpecGithubApiCredentialsFrom)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.HorizontalRunnerAutoscalerSpecGithubApiCredentialsFromSecretRef",
		reflect.TypeOf((*HorizontalRunnerAutoscalerSpecGithubApiCredentialsFromSecretRef)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.HorizontalRunnerAutoscalerSpecMetrics",
		reflect.TypeOf((*HorizontalRunnerAutoscalerSpecMetrics)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.HorizontalRunnerAutoscalerSpecScaleTargetRef",
		reflect.TypeOf((*HorizontalRunnerAutoscalerSpecScaleTargetRef)(nil)).Elem(),
	)
	_jsii_.RegisterEnum(
		"actionssummerwinddev.HorizontalRunnerAutoscalerSpecScaleTargetRefKind",
		reflect.TypeOf((*HorizontalRunnerAutoscalerSpecScaleTargetRefKind)(nil)).Elem(),
		map[string]interface{}{
			"RUNNER_DEPLOYMENT": HorizontalRunnerAutoscalerSpecScaleTargetRefKind_RUNNER_DEPLOYMENT,
			"RUNNER_SET": HorizontalRunnerAutoscalerSpecScaleTargetRefKind_RUNNER_SET,
		},
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.HorizontalRunnerAutoscalerSpecScaleUpTriggers",
		reflect.TypeOf((*HorizontalRunnerAutoscalerSpecScaleUpTriggers)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.HorizontalRunnerAutoscalerSpecScaleUpTriggersGithubEvent",
		reflect.TypeOf((*HorizontalRunnerAutoscalerSpecScaleUpTriggersGithubEvent)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.HorizontalRunnerAutoscalerSpecScaleUpTriggersGithubEventCheckRun",
		reflect.TypeOf((*HorizontalRunnerAutoscalerSpecScaleUpTriggersGithubEventCheckRun)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.HorizontalRunnerAutoscalerSpecScaleUpTriggersGithubEventPullRequest",
		reflect.TypeOf((*HorizontalRunnerAutoscalerSpecScaleUpTriggersGithubEventPullRequest)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.HorizontalRunnerAutoscalerSpecScheduledOverrides",
		reflect.TypeOf((*HorizontalRunnerAutoscalerSpecScheduledOverrides)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.HorizontalRunnerAutoscalerSpecScheduledOverridesRecurrenceRule",
		reflect.TypeOf((*HorizontalRunnerAutoscalerSpecScheduledOverridesRecurrenceRule)(nil)).Elem(),
	)
	_jsii_.RegisterEnum(
		"actionssummerwinddev.HorizontalRunnerAutoscalerSpecScheduledOverridesRecurrenceRuleFrequency",
		reflect.TypeOf((*HorizontalRunnerAutoscalerSpecScheduledOverridesRecurrenceRuleFrequency)(nil)).Elem(),
		map[string]interface{}{
			"DAILY": HorizontalRunnerAutoscalerSpecScheduledOverridesRecurrenceRuleFrequency_DAILY,
			"WEEKLY": HorizontalRunnerAutoscalerSpecScheduledOverridesRecurrenceRuleFrequency_WEEKLY,
			"MONTHLY": HorizontalRunnerAutoscalerSpecScheduledOverridesRecurrenceRuleFrequency_MONTHLY,
			"YEARLY": HorizontalRunnerAutoscalerSpecScheduledOverridesRecurrenceRuleFrequency_YEARLY,
		},
	)
	_jsii_.RegisterClass(
		"actionssummerwinddev.RunnerDeployment",
		reflect.TypeOf((*RunnerDeployment)(nil)).Elem(),
		[]_jsii_.Member{
			_jsii_.MemberMethod{JsiiMethod: "addDependency", GoMethod: "AddDependency"},
			_jsii_.MemberMethod{JsiiMethod: "addJsonPatch", GoMethod: "AddJsonPatch"},
			_jsii_.MemberProperty{JsiiProperty: "apiGroup", GoGetter: "ApiGroup"},
			_jsii_.MemberProperty{JsiiProperty: "apiVersion", GoGetter: "ApiVersion"},
			_jsii_.MemberProperty{JsiiProperty: "chart", GoGetter: "Chart"},
			_jsii_.MemberProperty{JsiiProperty: "kind", GoGetter: "Kind"},
			_jsii_.MemberProperty{JsiiProperty: "metadata", GoGetter: "Metadata"},
			_jsii_.MemberProperty{JsiiProperty: "name", GoGetter: "Name"},
			_jsii_.MemberProperty{JsiiProperty: "node", GoGetter: "Node"},
			_jsii_.MemberMethod{JsiiMethod: "toJson", GoMethod: "ToJson"},
			_jsii_.MemberMethod{JsiiMethod: "toString", GoMethod: "ToString"},
			_jsii_.MemberMethod{JsiiMethod: "with", GoMethod: "With"},
		},
		func() interface{} {
			j := jsiiProxy_RunnerDeployment{}
			_jsii_.InitJsiiProxy(&j.Type__cdk8sApiObject)
			return &j
		},
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentProps",
		reflect.TypeOf((*RunnerDeploymentProps)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpec",
		reflect.TypeOf((*RunnerDeploymentSpec)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecSelector",
		reflect.TypeOf((*RunnerDeploymentSpecSelector)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecSelectorMatchExpressions",
		reflect.TypeOf((*RunnerDeploymentSpecSelectorMatchExpressions)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplate",
		reflect.TypeOf((*RunnerDeploymentSpecTemplate)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateMetadata",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateMetadata)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpec",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpec)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecAffinity",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecAffinity)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecAffinityNodeAffinity",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecAffinityNodeAffinity)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecAffinityNodeAffinityPreferredDuringSchedulingIgnoredDuringExecution",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecAffinityNodeAffinityPreferredDuringSchedulingIgnoredDuringExecution)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecAffinityNodeAffinityPreferredDuringSchedulingIgnoredDuringExecutionPreference",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecAffinityNodeAffinityPreferredDuringSchedulingIgnoredDuringExecutionPreference)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecAffinityNodeAffinityPreferredDuringSchedulingIgnoredDuringExecutionPreferenceMatchExpressions",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecAffinityNodeAffinityPreferredDuringSchedulingIgnoredDuringExecutionPreferenceMatchExpressions)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecAffinityNodeAffinityPreferredDuringSchedulingIgnoredDuringExecutionPreferenceMatchFields",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecAffinityNodeAffinityPreferredDuringSchedulingIgnoredDuringExecutionPreferenceMatchFields)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecAffinityNodeAffinityRequiredDuringSchedulingIgnoredDuringExecution",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecAffinityNodeAffinityRequiredDuringSchedulingIgnoredDuringExecution)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecAffinityNodeAffinityRequiredDuringSchedulingIgnoredDuringExecutionNodeSelectorTerms",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecAffinityNodeAffinityRequiredDuringSchedulingIgnoredDuringExecutionNodeSelectorTerms)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecAffinityNodeAffinityRequiredDuringSchedulingIgnoredDuringExecutionNodeSelectorTermsMatchExpressions",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecAffinityNodeAffinityRequiredDuringSchedulingIgnoredDuringExecutionNodeSelectorTermsMatchExpressions)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecAffinityNodeAffinityRequiredDuringSchedulingIgnoredDuringExecutionNodeSelectorTermsMatchFields",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecAffinityNodeAffinityRequiredDuringSchedulingIgnoredDuringExecutionNodeSelectorTermsMatchFields)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecAffinityPodAffinity",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecAffinityPodAffinity)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecAffinityPodAffinityPreferredDuringSchedulingIgnoredDuringExecution",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecAffinityPodAffinityPreferredDuringSchedulingIgnoredDuringExecution)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecAffinityPodAffinityPreferredDuringSchedulingIgnoredDuringExecutionPodAffinityTerm",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecAffinityPodAffinityPreferredDuringSchedulingIgnoredDuringExecutionPodAffinityTerm)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecAffinityPodAffinityPreferredDuringSchedulingIgnoredDuringExecutionPodAffinityTermLabelSelector",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecAffinityPodAffinityPreferredDuringSchedulingIgnoredDuringExecutionPodAffinityTermLabelSelector)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecAffinityPodAffinityPreferredDuringSchedulingIgnoredDuringExecutionPodAffinityTermLabelSelectorMatchExpressions",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecAffinityPodAffinityPreferredDuringSchedulingIgnoredDuringExecutionPodAffinityTermLabelSelectorMatchExpressions)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecAffinityPodAffinityPreferredDuringSchedulingIgnoredDuringExecutionPodAffinityTermNamespaceSelector",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecAffinityPodAffinityPreferredDuringSchedulingIgnoredDuringExecutionPodAffinityTermNamespaceSelector)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecAffinityPodAffinityPreferredDuringSchedulingIgnoredDuringExecutionPodAffinityTermNamespaceSelectorMatchExpressions",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecAffinityPodAffinityPreferredDuringSchedulingIgnoredDuringExecutionPodAffinityTermNamespaceSelectorMatchExpressions)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecAffinityPodAffinityRequiredDuringSchedulingIgnoredDuringExecution",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecAffinityPodAffinityRequiredDuringSchedulingIgnoredDuringExecution)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecAffinityPodAffinityRequiredDuringSchedulingIgnoredDuringExecutionLabelSelector",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecAffinityPodAffinityRequiredDuringSchedulingIgnoredDuringExecutionLabelSelector)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecAffinityPodAffinityRequiredDuringSchedulingIgnoredDuringExecutionLabelSelectorMatchExpressions",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecAffinityPodAffinityRequiredDuringSchedulingIgnoredDuringExecutionLabelSelectorMatchExpressions)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecAffinityPodAffinityRequiredDuringSchedulingIgnoredDuringExecutionNamespaceSelector",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecAffinityPodAffinityRequiredDuringSchedulingIgnoredDuringExecutionNamespaceSelector)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecAffinityPodAffinityRequiredDuringSchedulingIgnoredDuringExecutionNamespaceSelectorMatchExpressions",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecAffinityPodAffinityRequiredDuringSchedulingIgnoredDuringExecutionNamespaceSelectorMatchExpressions)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecAffinityPodAntiAffinity",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecAffinityPodAntiAffinity)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecAffinityPodAntiAffinityPreferredDuringSchedulingIgnoredDuringExecution",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecAffinityPodAntiAffinityPreferredDuringSchedulingIgnoredDuringExecution)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecAffinityPodAntiAffinityPreferredDuringSchedulingIgnoredDuringExecutionPodAffinityTerm",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecAffinityPodAntiAffinityPreferredDuringSchedulingIgnoredDuringExecutionPodAffinityTerm)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecAffinityPodAntiAffinityPreferredDuringSchedulingIgnoredDuringExecutionPodAffinityTermLabelSelector",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecAffinityPodAntiAffinityPreferredDuringSchedulingIgnoredDuringExecutionPodAffinityTermLabelSelector)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecAffinityPodAntiAffinityPreferredDuringSchedulingIgnoredDuringExecutionPodAffinityTermLabelSelectorMatchExpressions",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecAffinityPodAntiAffinityPreferredDuringSchedulingIgnoredDuringExecutionPodAffinityTermLabelSelectorMatchExpressions)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecAffinityPodAntiAffinityPreferredDuringSchedulingIgnoredDuringExecutionPodAffinityTermNamespaceSelector",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecAffinityPodAntiAffinityPreferredDuringSchedulingIgnoredDuringExecutionPodAffinityTermNamespaceSelector)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecAffinityPodAntiAffinityPreferredDuringSchedulingIgnoredDuringExecutionPodAffinityTermNamespaceSelectorMatchExpressions",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecAffinityPodAntiAffinityPreferredDuringSchedulingIgnoredDuringExecutionPodAffinityTermNamespaceSelectorMatchExpressions)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecAffinityPodAntiAffinityRequiredDuringSchedulingIgnoredDuringExecution",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecAffinityPodAntiAffinityRequiredDuringSchedulingIgnoredDuringExecution)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecAffinityPodAntiAffinityRequiredDuringSchedulingIgnoredDuringExecutionLabelSelector",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecAffinityPodAntiAffinityRequiredDuringSchedulingIgnoredDuringExecutionLabelSelector)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecAffinityPodAntiAffinityRequiredDuringSchedulingIgnoredDuringExecutionLabelSelectorMatchExpressions",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecAffinityPodAntiAffinityRequiredDuringSchedulingIgnoredDuringExecutionLabelSelectorMatchExpressions)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecAffinityPodAntiAffinityRequiredDuringSchedulingIgnoredDuringExecutionNamespaceSelector",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecAffinityPodAntiAffinityRequiredDuringSchedulingIgnoredDuringExecutionNamespaceSelector)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecAffinityPodAntiAffinityRequiredDuringSchedulingIgnoredDuringExecutionNamespaceSelectorMatchExpressions",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecAffinityPodAntiAffinityRequiredDuringSchedulingIgnoredDuringExecutionNamespaceSelectorMatchExpressions)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecContainers",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecContainers)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecContainersEnv",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecContainersEnv)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecContainersEnvFrom",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecContainersEnvFrom)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecContainersEnvFromConfigMapRef",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecContainersEnvFromConfigMapRef)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecContainersEnvFromSecretRef",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecContainersEnvFromSecretRef)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecContainersEnvValueFrom",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecContainersEnvValueFrom)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecContainersEnvValueFromConfigMapKeyRef",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecContainersEnvValueFromConfigMapKeyRef)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecContainersEnvValueFromFieldRef",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecContainersEnvValueFromFieldRef)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecContainersEnvValueFromResourceFieldRef",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecContainersEnvValueFromResourceFieldRef)(nil)).Elem(),
	)
	_jsii_.RegisterClass(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecContainersEnvValueFromResourceFieldRefDivisor",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecContainersEnvValueFromResourceFieldRefDivisor)(nil)).Elem(),
		[]_jsii_.Member{
			_jsii_.MemberProperty{JsiiProperty: "value", GoGetter: "Value"},
		},
		func() interface{} {
			return &jsiiProxy_RunnerDeploymentSpecTemplateSpecContainersEnvValueFromResourceFieldRefDivisor{}
		},
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecContainersEnvValueFromSecretKeyRef",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecContainersEnvValueFromSecretKeyRef)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecContainersLifecycle",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecContainersLifecycle)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecContainersLifecyclePostStart",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecContainersLifecyclePostStart)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecContainersLifecyclePostStartExec",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecContainersLifecyclePostStartExec)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecContainersLifecyclePostStartHttpGet",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecContainersLifecyclePostStartHttpGet)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecContainersLifecyclePostStartHttpGetHttpHeaders",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecContainersLifecyclePostStartHttpGetHttpHeaders)(nil)).Elem(),
	)
	_jsii_.RegisterClass(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecContainersLifecyclePostStartHttpGetPort",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecContainersLifecyclePostStartHttpGetPort)(nil)).Elem(),
		[]_jsii_.Member{
			_jsii_.MemberProperty{JsiiProperty: "value", GoGetter: "Value"},
		},
		func() interface{} {
			return &jsiiProxy_RunnerDeploymentSpecTemplateSpecContainersLifecyclePostStartHttpGetPort{}
		},
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecContainersLifecyclePostStartTcpSocket",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecContainersLifecyclePostStartTcpSocket)(nil)).Elem(),
	)
	_jsii_.RegisterClass(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecContainersLifecyclePostStartTcpSocketPort",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecContainersLifecyclePostStartTcpSocketPort)(nil)).Elem(),
		[]_jsii_.Member{
			_jsii_.MemberProperty{JsiiProperty: "value", GoGetter: "Value"},
		},
		func() interface{} {
			return &jsiiProxy_RunnerDeploymentSpecTemplateSpecContainersLifecyclePostStartTcpSocketPort{}
		},
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecContainersLifecyclePreStop",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecContainersLifecyclePreStop)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecContainersLifecyclePreStopExec",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecContainersLifecyclePreStopExec)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecContainersLifecyclePreStopHttpGet",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecContainersLifecyclePreStopHttpGet)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecContainersLifecyclePreStopHttpGetHttpHeaders",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecContainersLifecyclePreStopHttpGetHttpHeaders)(nil)).Elem(),
	)
	_jsii_.RegisterClass(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecContainersLifecyclePreStopHttpGetPort",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecContainersLifecyclePreStopHttpGetPort)(nil)).Elem(),
		[]_jsii_.Member{
			_jsii_.MemberProperty{JsiiProperty: "value", GoGetter: "Value"},
		},
		func() interface{} {
			return &jsiiProxy_RunnerDeploymentSpecTemplateSpecContainersLifecyclePreStopHttpGetPort{}
		},
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecContainersLifecyclePreStopTcpSocket",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecContainersLifecyclePreStopTcpSocket)(nil)).Elem(),
	)
	_jsii_.RegisterClass(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecContainersLifecyclePreStopTcpSocketPort",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecContainersLifecyclePreStopTcpSocketPort)(nil)).Elem(),
		[]_jsii_.Member{
			_jsii_.MemberProperty{JsiiProperty: "value", GoGetter: "Value"},
		},
		func() interface{} {
			return &jsiiProxy_RunnerDeploymentSpecTemplateSpecContainersLifecyclePreStopTcpSocketPort{}
		},
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecContainersLivenessProbe",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecContainersLivenessProbe)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecContainersLivenessProbeExec",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecContainersLivenessProbeExec)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecContainersLivenessProbeGrpc",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecContainersLivenessProbeGrpc)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecContainersLivenessProbeHttpGet",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecContainersLivenessProbeHttpGet)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecContainersLivenessProbeHttpGetHttpHeaders",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecContainersLivenessProbeHttpGetHttpHeaders)(nil)).Elem(),
	)
	_jsii_.RegisterClass(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecContainersLivenessProbeHttpGetPort",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecContainersLivenessProbeHttpGetPort)(nil)).Elem(),
		[]_jsii_.Member{
			_jsii_.MemberProperty{JsiiProperty: "value", GoGetter: "Value"},
		},
		func() interface{} {
			return &jsiiProxy_RunnerDeploymentSpecTemplateSpecContainersLivenessProbeHttpGetPort{}
		},
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecContainersLivenessProbeTcpSocket",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecContainersLivenessProbeTcpSocket)(nil)).Elem(),
	)
	_jsii_.RegisterClass(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecContainersLivenessProbeTcpSocketPort",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecContainersLivenessProbeTcpSocketPort)(nil)).Elem(),
		[]_jsii_.Member{
			_jsii_.MemberProperty{JsiiProperty: "value", GoGetter: "Value"},
		},
		func() interface{} {
			return &jsiiProxy_RunnerDeploymentSpecTemplateSpecContainersLivenessProbeTcpSocketPort{}
		},
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecContainersPorts",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecContainersPorts)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecContainersReadinessProbe",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecContainersReadinessProbe)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecContainersReadinessProbeExec",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecContainersReadinessProbeExec)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecContainersReadinessProbeGrpc",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecContainersReadinessProbeGrpc)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecContainersReadinessProbeHttpGet",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecContainersReadinessProbeHttpGet)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecContainersReadinessProbeHttpGetHttpHeaders",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecContainersReadinessProbeHttpGetHttpHeaders)(nil)).Elem(),
	)
	_jsii_.RegisterClass(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecContainersReadinessProbeHttpGetPort",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecContainersReadinessProbeHttpGetPort)(nil)).Elem(),
		[]_jsii_.Member{
			_jsii_.MemberProperty{JsiiProperty: "value", GoGetter: "Value"},
		},
		func() interface{} {
			return &jsiiProxy_RunnerDeploymentSpecTemplateSpecContainersReadinessProbeHttpGetPort{}
		},
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecContainersReadinessProbeTcpSocket",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecContainersReadinessProbeTcpSocket)(nil)).Elem(),
	)
	_jsii_.RegisterClass(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecContainersReadinessProbeTcpSocketPort",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecContainersReadinessProbeTcpSocketPort)(nil)).Elem(),
		[]_jsii_.Member{
			_jsii_.MemberProperty{JsiiProperty: "value", GoGetter: "Value"},
		},
		func() interface{} {
			return &jsiiProxy_RunnerDeploymentSpecTemplateSpecContainersReadinessProbeTcpSocketPort{}
		},
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecContainersResources",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecContainersResources)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecContainersResourcesClaims",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecContainersResourcesClaims)(nil)).Elem(),
	)
	_jsii_.RegisterClass(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecContainersResourcesLimits",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecContainersResourcesLimits)(nil)).Elem(),
		[]_jsii_.Member{
			_jsii_.MemberProperty{JsiiProperty: "value", GoGetter: "Value"},
		},
		func() interface{} {
			return &jsiiProxy_RunnerDeploymentSpecTemplateSpecContainersResourcesLimits{}
		},
	)
	_jsii_.RegisterClass(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecContainersResourcesRequests",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecContainersResourcesRequests)(nil)).Elem(),
		[]_jsii_.Member{
			_jsii_.MemberProperty{JsiiProperty: "value", GoGetter: "Value"},
		},
		func() interface{} {
			return &jsiiProxy_RunnerDeploymentSpecTemplateSpecContainersResourcesRequests{}
		},
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecContainersSecurityContext",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecContainersSecurityContext)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecContainersSecurityContextCapabilities",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecContainersSecurityContextCapabilities)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecContainersSecurityContextSeLinuxOptions",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecContainersSecurityContextSeLinuxOptions)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecContainersSecurityContextSeccompProfile",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecContainersSecurityContextSeccompProfile)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecContainersSecurityContextWindowsOptions",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecContainersSecurityContextWindowsOptions)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecContainersStartupProbe",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecContainersStartupProbe)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecContainersStartupProbeExec",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecContainersStartupProbeExec)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecContainersStartupProbeGrpc",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecContainersStartupProbeGrpc)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecContainersStartupProbeHttpGet",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecContainersStartupProbeHttpGet)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecContainersStartupProbeHttpGetHttpHeaders",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecContainersStartupProbeHttpGetHttpHeaders)(nil)).Elem(),
	)
	_jsii_.RegisterClass(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecContainersStartupProbeHttpGetPort",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecContainersStartupProbeHttpGetPort)(nil)).Elem(),
		[]_jsii_.Member{
			_jsii_.MemberProperty{JsiiProperty: "value", GoGetter: "Value"},
		},
		func() interface{} {
			return &jsiiProxy_RunnerDeploymentSpecTemplateSpecContainersStartupProbeHttpGetPort{}
		},
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecContainersStartupProbeTcpSocket",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecContainersStartupProbeTcpSocket)(nil)).Elem(),
	)
	_jsii_.RegisterClass(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecContainersStartupProbeTcpSocketPort",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecContainersStartupProbeTcpSocketPort)(nil)).Elem(),
		[]_jsii_.Member{
			_jsii_.MemberProperty{JsiiProperty: "value", GoGetter: "Value"},
		},
		func() interface{} {
			return &jsiiProxy_RunnerDeploymentSpecTemplateSpecContainersStartupProbeTcpSocketPort{}
		},
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecContainersVolumeDevices",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecContainersVolumeDevices)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecContainersVolumeMounts",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecContainersVolumeMounts)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecDnsConfig",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecDnsConfig)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecDnsConfigOptions",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecDnsConfigOptions)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecDockerEnv",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecDockerEnv)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecDockerEnvValueFrom",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecDockerEnvValueFrom)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecDockerEnvValueFromConfigMapKeyRef",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecDockerEnvValueFromConfigMapKeyRef)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecDockerEnvValueFromFieldRef",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecDockerEnvValueFromFieldRef)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecDockerEnvValueFromResourceFieldRef",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecDockerEnvValueFromResourceFieldRef)(nil)).Elem(),
	)
	_jsii_.RegisterClass(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecDockerEnvValueFromResourceFieldRefDivisor",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecDockerEnvValueFromResourceFieldRefDivisor)(nil)).Elem(),
		[]_jsii_.Member{
			_jsii_.MemberProperty{JsiiProperty: "value", GoGetter: "Value"},
		},
		func() interface{} {
			return &jsiiProxy_RunnerDeploymentSpecTemplateSpecDockerEnvValueFromResourceFieldRefDivisor{}
		},
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecDockerEnvValueFromSecretKeyRef",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecDockerEnvValueFromSecretKeyRef)(nil)).Elem(),
	)
	_jsii_.RegisterClass(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecDockerVarRunVolumeSizeLimit",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecDockerVarRunVolumeSizeLimit)(nil)).Elem(),
		[]_jsii_.Member{
			_jsii_.MemberProperty{JsiiProperty: "value", GoGetter: "Value"},
		},
		func() interface{} {
			return &jsiiProxy_RunnerDeploymentSpecTemplateSpecDockerVarRunVolumeSizeLimit{}
		},
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecDockerVolumeMounts",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecDockerVolumeMounts)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecDockerdContainerResources",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecDockerdContainerResources)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecDockerdContainerResourcesClaims",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecDockerdContainerResourcesClaims)(nil)).Elem(),
	)
	_jsii_.RegisterClass(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecDockerdContainerResourcesLimits",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecDockerdContainerResourcesLimits)(nil)).Elem(),
		[]_jsii_.Member{
			_jsii_.MemberProperty{JsiiProperty: "value", GoGetter: "Value"},
		},
		func() interface{} {
			return &jsiiProxy_RunnerDeploymentSpecTemplateSpecDockerdContainerResourcesLimits{}
		},
	)
	_jsii_.RegisterClass(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecDockerdContainerResourcesRequests",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecDockerdContainerResourcesRequests)(nil)).Elem(),
		[]_jsii_.Member{
			_jsii_.MemberProperty{JsiiProperty: "value", GoGetter: "Value"},
		},
		func() interface{} {
			return &jsiiProxy_RunnerDeploymentSpecTemplateSpecDockerdContainerResourcesRequests{}
		},
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecEnv",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecEnv)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecEnvFrom",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecEnvFrom)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecEnvFromConfigMapRef",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecEnvFromConfigMapRef)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecEnvFromSecretRef",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecEnvFromSecretRef)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecEnvValueFrom",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecEnvValueFrom)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecEnvValueFromConfigMapKeyRef",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecEnvValueFromConfigMapKeyRef)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecEnvValueFromFieldRef",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecEnvValueFromFieldRef)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecEnvValueFromResourceFieldRef",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecEnvValueFromResourceFieldRef)(nil)).Elem(),
	)
	_jsii_.RegisterClass(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecEnvValueFromResourceFieldRefDivisor",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecEnvValueFromResourceFieldRefDivisor)(nil)).Elem(),
		[]_jsii_.Member{
			_jsii_.MemberProperty{JsiiProperty: "value", GoGetter: "Value"},
		},
		func() interface{} {
			return &jsiiProxy_RunnerDeploymentSpecTemplateSpecEnvValueFromResourceFieldRefDivisor{}
		},
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecEnvValueFromSecretKeyRef",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecEnvValueFromSecretKeyRef)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecEphemeralContainers",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecEphemeralContainers)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecEphemeralContainersEnv",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecEphemeralContainersEnv)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecEphemeralContainersEnvFrom",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecEphemeralContainersEnvFrom)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecEphemeralContainersEnvFromConfigMapRef",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecEphemeralContainersEnvFromConfigMapRef)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecEphemeralContainersEnvFromSecretRef",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecEphemeralContainersEnvFromSecretRef)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecEphemeralContainersEnvValueFrom",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecEphemeralContainersEnvValueFrom)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecEphemeralContainersEnvValueFromConfigMapKeyRef",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecEphemeralContainersEnvValueFromConfigMapKeyRef)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecEphemeralContainersEnvValueFromFieldRef",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecEphemeralContainersEnvValueFromFieldRef)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecEphemeralContainersEnvValueFromResourceFieldRef",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecEphemeralContainersEnvValueFromResourceFieldRef)(nil)).Elem(),
	)
	_jsii_.RegisterClass(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecEphemeralContainersEnvValueFromResourceFieldRefDivisor",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecEphemeralContainersEnvValueFromResourceFieldRefDivisor)(nil)).Elem(),
		[]_jsii_.Member{
			_jsii_.MemberProperty{JsiiProperty: "value", GoGetter: "Value"},
		},
		func() interface{} {
			return &jsiiProxy_RunnerDeploymentSpecTemplateSpecEphemeralContainersEnvValueFromResourceFieldRefDivisor{}
		},
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecEphemeralContainersEnvValueFromSecretKeyRef",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecEphemeralContainersEnvValueFromSecretKeyRef)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecEphemeralContainersLifecycle",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecEphemeralContainersLifecycle)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecEphemeralContainersLifecyclePostStart",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecEphemeralContainersLifecyclePostStart)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecEphemeralContainersLifecyclePostStartExec",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecEphemeralContainersLifecyclePostStartExec)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecEphemeralContainersLifecyclePostStartHttpGet",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecEphemeralContainersLifecyclePostStartHttpGet)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecEphemeralContainersLifecyclePostStartHttpGetHttpHeaders",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecEphemeralContainersLifecyclePostStartHttpGetHttpHeaders)(nil)).Elem(),
	)
	_jsii_.RegisterClass(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecEphemeralContainersLifecyclePostStartHttpGetPort",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecEphemeralContainersLifecyclePostStartHttpGetPort)(nil)).Elem(),
		[]_jsii_.Member{
			_jsii_.MemberProperty{JsiiProperty: "value", GoGetter: "Value"},
		},
		func() interface{} {
			return &jsiiProxy_RunnerDeploymentSpecTemplateSpecEphemeralContainersLifecyclePostStartHttpGetPort{}
		},
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecEphemeralContainersLifecyclePostStartTcpSocket",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecEphemeralContainersLifecyclePostStartTcpSocket)(nil)).Elem(),
	)
	_jsii_.RegisterClass(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecEphemeralContainersLifecyclePostStartTcpSocketPort",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecEphemeralContainersLifecyclePostStartTcpSocketPort)(nil)).Elem(),
		[]_jsii_.Member{
			_jsii_.MemberProperty{JsiiProperty: "value", GoGetter: "Value"},
		},
		func() interface{} {
			return &jsiiProxy_RunnerDeploymentSpecTemplateSpecEphemeralContainersLifecyclePostStartTcpSocketPort{}
		},
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecEphemeralContainersLifecyclePreStop",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecEphemeralContainersLifecyclePreStop)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecEphemeralContainersLifecyclePreStopExec",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecEphemeralContainersLifecyclePreStopExec)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecEphemeralContainersLifecyclePreStopHttpGet",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecEphemeralContainersLifecyclePreStopHttpGet)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecEphemeralContainersLifecyclePreStopHttpGetHttpHeaders",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecEphemeralContainersLifecyclePreStopHttpGetHttpHeaders)(nil)).Elem(),
	)
	_jsii_.RegisterClass(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecEphemeralContainersLifecyclePreStopHttpGetPort",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecEphemeralContainersLifecyclePreStopHttpGetPort)(nil)).Elem(),
		[]_jsii_.Member{
			_jsii_.MemberProperty{JsiiProperty: "value", GoGetter: "Value"},
		},
		func() interface{} {
			return &jsiiProxy_RunnerDeploymentSpecTemplateSpecEphemeralContainersLifecyclePreStopHttpGetPort{}
		},
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecEphemeralContainersLifecyclePreStopTcpSocket",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecEphemeralContainersLifecyclePreStopTcpSocket)(nil)).Elem(),
	)
	_jsii_.RegisterClass(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecEphemeralContainersLifecyclePreStopTcpSocketPort",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecEphemeralContainersLifecyclePreStopTcpSocketPort)(nil)).Elem(),
		[]_jsii_.Member{
			_jsii_.MemberProperty{JsiiProperty: "value", GoGetter: "Value"},
		},
		func() interface{} {
			return &jsiiProxy_RunnerDeploymentSpecTemplateSpecEphemeralContainersLifecyclePreStopTcpSocketPort{}
		},
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecEphemeralContainersLivenessProbe",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecEphemeralContainersLivenessProbe)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecEphemeralContainersLivenessProbeExec",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecEphemeralContainersLivenessProbeExec)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecEphemeralContainersLivenessProbeGrpc",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecEphemeralContainersLivenessProbeGrpc)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecEphemeralContainersLivenessProbeHttpGet",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecEphemeralContainersLivenessProbeHttpGet)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecEphemeralContainersLivenessProbeHttpGetHttpHeaders",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecEphemeralContainersLivenessProbeHttpGetHttpHeaders)(nil)).Elem(),
	)
	_jsii_.RegisterClass(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecEphemeralContainersLivenessProbeHttpGetPort",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecEphemeralContainersLivenessProbeHttpGetPort)(nil)).Elem(),
		[]_jsii_.Member{
			_jsii_.MemberProperty{JsiiProperty: "value", GoGetter: "Value"},
		},
		func() interface{} {
			return &jsiiProxy_RunnerDeploymentSpecTemplateSpecEphemeralContainersLivenessProbeHttpGetPort{}
		},
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecEphemeralContainersLivenessProbeTcpSocket",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecEphemeralContainersLivenessProbeTcpSocket)(nil)).Elem(),
	)
	_jsii_.RegisterClass(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecEphemeralContainersLivenessProbeTcpSocketPort",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecEphemeralContainersLivenessProbeTcpSocketPort)(nil)).Elem(),
		[]_jsii_.Member{
			_jsii_.MemberProperty{JsiiProperty: "value", GoGetter: "Value"},
		},
		func() interface{} {
			return &jsiiProxy_RunnerDeploymentSpecTemplateSpecEphemeralContainersLivenessProbeTcpSocketPort{}
		},
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecEphemeralContainersPorts",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecEphemeralContainersPorts)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecEphemeralContainersReadinessProbe",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecEphemeralContainersReadinessProbe)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecEphemeralContainersReadinessProbeExec",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecEphemeralContainersReadinessProbeExec)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecEphemeralContainersReadinessProbeGrpc",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecEphemeralContainersReadinessProbeGrpc)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecEphemeralContainersReadinessProbeHttpGet",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecEphemeralContainersReadinessProbeHttpGet)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecEphemeralContainersReadinessProbeHttpGetHttpHeaders",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecEphemeralContainersReadinessProbeHttpGetHttpHeaders)(nil)).Elem(),
	)
	_jsii_.RegisterClass(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecEphemeralContainersReadinessProbeHttpGetPort",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecEphemeralContainersReadinessProbeHttpGetPort)(nil)).Elem(),
		[]_jsii_.Member{
			_jsii_.MemberProperty{JsiiProperty: "value", GoGetter: "Value"},
		},
		func() interface{} {
			return &jsiiProxy_RunnerDeploymentSpecTemplateSpecEphemeralContainersReadinessProbeHttpGetPort{}
		},
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecEphemeralContainersReadinessProbeTcpSocket",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecEphemeralContainersReadinessProbeTcpSocket)(nil)).Elem(),
	)
	_jsii_.RegisterClass(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecEphemeralContainersReadinessProbeTcpSocketPort",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecEphemeralContainersReadinessProbeTcpSocketPort)(nil)).Elem(),
		[]_jsii_.Member{
			_jsii_.MemberProperty{JsiiProperty: "value", GoGetter: "Value"},
		},
		func() interface{} {
			return &jsiiProxy_RunnerDeploymentSpecTemplateSpecEphemeralContainersReadinessProbeTcpSocketPort{}
		},
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecEphemeralContainersResources",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecEphemeralContainersResources)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecEphemeralContainersResourcesClaims",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecEphemeralContainersResourcesClaims)(nil)).Elem(),
	)
	_jsii_.RegisterClass(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecEphemeralContainersResourcesLimits",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecEphemeralContainersResourcesLimits)(nil)).Elem(),
		[]_jsii_.Member{
			_jsii_.MemberProperty{JsiiProperty: "value", GoGetter: "Value"},
		},
		func() interface{} {
			return &jsiiProxy_RunnerDeploymentSpecTemplateSpecEphemeralContainersResourcesLimits{}
		},
	)
	_jsii_.RegisterClass(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecEphemeralContainersResourcesRequests",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecEphemeralContainersResourcesRequests)(nil)).Elem(),
		[]_jsii_.Member{
			_jsii_.MemberProperty{JsiiProperty: "value", GoGetter: "Value"},
		},
		func() interface{} {
			return &jsiiProxy_RunnerDeploymentSpecTemplateSpecEphemeralContainersResourcesRequests{}
		},
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecEphemeralContainersSecurityContext",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecEphemeralContainersSecurityContext)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecEphemeralContainersSecurityContextCapabilities",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecEphemeralContainersSecurityContextCapabilities)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecEphemeralContainersSecurityContextSeLinuxOptions",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecEphemeralContainersSecurityContextSeLinuxOptions)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecEphemeralContainersSecurityContextSeccompProfile",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecEphemeralContainersSecurityContextSeccompProfile)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecEphemeralContainersSecurityContextWindowsOptions",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecEphemeralContainersSecurityContextWindowsOptions)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecEphemeralContainersStartupProbe",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecEphemeralContainersStartupProbe)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecEphemeralContainersStartupProbeExec",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecEphemeralContainersStartupProbeExec)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecEphemeralContainersStartupProbeGrpc",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecEphemeralContainersStartupProbeGrpc)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecEphemeralContainersStartupProbeHttpGet",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecEphemeralContainersStartupProbeHttpGet)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecEphemeralContainersStartupProbeHttpGetHttpHeaders",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecEphemeralContainersStartupProbeHttpGetHttpHeaders)(nil)).Elem(),
	)
	_jsii_.RegisterClass(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecEphemeralContainersStartupProbeHttpGetPort",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecEphemeralContainersStartupProbeHttpGetPort)(nil)).Elem(),
		[]_jsii_.Member{
			_jsii_.MemberProperty{JsiiProperty: "value", GoGetter: "Value"},
		},
		func() interface{} {
			return &jsiiProxy_RunnerDeploymentSpecTemplateSpecEphemeralContainersStartupProbeHttpGetPort{}
		},
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecEphemeralContainersStartupProbeTcpSocket",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecEphemeralContainersStartupProbeTcpSocket)(nil)).Elem(),
	)
	_jsii_.RegisterClass(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecEphemeralContainersStartupProbeTcpSocketPort",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecEphemeralContainersStartupProbeTcpSocketPort)(nil)).Elem(),
		[]_jsii_.Member{
			_jsii_.MemberProperty{JsiiProperty: "value", GoGetter: "Value"},
		},
		func() interface{} {
			return &jsiiProxy_RunnerDeploymentSpecTemplateSpecEphemeralContainersStartupProbeTcpSocketPort{}
		},
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecEphemeralContainersVolumeDevices",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecEphemeralContainersVolumeDevices)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecEphemeralContainersVolumeMounts",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecEphemeralContainersVolumeMounts)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecGithubApiCredentialsFrom",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecGithubApiCredentialsFrom)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecGithubApiCredentialsFromSecretRef",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecGithubApiCredentialsFromSecretRef)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecHostAliases",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecHostAliases)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecImagePullSecrets",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecImagePullSecrets)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecInitContainers",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecInitContainers)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecInitContainersEnv",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecInitContainersEnv)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecInitContainersEnvFrom",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecInitContainersEnvFrom)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecInitContainersEnvFromConfigMapRef",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecInitContainersEnvFromConfigMapRef)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecInitContainersEnvFromSecretRef",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecInitContainersEnvFromSecretRef)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecInitContainersEnvValueFrom",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecInitContainersEnvValueFrom)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecInitContainersEnvValueFromConfigMapKeyRef",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecInitContainersEnvValueFromConfigMapKeyRef)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecInitContainersEnvValueFromFieldRef",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecInitContainersEnvValueFromFieldRef)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecInitContainersEnvValueFromResourceFieldRef",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecInitContainersEnvValueFromResourceFieldRef)(nil)).Elem(),
	)
	_jsii_.RegisterClass(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecInitContainersEnvValueFromResourceFieldRefDivisor",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecInitContainersEnvValueFromResourceFieldRefDivisor)(nil)).Elem(),
		[]_jsii_.Member{
			_jsii_.MemberProperty{JsiiProperty: "value", GoGetter: "Value"},
		},
		func() interface{} {
			return &jsiiProxy_RunnerDeploymentSpecTemplateSpecInitContainersEnvValueFromResourceFieldRefDivisor{}
		},
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecInitContainersEnvValueFromSecretKeyRef",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecInitContainersEnvValueFromSecretKeyRef)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecInitContainersLifecycle",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecInitContainersLifecycle)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecInitContainersLifecyclePostStart",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecInitContainersLifecyclePostStart)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecInitContainersLifecyclePostStartExec",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecInitContainersLifecyclePostStartExec)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecInitContainersLifecyclePostStartHttpGet",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecInitContainersLifecyclePostStartHttpGet)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecInitContainersLifecyclePostStartHttpGetHttpHeaders",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecInitContainersLifecyclePostStartHttpGetHttpHeaders)(nil)).Elem(),
	)
	_jsii_.RegisterClass(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecInitContainersLifecyclePostStartHttpGetPort",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecInitContainersLifecyclePostStartHttpGetPort)(nil)).Elem(),
		[]_jsii_.Member{
			_jsii_.MemberProperty{JsiiProperty: "value", GoGetter: "Value"},
		},
		func() interface{} {
			return &jsiiProxy_RunnerDeploymentSpecTemplateSpecInitContainersLifecyclePostStartHttpGetPort{}
		},
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecInitContainersLifecyclePostStartTcpSocket",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecInitContainersLifecyclePostStartTcpSocket)(nil)).Elem(),
	)
	_jsii_.RegisterClass(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecInitContainersLifecyclePostStartTcpSocketPort",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecInitContainersLifecyclePostStartTcpSocketPort)(nil)).Elem(),
		[]_jsii_.Member{
			_jsii_.MemberProperty{JsiiProperty: "value", GoGetter: "Value"},
		},
		func() interface{} {
			return &jsiiProxy_RunnerDeploymentSpecTemplateSpecInitContainersLifecyclePostStartTcpSocketPort{}
		},
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecInitContainersLifecyclePreStop",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecInitContainersLifecyclePreStop)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecInitContainersLifecyclePreStopExec",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecInitContainersLifecyclePreStopExec)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecInitContainersLifecyclePreStopHttpGet",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecInitContainersLifecyclePreStopHttpGet)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecInitContainersLifecyclePreStopHttpGetHttpHeaders",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecInitContainersLifecyclePreStopHttpGetHttpHeaders)(nil)).Elem(),
	)
	_jsii_.RegisterClass(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecInitContainersLifecyclePreStopHttpGetPort",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecInitContainersLifecyclePreStopHttpGetPort)(nil)).Elem(),
		[]_jsii_.Member{
			_jsii_.MemberProperty{JsiiProperty: "value", GoGetter: "Value"},
		},
		func() interface{} {
			return &jsiiProxy_RunnerDeploymentSpecTemplateSpecInitContainersLifecyclePreStopHttpGetPort{}
		},
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecInitContainersLifecyclePreStopTcpSocket",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecInitContainersLifecyclePreStopTcpSocket)(nil)).Elem(),
	)
	_jsii_.RegisterClass(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecInitContainersLifecyclePreStopTcpSocketPort",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecInitContainersLifecyclePreStopTcpSocketPort)(nil)).Elem(),
		[]_jsii_.Member{
			_jsii_.MemberProperty{JsiiProperty: "value", GoGetter: "Value"},
		},
		func() interface{} {
			return &jsiiProxy_RunnerDeploymentSpecTemplateSpecInitContainersLifecyclePreStopTcpSocketPort{}
		},
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecInitContainersLivenessProbe",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecInitContainersLivenessProbe)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecInitContainersLivenessProbeExec",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecInitContainersLivenessProbeExec)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecInitContainersLivenessProbeGrpc",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecInitContainersLivenessProbeGrpc)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecInitContainersLivenessProbeHttpGet",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecInitContainersLivenessProbeHttpGet)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecInitContainersLivenessProbeHttpGetHttpHeaders",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecInitContainersLivenessProbeHttpGetHttpHeaders)(nil)).Elem(),
	)
	_jsii_.RegisterClass(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecInitContainersLivenessProbeHttpGetPort",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecInitContainersLivenessProbeHttpGetPort)(nil)).Elem(),
		[]_jsii_.Member{
			_jsii_.MemberProperty{JsiiProperty: "value", GoGetter: "Value"},
		},
		func() interface{} {
			return &jsiiProxy_RunnerDeploymentSpecTemplateSpecInitContainersLivenessProbeHttpGetPort{}
		},
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecInitContainersLivenessProbeTcpSocket",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecInitContainersLivenessProbeTcpSocket)(nil)).Elem(),
	)
	_jsii_.RegisterClass(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecInitContainersLivenessProbeTcpSocketPort",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecInitContainersLivenessProbeTcpSocketPort)(nil)).Elem(),
		[]_jsii_.Member{
			_jsii_.MemberProperty{JsiiProperty: "value", GoGetter: "Value"},
		},
		func() interface{} {
			return &jsiiProxy_RunnerDeploymentSpecTemplateSpecInitContainersLivenessProbeTcpSocketPort{}
		},
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecInitContainersPorts",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecInitContainersPorts)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecInitContainersReadinessProbe",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecInitContainersReadinessProbe)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecInitContainersReadinessProbeExec",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecInitContainersReadinessProbeExec)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecInitContainersReadinessProbeGrpc",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecInitContainersReadinessProbeGrpc)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecInitContainersReadinessProbeHttpGet",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecInitContainersReadinessProbeHttpGet)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecInitContainersReadinessProbeHttpGetHttpHeaders",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecInitContainersReadinessProbeHttpGetHttpHeaders)(nil)).Elem(),
	)
	_jsii_.RegisterClass(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecInitContainersReadinessProbeHttpGetPort",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecInitContainersReadinessProbeHttpGetPort)(nil)).Elem(),
		[]_jsii_.Member{
			_jsii_.MemberProperty{JsiiProperty: "value", GoGetter: "Value"},
		},
		func() interface{} {
			return &jsiiProxy_RunnerDeploymentSpecTemplateSpecInitContainersReadinessProbeHttpGetPort{}
		},
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecInitContainersReadinessProbeTcpSocket",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecInitContainersReadinessProbeTcpSocket)(nil)).Elem(),
	)
	_jsii_.RegisterClass(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecInitContainersReadinessProbeTcpSocketPort",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecInitContainersReadinessProbeTcpSocketPort)(nil)).Elem(),
		[]_jsii_.Member{
			_jsii_.MemberProperty{JsiiProperty: "value", GoGetter: "Value"},
		},
		func() interface{} {
			return &jsiiProxy_RunnerDeploymentSpecTemplateSpecInitContainersReadinessProbeTcpSocketPort{}
		},
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecInitContainersResources",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecInitContainersResources)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecInitContainersResourcesClaims",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecInitContainersResourcesClaims)(nil)).Elem(),
	)
	_jsii_.RegisterClass(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecInitContainersResourcesLimits",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecInitContainersResourcesLimits)(nil)).Elem(),
		[]_jsii_.Member{
			_jsii_.MemberProperty{JsiiProperty: "value", GoGetter: "Value"},
		},
		func() interface{} {
			return &jsiiProxy_RunnerDeploymentSpecTemplateSpecInitContainersResourcesLimits{}
		},
	)
	_jsii_.RegisterClass(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecInitContainersResourcesRequests",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecInitContainersResourcesRequests)(nil)).Elem(),
		[]_jsii_.Member{
			_jsii_.MemberProperty{JsiiProperty: "value", GoGetter: "Value"},
		},
		func() interface{} {
			return &jsiiProxy_RunnerDeploymentSpecTemplateSpecInitContainersResourcesRequests{}
		},
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecInitContainersSecurityContext",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecInitContainersSecurityContext)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecInitContainersSecurityContextCapabilities",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecInitContainersSecurityContextCapabilities)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecInitContainersSecurityContextSeLinuxOptions",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecInitContainersSecurityContextSeLinuxOptions)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecInitContainersSecurityContextSeccompProfile",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecInitContainersSecurityContextSeccompProfile)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecInitContainersSecurityContextWindowsOptions",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecInitContainersSecurityContextWindowsOptions)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecInitContainersStartupProbe",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecInitContainersStartupProbe)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecInitContainersStartupProbeExec",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecInitContainersStartupProbeExec)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecInitContainersStartupProbeGrpc",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecInitContainersStartupProbeGrpc)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecInitContainersStartupProbeHttpGet",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecInitContainersStartupProbeHttpGet)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecInitContainersStartupProbeHttpGetHttpHeaders",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecInitContainersStartupProbeHttpGetHttpHeaders)(nil)).Elem(),
	)
	_jsii_.RegisterClass(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecInitContainersStartupProbeHttpGetPort",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecInitContainersStartupProbeHttpGetPort)(nil)).Elem(),
		[]_jsii_.Member{
			_jsii_.MemberProperty{JsiiProperty: "value", GoGetter: "Value"},
		},
		func() interface{} {
			return &jsiiProxy_RunnerDeploymentSpecTemplateSpecInitContainersStartupProbeHttpGetPort{}
		},
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecInitContainersStartupProbeTcpSocket",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecInitContainersStartupProbeTcpSocket)(nil)).Elem(),
	)
	_jsii_.RegisterClass(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecInitContainersStartupProbeTcpSocketPort",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecInitContainersStartupProbeTcpSocketPort)(nil)).Elem(),
		[]_jsii_.Member{
			_jsii_.MemberProperty{JsiiProperty: "value", GoGetter: "Value"},
		},
		func() interface{} {
			return &jsiiProxy_RunnerDeploymentSpecTemplateSpecInitContainersStartupProbeTcpSocketPort{}
		},
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecInitContainersVolumeDevices",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecInitContainersVolumeDevices)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecInitContainersVolumeMounts",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecInitContainersVolumeMounts)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecResources",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecResources)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecResourcesClaims",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecResourcesClaims)(nil)).Elem(),
	)
	_jsii_.RegisterClass(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecResourcesLimits",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecResourcesLimits)(nil)).Elem(),
		[]_jsii_.Member{
			_jsii_.MemberProperty{JsiiProperty: "value", GoGetter: "Value"},
		},
		func() interface{} {
			return &jsiiProxy_RunnerDeploymentSpecTemplateSpecResourcesLimits{}
		},
	)
	_jsii_.RegisterClass(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecResourcesRequests",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecResourcesRequests)(nil)).Elem(),
		[]_jsii_.Member{
			_jsii_.MemberProperty{JsiiProperty: "value", GoGetter: "Value"},
		},
		func() interface{} {
			return &jsiiProxy_RunnerDeploymentSpecTemplateSpecResourcesRequests{}
		},
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecSecurityContext",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecSecurityContext)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecSecurityContextSeLinuxOptions",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecSecurityContextSeLinuxOptions)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecSecurityContextSeccompProfile",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecSecurityContextSeccompProfile)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecSecurityContextSysctls",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecSecurityContextSysctls)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecSecurityContextWindowsOptions",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecSecurityContextWindowsOptions)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecSidecarContainers",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecSidecarContainers)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecSidecarContainersEnv",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecSidecarContainersEnv)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecSidecarContainersEnvFrom",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecSidecarContainersEnvFrom)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecSidecarContainersEnvFromConfigMapRef",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecSidecarContainersEnvFromConfigMapRef)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecSidecarContainersEnvFromSecretRef",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecSidecarContainersEnvFromSecretRef)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecSidecarContainersEnvValueFrom",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecSidecarContainersEnvValueFrom)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecSidecarContainersEnvValueFromConfigMapKeyRef",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecSidecarContainersEnvValueFromConfigMapKeyRef)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecSidecarContainersEnvValueFromFieldRef",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecSidecarContainersEnvValueFromFieldRef)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecSidecarContainersEnvValueFromResourceFieldRef",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecSidecarContainersEnvValueFromResourceFieldRef)(nil)).Elem(),
	)
	_jsii_.RegisterClass(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecSidecarContainersEnvValueFromResourceFieldRefDivisor",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecSidecarContainersEnvValueFromResourceFieldRefDivisor)(nil)).Elem(),
		[]_jsii_.Member{
			_jsii_.MemberProperty{JsiiProperty: "value", GoGetter: "Value"},
		},
		func() interface{} {
			return &jsiiProxy_RunnerDeploymentSpecTemplateSpecSidecarContainersEnvValueFromResourceFieldRefDivisor{}
		},
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecSidecarContainersEnvValueFromSecretKeyRef",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecSidecarContainersEnvValueFromSecretKeyRef)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecSidecarContainersLifecycle",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecSidecarContainersLifecycle)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecSidecarContainersLifecyclePostStart",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecSidecarContainersLifecyclePostStart)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecSidecarContainersLifecyclePostStartExec",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecSidecarContainersLifecyclePostStartExec)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecSidecarContainersLifecyclePostStartHttpGet",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecSidecarContainersLifecyclePostStartHttpGet)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecSidecarContainersLifecyclePostStartHttpGetHttpHeaders",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecSidecarContainersLifecyclePostStartHttpGetHttpHeaders)(nil)).Elem(),
	)
	_jsii_.RegisterClass(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecSidecarContainersLifecyclePostStartHttpGetPort",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecSidecarContainersLifecyclePostStartHttpGetPort)(nil)).Elem(),
		[]_jsii_.Member{
			_jsii_.MemberProperty{JsiiProperty: "value", GoGetter: "Value"},
		},
		func() interface{} {
			return &jsiiProxy_RunnerDeploymentSpecTemplateSpecSidecarContainersLifecyclePostStartHttpGetPort{}
		},
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecSidecarContainersLifecyclePostStartTcpSocket",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecSidecarContainersLifecyclePostStartTcpSocket)(nil)).Elem(),
	)
	_jsii_.RegisterClass(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecSidecarContainersLifecyclePostStartTcpSocketPort",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecSidecarContainersLifecyclePostStartTcpSocketPort)(nil)).Elem(),
		[]_jsii_.Member{
			_jsii_.MemberProperty{JsiiProperty: "value", GoGetter: "Value"},
		},
		func() interface{} {
			return &jsiiProxy_RunnerDeploymentSpecTemplateSpecSidecarContainersLifecyclePostStartTcpSocketPort{}
		},
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecSidecarContainersLifecyclePreStop",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecSidecarContainersLifecyclePreStop)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecSidecarContainersLifecyclePreStopExec",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecSidecarContainersLifecyclePreStopExec)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecSidecarContainersLifecyclePreStopHttpGet",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecSidecarContainersLifecyclePreStopHttpGet)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecSidecarContainersLifecyclePreStopHttpGetHttpHeaders",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecSidecarContainersLifecyclePreStopHttpGetHttpHeaders)(nil)).Elem(),
	)
	_jsii_.RegisterClass(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecSidecarContainersLifecyclePreStopHttpGetPort",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecSidecarContainersLifecyclePreStopHttpGetPort)(nil)).Elem(),
		[]_jsii_.Member{
			_jsii_.MemberProperty{JsiiProperty: "value", GoGetter: "Value"},
		},
		func() interface{} {
			return &jsiiProxy_RunnerDeploymentSpecTemplateSpecSidecarContainersLifecyclePreStopHttpGetPort{}
		},
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecSidecarContainersLifecyclePreStopTcpSocket",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecSidecarContainersLifecyclePreStopTcpSocket)(nil)).Elem(),
	)
	_jsii_.RegisterClass(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecSidecarContainersLifecyclePreStopTcpSocketPort",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecSidecarContainersLifecyclePreStopTcpSocketPort)(nil)).Elem(),
		[]_jsii_.Member{
			_jsii_.MemberProperty{JsiiProperty: "value", GoGetter: "Value"},
		},
		func() interface{} {
			return &jsiiProxy_RunnerDeploymentSpecTemplateSpecSidecarContainersLifecyclePreStopTcpSocketPort{}
		},
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecSidecarContainersLivenessProbe",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecSidecarContainersLivenessProbe)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecSidecarContainersLivenessProbeExec",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecSidecarContainersLivenessProbeExec)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecSidecarContainersLivenessProbeGrpc",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecSidecarContainersLivenessProbeGrpc)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecSidecarContainersLivenessProbeHttpGet",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecSidecarContainersLivenessProbeHttpGet)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecSidecarContainersLivenessProbeHttpGetHttpHeaders",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecSidecarContainersLivenessProbeHttpGetHttpHeaders)(nil)).Elem(),
	)
	_jsii_.RegisterClass(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecSidecarContainersLivenessProbeHttpGetPort",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecSidecarContainersLivenessProbeHttpGetPort)(nil)).Elem(),
		[]_jsii_.Member{
			_jsii_.MemberProperty{JsiiProperty: "value", GoGetter: "Value"},
		},
		func() interface{} {
			return &jsiiProxy_RunnerDeploymentSpecTemplateSpecSidecarContainersLivenessProbeHttpGetPort{}
		},
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecSidecarContainersLivenessProbeTcpSocket",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecSidecarContainersLivenessProbeTcpSocket)(nil)).Elem(),
	)
	_jsii_.RegisterClass(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecSidecarContainersLivenessProbeTcpSocketPort",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecSidecarContainersLivenessProbeTcpSocketPort)(nil)).Elem(),
		[]_jsii_.Member{
			_jsii_.MemberProperty{JsiiProperty: "value", GoGetter: "Value"},
		},
		func() interface{} {
			return &jsiiProxy_RunnerDeploymentSpecTemplateSpecSidecarContainersLivenessProbeTcpSocketPort{}
		},
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecSidecarContainersPorts",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecSidecarContainersPorts)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecSidecarContainersReadinessProbe",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecSidecarContainersReadinessProbe)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecSidecarContainersReadinessProbeExec",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecSidecarContainersReadinessProbeExec)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecSidecarContainersReadinessProbeGrpc",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecSidecarContainersReadinessProbeGrpc)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecSidecarContainersReadinessProbeHttpGet",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecSidecarContainersReadinessProbeHttpGet)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecSidecarContainersReadinessProbeHttpGetHttpHeaders",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecSidecarContainersReadinessProbeHttpGetHttpHeaders)(nil)).Elem(),
	)
	_jsii_.RegisterClass(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecSidecarContainersReadinessProbeHttpGetPort",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecSidecarContainersReadinessProbeHttpGetPort)(nil)).Elem(),
		[]_jsii_.Member{
			_jsii_.MemberProperty{JsiiProperty: "value", GoGetter: "Value"},
		},
		func() interface{} {
			return &jsiiProxy_RunnerDeploymentSpecTemplateSpecSidecarContainersReadinessProbeHttpGetPort{}
		},
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecSidecarContainersReadinessProbeTcpSocket",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecSidecarContainersReadinessProbeTcpSocket)(nil)).Elem(),
	)
	_jsii_.RegisterClass(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecSidecarContainersReadinessProbeTcpSocketPort",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecSidecarContainersReadinessProbeTcpSocketPort)(nil)).Elem(),
		[]_jsii_.Member{
			_jsii_.MemberProperty{JsiiProperty: "value", GoGetter: "Value"},
		},
		func() interface{} {
			return &jsiiProxy_RunnerDeploymentSpecTemplateSpecSidecarContainersReadinessProbeTcpSocketPort{}
		},
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecSidecarContainersResources",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecSidecarContainersResources)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecSidecarContainersResourcesClaims",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecSidecarContainersResourcesClaims)(nil)).Elem(),
	)
	_jsii_.RegisterClass(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecSidecarContainersResourcesLimits",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecSidecarContainersResourcesLimits)(nil)).Elem(),
		[]_jsii_.Member{
			_jsii_.MemberProperty{JsiiProperty: "value", GoGetter: "Value"},
		},
		func() interface{} {
			return &jsiiProxy_RunnerDeploymentSpecTemplateSpecSidecarContainersResourcesLimits{}
		},
	)
	_jsii_.RegisterClass(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecSidecarContainersResourcesRequests",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecSidecarContainersResourcesRequests)(nil)).Elem(),
		[]_jsii_.Member{
			_jsii_.MemberProperty{JsiiProperty: "value", GoGetter: "Value"},
		},
		func() interface{} {
			return &jsiiProxy_RunnerDeploymentSpecTemplateSpecSidecarContainersResourcesRequests{}
		},
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecSidecarContainersSecurityContext",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecSidecarContainersSecurityContext)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecSidecarContainersSecurityContextCapabilities",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecSidecarContainersSecurityContextCapabilities)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecSidecarContainersSecurityContextSeLinuxOptions",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecSidecarContainersSecurityContextSeLinuxOptions)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecSidecarContainersSecurityContextSeccompProfile",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecSidecarContainersSecurityContextSeccompProfile)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecSidecarContainersSecurityContextWindowsOptions",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecSidecarContainersSecurityContextWindowsOptions)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecSidecarContainersStartupProbe",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecSidecarContainersStartupProbe)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecSidecarContainersStartupProbeExec",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecSidecarContainersStartupProbeExec)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecSidecarContainersStartupProbeGrpc",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecSidecarContainersStartupProbeGrpc)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecSidecarContainersStartupProbeHttpGet",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecSidecarContainersStartupProbeHttpGet)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecSidecarContainersStartupProbeHttpGetHttpHeaders",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecSidecarContainersStartupProbeHttpGetHttpHeaders)(nil)).Elem(),
	)
	_jsii_.RegisterClass(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecSidecarContainersStartupProbeHttpGetPort",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecSidecarContainersStartupProbeHttpGetPort)(nil)).Elem(),
		[]_jsii_.Member{
			_jsii_.MemberProperty{JsiiProperty: "value", GoGetter: "Value"},
		},
		func() interface{} {
			return &jsiiProxy_RunnerDeploymentSpecTemplateSpecSidecarContainersStartupProbeHttpGetPort{}
		},
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecSidecarContainersStartupProbeTcpSocket",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecSidecarContainersStartupProbeTcpSocket)(nil)).Elem(),
	)
	_jsii_.RegisterClass(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecSidecarContainersStartupProbeTcpSocketPort",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecSidecarContainersStartupProbeTcpSocketPort)(nil)).Elem(),
		[]_jsii_.Member{
			_jsii_.MemberProperty{JsiiProperty: "value", GoGetter: "Value"},
		},
		func() interface{} {
			return &jsiiProxy_RunnerDeploymentSpecTemplateSpecSidecarContainersStartupProbeTcpSocketPort{}
		},
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecSidecarContainersVolumeDevices",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecSidecarContainersVolumeDevices)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecSidecarContainersVolumeMounts",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecSidecarContainersVolumeMounts)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecTolerations",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecTolerations)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecTopologySpreadConstraints",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecTopologySpreadConstraints)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecTopologySpreadConstraintsLabelSelector",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecTopologySpreadConstraintsLabelSelector)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecTopologySpreadConstraintsLabelSelectorMatchExpressions",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecTopologySpreadConstraintsLabelSelectorMatchExpressions)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecVolumeMounts",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecVolumeMounts)(nil)).Elem(),
	)
	_jsii_.RegisterClass(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecVolumeSizeLimit",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecVolumeSizeLimit)(nil)).Elem(),
		[]_jsii_.Member{
			_jsii_.MemberProperty{JsiiProperty: "value", GoGetter: "Value"},
		},
		func() interface{} {
			return &jsiiProxy_RunnerDeploymentSpecTemplateSpecVolumeSizeLimit{}
		},
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecVolumes",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecVolumes)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecVolumesAwsElasticBlockStore",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecVolumesAwsElasticBlockStore)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecVolumesAzureDisk",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecVolumesAzureDisk)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecVolumesAzureFile",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecVolumesAzureFile)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecVolumesCephfs",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecVolumesCephfs)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecVolumesCephfsSecretRef",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecVolumesCephfsSecretRef)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecVolumesCinder",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecVolumesCinder)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecVolumesCinderSecretRef",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecVolumesCinderSecretRef)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecVolumesConfigMap",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecVolumesConfigMap)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecVolumesConfigMapItems",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecVolumesConfigMapItems)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecVolumesCsi",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecVolumesCsi)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecVolumesCsiNodePublishSecretRef",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecVolumesCsiNodePublishSecretRef)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecVolumesDownwardApi",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecVolumesDownwardApi)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecVolumesDownwardApiItems",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecVolumesDownwardApiItems)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecVolumesDownwardApiItemsFieldRef",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecVolumesDownwardApiItemsFieldRef)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecVolumesDownwardApiItemsResourceFieldRef",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecVolumesDownwardApiItemsResourceFieldRef)(nil)).Elem(),
	)
	_jsii_.RegisterClass(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecVolumesDownwardApiItemsResourceFieldRefDivisor",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecVolumesDownwardApiItemsResourceFieldRefDivisor)(nil)).Elem(),
		[]_jsii_.Member{
			_jsii_.MemberProperty{JsiiProperty: "value", GoGetter: "Value"},
		},
		func() interface{} {
			return &jsiiProxy_RunnerDeploymentSpecTemplateSpecVolumesDownwardApiItemsResourceFieldRefDivisor{}
		},
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecVolumesEmptyDir",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecVolumesEmptyDir)(nil)).Elem(),
	)
	_jsii_.RegisterClass(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecVolumesEmptyDirSizeLimit",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecVolumesEmptyDirSizeLimit)(nil)).Elem(),
		[]_jsii_.Member{
			_jsii_.MemberProperty{JsiiProperty: "value", GoGetter: "Value"},
		},
		func() interface{} {
			return &jsiiProxy_RunnerDeploymentSpecTemplateSpecVolumesEmptyDirSizeLimit{}
		},
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecVolumesEphemeral",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecVolumesEphemeral)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecVolumesEphemeralVolumeClaimTemplate",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecVolumesEphemeralVolumeClaimTemplate)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecVolumesEphemeralVolumeClaimTemplateMetadata",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecVolumesEphemeralVolumeClaimTemplateMetadata)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecVolumesEphemeralVolumeClaimTemplateSpec",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecVolumesEphemeralVolumeClaimTemplateSpec)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecVolumesEphemeralVolumeClaimTemplateSpecDataSource",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecVolumesEphemeralVolumeClaimTemplateSpecDataSource)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecVolumesEphemeralVolumeClaimTemplateSpecDataSourceRef",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecVolumesEphemeralVolumeClaimTemplateSpecDataSourceRef)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecVolumesEphemeralVolumeClaimTemplateSpecResources",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecVolumesEphemeralVolumeClaimTemplateSpecResources)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecVolumesEphemeralVolumeClaimTemplateSpecResourcesClaims",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecVolumesEphemeralVolumeClaimTemplateSpecResourcesClaims)(nil)).Elem(),
	)
	_jsii_.RegisterClass(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecVolumesEphemeralVolumeClaimTemplateSpecResourcesLimits",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecVolumesEphemeralVolumeClaimTemplateSpecResourcesLimits)(nil)).Elem(),
		[]_jsii_.Member{
			_jsii_.MemberProperty{JsiiProperty: "value", GoGetter: "Value"},
		},
		func() interface{} {
			return &jsiiProxy_RunnerDeploymentSpecTemplateSpecVolumesEphemeralVolumeClaimTemplateSpecResourcesLimits{}
		},
	)
	_jsii_.RegisterClass(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecVolumesEphemeralVolumeClaimTemplateSpecResourcesRequests",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecVolumesEphemeralVolumeClaimTemplateSpecResourcesRequests)(nil)).Elem(),
		[]_jsii_.Member{
			_jsii_.MemberProperty{JsiiProperty: "value", GoGetter: "Value"},
		},
		func() interface{} {
			return &jsiiProxy_RunnerDeploymentSpecTemplateSpecVolumesEphemeralVolumeClaimTemplateSpecResourcesRequests{}
		},
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecVolumesEphemeralVolumeClaimTemplateSpecSelector",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecVolumesEphemeralVolumeClaimTemplateSpecSelector)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecVolumesEphemeralVolumeClaimTemplateSpecSelectorMatchExpressions",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecVolumesEphemeralVolumeClaimTemplateSpecSelectorMatchExpressions)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecVolumesFc",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecVolumesFc)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecVolumesFlexVolume",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecVolumesFlexVolume)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecVolumesFlexVolumeSecretRef",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecVolumesFlexVolumeSecretRef)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecVolumesFlocker",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecVolumesFlocker)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecVolumesGcePersistentDisk",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecVolumesGcePersistentDisk)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecVolumesGitRepo",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecVolumesGitRepo)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecVolumesGlusterfs",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecVolumesGlusterfs)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecVolumesHostPath",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecVolumesHostPath)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecVolumesIscsi",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecVolumesIscsi)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecVolumesIscsiSecretRef",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecVolumesIscsiSecretRef)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecVolumesNfs",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecVolumesNfs)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecVolumesPersistentVolumeClaim",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecVolumesPersistentVolumeClaim)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecVolumesPhotonPersistentDisk",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecVolumesPhotonPersistentDisk)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecVolumesPortworxVolume",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecVolumesPortworxVolume)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecVolumesProjected",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecVolumesProjected)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecVolumesProjectedSources",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecVolumesProjectedSources)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecVolumesProjectedSourcesConfigMap",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecVolumesProjectedSourcesConfigMap)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecVolumesProjectedSourcesConfigMapItems",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecVolumesProjectedSourcesConfigMapItems)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecVolumesProjectedSourcesDownwardApi",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecVolumesProjectedSourcesDownwardApi)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecVolumesProjectedSourcesDownwardApiItems",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecVolumesProjectedSourcesDownwardApiItems)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecVolumesProjectedSourcesDownwardApiItemsFieldRef",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecVolumesProjectedSourcesDownwardApiItemsFieldRef)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecVolumesProjectedSourcesDownwardApiItemsResourceFieldRef",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecVolumesProjectedSourcesDownwardApiItemsResourceFieldRef)(nil)).Elem(),
	)
	_jsii_.RegisterClass(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecVolumesProjectedSourcesDownwardApiItemsResourceFieldRefDivisor",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecVolumesProjectedSourcesDownwardApiItemsResourceFieldRefDivisor)(nil)).Elem(),
		[]_jsii_.Member{
			_jsii_.MemberProperty{JsiiProperty: "value", GoGetter: "Value"},
		},
		func() interface{} {
			return &jsiiProxy_RunnerDeploymentSpecTemplateSpecVolumesProjectedSourcesDownwardApiItemsResourceFieldRefDivisor{}
		},
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecVolumesProjectedSourcesSecret",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecVolumesProjectedSourcesSecret)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecVolumesProjectedSourcesSecretItems",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecVolumesProjectedSourcesSecretItems)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecVolumesProjectedSourcesServiceAccountToken",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecVolumesProjectedSourcesServiceAccountToken)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecVolumesQuobyte",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecVolumesQuobyte)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecVolumesRbd",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecVolumesRbd)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecVolumesRbdSecretRef",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecVolumesRbdSecretRef)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecVolumesScaleIo",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecVolumesScaleIo)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecVolumesScaleIoSecretRef",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecVolumesScaleIoSecretRef)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecVolumesSecret",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecVolumesSecret)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecVolumesSecretItems",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecVolumesSecretItems)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecVolumesStorageos",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecVolumesStorageos)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecVolumesStorageosSecretRef",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecVolumesStorageosSecretRef)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecVolumesVsphereVolume",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecVolumesVsphereVolume)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecWorkVolumeClaimTemplate",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecWorkVolumeClaimTemplate)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecWorkVolumeClaimTemplateResources",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecWorkVolumeClaimTemplateResources)(nil)).Elem(),
	)
	_jsii_.RegisterStruct(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecWorkVolumeClaimTemplateResourcesClaims",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecWorkVolumeClaimTemplateResourcesClaims)(nil)).Elem(),
	)
	_jsii_.RegisterClass(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecWorkVolumeClaimTemplateResourcesLimits",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecWorkVolumeClaimTemplateResourcesLimits)(nil)).Elem(),
		[]_jsii_.Member{
			_jsii_.MemberProperty{JsiiProperty: "value", GoGetter: "Value"},
		},
		func() interface{} {
			return &jsiiProxy_RunnerDeploymentSpecTemplateSpecWorkVolumeClaimTemplateResourcesLimits{}
		},
	)
	_jsii_.RegisterClass(
		"actionssummerwinddev.RunnerDeploymentSpecTemplateSpecWorkVolumeClaimTemplateResourcesRequests",
		reflect.TypeOf((*RunnerDeploymentSpecTemplateSpecWorkVolumeClaimTemplateResourcesRequests)(nil)).Elem(),
		[]_jsii_.Member{
			_jsii_.MemberProperty{JsiiProperty: "value", GoGetter: "Value"},
		},
		func() interface{} {
			return &jsiiProxy_RunnerDeploymentSpecTemplateSpecWorkVolumeClaimTemplateResourcesRequests{}
		},
	)
}
