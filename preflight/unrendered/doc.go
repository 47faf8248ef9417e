// Package unrendered recognizes what has to be rendered before it says what there will
// be: charts of Helm and their values, what Flux and Argo CD install by them, templates,
// and values that are not filled in. Start at Charts, Template and Recognize.
package unrendered
