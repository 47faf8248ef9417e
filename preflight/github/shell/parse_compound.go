package shell

// ifCommand reads what follows "if". The conditions come first, as if all of them
// ran.
func (p *parser) ifCommand(line int) []Statement {
	all := p.list()
	choice := Statement{Kind: Choice, Line: line}
	for {
		p.takeKeyword("then")
		choice.Bodies = append(choice.Bodies, p.list())
		if !p.takeKeyword("elif") {
			break
		}
		all = append(all, p.list()...)
	}
	if p.takeKeyword("else") {
		choice.Whole = true
		choice.Bodies = append(choice.Bodies, p.list())
	}
	p.takeKeyword("fi")
	return append(all, choice)
}

// caseCommand reads what follows "case".
func (p *parser) caseCommand(line int) Statement {
	choice := Statement{Kind: Choice, Line: line}
	if !p.ended && p.token.operator == "" {
		p.advance()
	}
	p.skipLines()
	p.takeKeyword("in")
	for !p.ended {
		p.skipLines()
		if p.takeKeyword("esac") {
			break
		}
		choice.Whole = p.patterns() || choice.Whole
		choice.Bodies = append(choice.Bodies, p.list())
		if !p.takeOperator(";;", ";&", ";;&") {
			p.takeKeyword("esac")
			break
		}
	}
	return choice
}

// patterns reads up to the ")" behind the patterns of a case; all says that the
// one pattern is "*".
func (p *parser) patterns() (all bool) {
	p.takeOperator("(")
	all = p.keyword("*")
	count := 0
	for !p.ended && !p.takeOperator(")") {
		p.advance()
		count++
	}
	return all && count == 1
}

// forCommand reads what follows "for". A loop that counts has no variable.
func (p *parser) forCommand(line int) Statement {
	loop := Statement{Kind: Loop, Line: line}
	if !p.ended && p.token.operator == "" {
		loop.Name = p.token.word.keyword()
		p.advance()
	}
	p.skipLines()
	if p.takeKeyword("in") {
		for !p.ended && p.token.operator == "" {
			loop.Words = append(loop.Words, p.token.word)
			p.advance()
		}
	} else {
		loop.Words = []Word{{Parts: []Part{{Kind: Variable, Text: "@"}}}}
	}
	if loop.Name == "" {
		loop.Words = nil
		for !p.ended && !p.keyword("do") {
			p.advance()
		}
	}
	loop.Bodies = [][]Statement{p.do()}
	return loop
}

// do reads the body of a loop.
func (p *parser) do() []Statement {
	p.skipLines()
	p.takeKeyword("do")
	body := p.list()
	p.takeKeyword("done")
	return body
}

// function reads what follows a function's name.
func (p *parser) function(line int) []Statement {
	if p.depth++; p.depth > maxDepth {
		p.ended = true
	}
	defer func() { p.depth-- }()
	p.takeOperator("(")
	p.takeOperator(")")
	p.skipLines()
	return []Statement{{Kind: Function, Line: line, Bodies: [][]Statement{p.command()}}}
}

// skipTest moves behind the "]]" of a test, or to the end of its line.
func (p *parser) skipTest() {
	for !p.ended && !p.operator("\n") && !p.takeKeyword("]]") {
		p.advance()
	}
}

func (p *parser) skipLines() {
	for p.takeOperator("\n", ";") {
	}
}
