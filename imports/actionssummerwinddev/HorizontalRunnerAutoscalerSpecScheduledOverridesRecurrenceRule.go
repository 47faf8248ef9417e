package actionssummerwinddev

import (
	"time"
)

type HorizontalRunnerAutoscalerSpecScheduledOverridesRecurrenceRule struct {
	// Frequency is the name of a predefined interval of each recurrence.
	//
	// The valid values are "Daily", "Weekly", "Monthly", and "Yearly". If empty, the corresponding override happens only once.
	Frequency HorizontalRunnerAutoscalerSpecScheduledOverridesRecurrenceRuleFrequency `field:"optional" json:"frequency" yaml:"frequency"`
	// UntilTime is the time of the final recurrence.
	//
	// If empty, the schedule recurs forever.
	UntilTime *time.Time `field:"optional" json:"untilTime" yaml:"untilTime"`
}

