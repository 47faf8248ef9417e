package main

import _ "embed"

// The files of a pool as dist/ has them, with a placeholder in place of each name.
var (
	//go:embed manifest.yaml
	manifest string
	//go:embed workflow.yaml
	workflow string
)
