// Package preflight proves from files alone that a job can push, and that no one
// else can.
//
// Data flows one way:
//
//	source ──► cloudformation ─┐
//	       ├─► kubernetes ─────┤
//	       ├─► github ─────────┼──► facts ──► Check ──► Report ──► report
//	       └─► account ────────┘
//
// source reads text into trees, the readers turn trees into facts, and Check judges
// the facts, a file for each link of the chain; access decides by policy documents who can
// take a role and what it can push to. It knows nothing of the fleet, of
// infra or of manifests, so it judges files that other tools wrote; and it never
// guesses: what the files don't determine is reported as unknown. Start at Read and Check; Compare finds
// who gained and who lost what between two states.
package preflight
