// Package cloudformation reads templates into facts.
//
// Read resolves what the template's functions, parameters, mappings and conditions
// come to, with what the user tells about the deployment. What only the deployment
// decides becomes a source.Unknown that says why, in words that name the
// parameter or resource and what to do; so does a reference to what is not there,
// because a reader judges nothing. Start at Read.
//
// Templates come from anybody. References that lead back to themselves end, each
// attribute and condition is resolved once, and the text that functions make has a
// limit, so that cost and memory grow with the size of the file.
//
// Resources that Fn::ForEach or a macro makes are not known: they are in no file.
package cloudformation
