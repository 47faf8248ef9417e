package access

// Spent returns a budget of which so many steps are spent.
func Spent(steps int) *Budget { return &Budget{steps} }

// Steps returns how many steps of the budget are spent.
func (b *Budget) Steps() int { return b.spent }
