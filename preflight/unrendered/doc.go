// Package unrendered recognizes files that have to be rendered before they can be judged:
// Helm charts and their values, the objects by which Flux and Argo CD install them,
// templates, and names that are not filled in. Start at Charts, Recognize, Values,
// TemplateError and Placeholders.
package unrendered
