package actionssummerwinddev

import (
	"time"
)

// ScheduledOverride can be used to override a few fields of HorizontalRunnerAutoscalerSpec on schedule.
//
// A schedule can optionally be recurring, so that the corresponding override happens every day, week, month, or year.
type HorizontalRunnerAutoscalerSpecScheduledOverrides struct {
	// EndTime is the time at which the first override ends.
	EndTime *time.Time `field:"required" json:"endTime" yaml:"endTime"`
	// StartTime is the time at which the first override starts.
	StartTime *time.Time `field:"required" json:"startTime" yaml:"startTime"`
	// MinReplicas is the number of runners while overriding.
	//
	// If omitted, it doesn't override minReplicas.
	MinReplicas *float64 `field:"optional" json:"minReplicas" yaml:"minReplicas"`
	RecurrenceRule *HorizontalRunnerAutoscalerSpecScheduledOverridesRecurrenceRule `field:"optional" json:"recurrenceRule" yaml:"recurrenceRule"`
}

