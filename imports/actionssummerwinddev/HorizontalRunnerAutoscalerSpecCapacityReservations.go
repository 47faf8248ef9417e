package actionssummerwinddev

import (
	"time"
)

// CapacityReservation specifies the number of replicas temporarily added to the scale target until ExpirationTime.
type HorizontalRunnerAutoscalerSpecCapacityReservations struct {
	EffectiveTime *time.Time `field:"optional" json:"effectiveTime" yaml:"effectiveTime"`
	ExpirationTime *time.Time `field:"optional" json:"expirationTime" yaml:"expirationTime"`
	Name *string `field:"optional" json:"name" yaml:"name"`
	Replicas *float64 `field:"optional" json:"replicas" yaml:"replicas"`
}

