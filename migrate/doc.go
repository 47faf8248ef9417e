// Package migrate rewrites the workflows of source repositories that push to Amazon ECR with
// a stored key, or with a role that a step assumes, so that they push with the role of a pool's
// runners.
//
// What a job does is read by preflight's own reader of workflows, before and after: a job is
// rewritten as a whole and judged again, or it is left as it is and the reason is reported with its
// line. Only what has to change is cut out of the text or put into it, so comments and formatting
// stay. Start at Open and Repository.Migrate.
package migrate
