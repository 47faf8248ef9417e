package infra

import (
	"encoding/json"
	"strings"

	"github.com/aws/jsii-runtime-go"

	"keyless-runners/fleet"
)

// A lifecycle policy of ECR
// (https://docs.aws.amazon.com/AmazonECR/latest/userguide/lifecycle_policy_parameters.html).
type (
	lifecycleRule struct {
		RulePriority int               `json:"rulePriority"`
		Description  string            `json:"description"`
		Selection    lifecycle         `json:"selection"`
		Action       map[string]string `json:"action"`
	}
	lifecycle struct {
		TagStatus      string   `json:"tagStatus"`
		TagPatternList []string `json:"tagPatternList,omitempty"`
		CountType      string   `json:"countType"`
		CountUnit      string   `json:"countUnit,omitempty"`
		CountNumber    int      `json:"countNumber"`
	}
)

// lifecyclePolicy lets untagged images expire, oldest first, beyond those kept, and then
// what the image repository's own rules are about. A cache expires with its age.
func lifecyclePolicy(repository fleet.ImageRepository) string {
	if repository.CacheDays > 0 {
		return encoded([]lifecycleRule{{
			Description: "expire the cache of builds",
			Selection:   lifecycle{TagStatus: "any", CountType: "sinceImagePushed", CountUnit: "days", CountNumber: repository.CacheDays},
		}})
	}
	rules := []lifecycleRule{{
		Description: "expire untagged images",
		Selection:   lifecycle{TagStatus: "untagged", CountType: "imageCountMoreThan", CountNumber: repository.KeepUntagged},
	}}
	for _, rule := range repository.Lifecycle {
		rules = append(rules, lifecycleRule{
			Description: "expire images of tags " + strings.Join(rule.TagPatterns, " and "),
			Selection:   selectionOf(rule),
		})
	}
	return encoded(rules)
}

// pulledLifecycle lets images of other registries expire, nil if they are kept.
func pulledLifecycle(cache fleet.PullThroughCache) *string {
	if cache.KeepDays == 0 {
		return nil
	}
	return jsii.String(encoded([]lifecycleRule{{
		Description: "expire images of another registry",
		Selection:   lifecycle{TagStatus: "any", CountType: "sinceImagePushed", CountUnit: "days", CountNumber: cache.KeepDays},
	}}))
}

// encoded is a policy of the rules in this order.
func encoded(rules []lifecycleRule) string {
	for i := range rules {
		rules[i].RulePriority, rules[i].Action = i+1, map[string]string{"type": "expire"}
	}
	text, err := json.Marshal(map[string][]lifecycleRule{"rules": rules})
	if err != nil {
		panic(err) // strings and numbers always encode
	}
	return string(text)
}

func selectionOf(rule fleet.LifecycleRule) lifecycle {
	if rule.KeepDays > 0 {
		return lifecycle{TagStatus: "tagged", TagPatternList: rule.TagPatterns, CountType: "sinceImagePushed", CountUnit: "days", CountNumber: rule.KeepDays}
	}
	return lifecycle{TagStatus: "tagged", TagPatternList: rule.TagPatterns, CountType: "imageCountMoreThan", CountNumber: rule.KeepImages}
}
