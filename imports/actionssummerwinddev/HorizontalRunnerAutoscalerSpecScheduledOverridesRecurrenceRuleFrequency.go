package actionssummerwinddev


// Frequency is the name of a predefined interval of each recurrence.
//
// The valid values are "Daily", "Weekly", "Monthly", and "Yearly". If empty, the corresponding override happens only once.
type HorizontalRunnerAutoscalerSpecScheduledOverridesRecurrenceRuleFrequency string

const (
	// Daily.
	HorizontalRunnerAutoscalerSpecScheduledOverridesRecurrenceRuleFrequency_DAILY HorizontalRunnerAutoscalerSpecScheduledOverridesRecurrenceRuleFrequency = "DAILY"
	// Weekly.
	HorizontalRunnerAutoscalerSpecScheduledOverridesRecurrenceRuleFrequency_WEEKLY HorizontalRunnerAutoscalerSpecScheduledOverridesRecurrenceRuleFrequency = "WEEKLY"
	// Monthly.
	HorizontalRunnerAutoscalerSpecScheduledOverridesRecurrenceRuleFrequency_MONTHLY HorizontalRunnerAutoscalerSpecScheduledOverridesRecurrenceRuleFrequency = "MONTHLY"
	// Yearly.
	HorizontalRunnerAutoscalerSpecScheduledOverridesRecurrenceRuleFrequency_YEARLY HorizontalRunnerAutoscalerSpecScheduledOverridesRecurrenceRuleFrequency = "YEARLY"
)

