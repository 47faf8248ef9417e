'use strict';
// Has an engine of a few pages in place of the validation's start twice: from no file, or what
// became of it, and from the file that the first start leaves. The arguments are validator.cjs and
// a folder in place of jsii's cache; it prints whether each start ran the constructor, and what
// the module holds then.

const { createHash } = require('node:crypto');
const path = require('node:path');

const [validator, folder] = process.argv.slice(2);

/** A module whose constructor fills the last of three pages, and of which the first held something from the start. */
class Instance {
  constructor() {
    const memory = new WebAssembly.Memory({ initial: 1 });
    const externals = new WebAssembly.Table({ element: 'externref', initial: 1 });
    new Uint8Array(memory.buffer).fill(1, 100, 200);
    const wasmregoengine_new = () => {
      constructed = true;
      memory.grow(2);
      new Uint8Array(memory.buffer).fill(7, 2 * 65536 + 5, 3 * 65536);
      externals.grow(2);
      externals.set(1, 'a text');
      externals.set(2, globalThis);
      return [4711, 0, 0];
    };
    this.exports = { memory, __wbindgen_externrefs: externals, wasmregoengine_new };
  }
}

let constructed;
WebAssembly.Instance = Instance;
require.cache[path.join(folder, 'linked/cloudformation-validate/bindings_wasm.js')] = {};
require(validator).prepare();
for (const start of ['first', 'second']) {
  constructed = false;
  const { exports } = new WebAssembly.Instance();
  const [engine] = exports.wasmregoengine_new({ rules: 'all' });
  const { memory, __wbindgen_externrefs: externals } = exports;
  const digest = createHash('sha256').update(Buffer.from(memory.buffer)).digest('hex');
  console.log(start, constructed, engine, memory.buffer.byteLength, digest.slice(0, 8), externals.get(1), externals.get(2) === globalThis);
}
