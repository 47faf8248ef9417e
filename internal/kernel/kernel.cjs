'use strict';
// Runs jsii's kernel, whose file is the argument, in this process.

const fs = require('node:fs');
const v8 = require('node:v8');

// The kernel reads from and writes to one descriptor, 3. A pipe has one for each.
const { writeSync } = fs;
fs.writeSync = (descriptor, ...rest) => writeSync(descriptor === 3 ? 4 : descriptor, ...rest);

// V8 compiles WebAssembly again, optimized, once it has run for a while. The
// validation is over before most of that has paid for itself.
v8.setFlagsFromString('--wasm-tiering-budget=400000000');

// The CDK looks at the stack for each resource, and no Go program sees it.
Error.stackTraceLimit = 0;

require('./validator.cjs').prepare();
require(process.argv[2]);
