// Package workflows renders the GitHub workflow of each pool: build an image, sign
// in to ECR with the role that the runner's Pod already has, tag, push.
//
// The workflow holds no key and asks GitHub for no identity token. push.yaml.tmpl
// is the workflow as a reviewer reads it; Render fills in what the fleet knows.
// RenderActionlint is for those who lint the workflow in its source repository.
package workflows
