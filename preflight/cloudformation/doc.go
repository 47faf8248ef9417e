// Package cloudformation reads templates into facts.
//
// Read resolves functions, parameters, mappings and conditions, with what the user states
// about the deployment. A value that only the deployment decides becomes a source.Unknown
// whose reason names the parameter or resource and what to do; so does a reference to
// something that the template lacks, because a reader judges nothing. Start at Recognize and
// Read.
//
// Anyone can write a template. Circular references end, each attribute and condition is
// resolved once, and the text that functions make has a limit, so that cost and memory grow
// with the size of the file.
//
// Resources that a macro makes are unknown, and those of a Fn::ForEach whose collection is: no file contains them.
package cloudformation
