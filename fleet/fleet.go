package fleet

// Fleet is all that is rendered together.
type Fleet struct {
	Clusters          []Cluster
	ImageRepositories []ImageRepository
	Pools             []Pool
	// Tags are put on every AWS resource that takes tags, besides ManagedBy.
	// Zero: ManagedBy alone.
	Tags map[string]string
}

// ManagedBy is the tag and label by which what this project made can be found.
const ManagedBy = "keyless-runners"
