package shell

// Statement is a part of a script.
type Statement struct {
	Kind Kind
	// Line is where it begins, counted from 0 at the script's first.
	Line int
	// Name is the variable of a loop over words.
	Name string
	// Words are those of a Simple statement, assignments in front, or those that
	// a Loop goes through.
	Words []Word
	// Redirects are in their order.
	Redirects []Redirect
	// Bodies are what a statement that is not Simple is made of.
	Bodies [][]Statement
	// Piped says that it reads what the statement before it prints.
	Piped bool
	// Whole says of a Choice that one of its Bodies always runs.
	Whole bool
}

// Kind says what a statement is.
type Kind uint8

const (
	// Simple is a command, or assignments alone.
	Simple Kind = iota
	// Choice runs at most one of its Bodies: if, case, and what follows "&&" or
	// "||". The commands that decide stand before it, as statements of their own.
	Choice
	// Loop runs its one body any number of times.
	Loop
	// Function defines its one body; who calls it is not looked for.
	Function
	// Group runs its one body as it stands: { }.
	Group
	// Subshell runs its one body in a shell of its own: ( ).
	Subshell
)

// Redirect sends what a statement prints or reads elsewhere.
type Redirect struct {
	// Operator is such as ">>".
	Operator string
	// Target is a file; of "<<" the word that ends the text.
	Target Word
}
