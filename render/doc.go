// Package render brings the three renderings of a fleet together in one tree of
// files, and that tree to disk: what dist/ holds.
//
// Start at Render, then Compare and Changes.Apply. Nothing on disk is touched
// before everything is rendered.
package render
