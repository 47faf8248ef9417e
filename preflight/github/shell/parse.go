package shell

import (
	"slices"
	"strings"
)

// Parse reads a script. Whatever it is, there are statements in it or none; it
// stops at what is nested too deep.
func Parse(script string) []Statement {
	p := &parser{lexer: &lexer{script: script}}
	p.advance()
	var all []Statement
	for !p.ended {
		all = append(all, p.list()...)
		p.advance() // what ends a list and nothing began
	}
	return all
}

// parser makes statements of tokens.
type parser struct {
	lexer *lexer
	// token is the next one; ended says that there is none.
	token token
	ended bool
	depth int
}

func (p *parser) advance() {
	if p.ended {
		return
	}
	token, ok := p.lexer.next()
	p.token, p.ended = token, !ok
}

// operator says whether one of them comes next.
func (p *parser) operator(any ...string) bool {
	return !p.ended && p.token.operator != "" && slices.Contains(any, p.token.operator)
}

func (p *parser) takeOperator(any ...string) bool {
	found := p.operator(any...)
	if found {
		p.advance()
	}
	return found
}

// keyword says whether the next word is one of them.
func (p *parser) keyword(any ...string) bool {
	return !p.ended && p.token.operator == "" && slices.Contains(any, p.token.word.keyword())
}

func (p *parser) takeKeyword(any ...string) bool {
	found := p.keyword(any...)
	if found {
		p.advance()
	}
	return found
}

// list reads statements up to what ends a list. It ends with the script for who
// is nested too deep.
func (p *parser) list() []Statement {
	if p.depth++; p.depth > maxDepth {
		p.ended = true
	}
	defer func() { p.depth-- }()
	var all []Statement
	for !p.ended {
		if p.takeOperator("\n", ";", "&") {
			continue
		}
		if p.operator(")", ";;", ";&", ";;&") || p.keyword("then", "elif", "else", "fi", "do", "done", "esac", "}") {
			break
		}
		all = append(all, p.andOr()...)
	}
	return all
}

// andOr reads pipelines joined by "&&" and "||". "a && b || c" counts as "if a;
// then b; else c; fi": b is seldom what decides.
func (p *parser) andOr() []Statement {
	all := p.pipeline()
	for p.operator("&&", "||") {
		choice := Statement{Kind: Choice, Line: p.token.line}
		if p.operator("&&") {
			choice.Bodies = append(choice.Bodies, p.chain("&&"))
		}
		if p.operator("||") {
			choice.Whole = len(choice.Bodies) > 0
			choice.Bodies = append(choice.Bodies, p.chain("||"))
		}
		all = append(all, choice)
	}
	return all
}

// chain reads pipelines with the operator in front of each. Of those behind "||"
// any may be the last.
func (p *parser) chain(operator string) []Statement {
	var body []Statement
	for p.takeOperator(operator) {
		for p.takeOperator("\n") {
		}
		body = append(body, p.pipeline()...)
	}
	return body
}

func (p *parser) pipeline() []Statement {
	all := p.command()
	for p.takeOperator("|", "|&") {
		for p.takeOperator("\n") {
		}
		next := p.command()
		if len(next) > 0 {
			next[0].Piped = true
		}
		all = append(all, next...)
	}
	return all
}

// command reads one command of a pipeline.
func (p *parser) command() []Statement {
	for p.takeKeyword("!") {
	}
	line := p.token.line
	switch {
	case p.ended:
		return nil
	case p.takeKeyword("if"):
		return p.redirected(p.ifCommand(line))
	case p.takeKeyword("case"):
		return p.redirected([]Statement{p.caseCommand(line)})
	case p.takeKeyword("for", "select"):
		return p.redirected([]Statement{p.forCommand(line)})
	case p.takeKeyword("while", "until"):
		condition := p.list()
		return p.redirected([]Statement{{Kind: Loop, Line: line, Bodies: [][]Statement{append(condition, p.do()...)}}})
	case p.takeKeyword("function"):
		p.advance()
		return p.function(line)
	case p.takeKeyword("{"):
		body := p.list()
		p.takeKeyword("}")
		return p.redirected([]Statement{{Kind: Group, Line: line, Bodies: [][]Statement{body}}})
	case p.takeOperator("("):
		body := p.list()
		p.takeOperator(")")
		return p.redirected([]Statement{{Kind: Subshell, Line: line, Bodies: [][]Statement{body}}})
	case p.takeKeyword("[["):
		p.skipTest()
		return nil
	}
	return p.simple(line)
}

// redirected adds the redirections that follow to the last statement.
func (p *parser) redirected(all []Statement) []Statement {
	last := &all[len(all)-1]
	for p.redirect(last) {
	}
	return all
}

// redirect reads a redirection, if one comes next.
func (p *parser) redirect(s *Statement) bool {
	if p.ended || strings.IndexByte("<>", lastByte(p.token.operator)) < 0 && !p.operator("<<-", ">&", "<&", ">|") {
		return false
	}
	redirect := Redirect{Operator: p.token.operator, Target: p.token.word}
	p.advance()
	if !strings.HasPrefix(redirect.Operator, "<<") || redirect.Operator == "<<<" {
		if p.ended || p.token.operator != "" {
			return true
		}
		redirect.Target = p.token.word
		p.advance()
	}
	s.Redirects = append(s.Redirects, redirect)
	return true
}

func lastByte(text string) byte {
	if text == "" {
		return 0
	}
	return text[len(text)-1]
}

// simple reads words and redirections in any order, or a function if "()" follows
// its name.
func (p *parser) simple(line int) []Statement {
	s := Statement{Line: line}
	for !p.ended {
		switch {
		case p.token.operator == "":
			s.Words = append(s.Words, p.token.word)
			p.advance()
		case p.redirect(&s):
		case len(s.Words) == 1 && p.takeOperator("("):
			return p.function(line)
		default:
			return p.progress([]Statement{s})
		}
	}
	return []Statement{s}
}

// progress leaves out a statement without anything, and moves on from the operator
// that stands where it should be.
func (p *parser) progress(all []Statement) []Statement {
	if len(all[0].Words) > 0 || len(all[0].Redirects) > 0 {
		return all
	}
	if p.operator("&&", "||", "|", "|&", "&>", "&>>") {
		return nil // the callers take it
	}
	p.advance()
	return nil
}
