'use strict';
// Before it looks at the first template, the validation in aws-cdk-lib reads
// CloudFormation's schemas and rules, which takes a second and ends in the same
// WebAssembly memory in every process. Here the first process writes that memory to
// a file and the next ones read it.
//
// The file lies in jsii's cache beside the WebAssembly module. The folder's name is
// a hash of the package, the file's one of the rules, so neither can be of another
// version; and jsii removes the folder when it has not been used for a while.

const { createHash } = require('node:crypto');
const fs = require('node:fs');
const path = require('node:path');
const v8 = require('node:v8');

// What the module may refer to outside of its memory, besides text.
const references = { globalThis, performance };

// How WebAssembly's memory grows. Pages that are zeros are not in the file if they were
// from the start: they take no room until they are written to.
const pageSize = 65536;

// The engine's constructor among the module's exports.
const constructorName = 'wasmregoengine_new';

/** Has engines start from a file. */
exports.prepare = () => {
  const { Instance } = WebAssembly;
  WebAssembly.Instance = function (module, imports) {
    const instance = new Instance(module, imports);
    const folder = cacheFolder();
    if (!folder || !(constructorName in instance.exports)) return instance;
    const create = (config) => newEngine(instance.exports, folder, config);
    return { exports: { ...instance.exports, [constructorName]: create } };
  };
};

/** The module's folder in jsii's cache, undefined where it is not in the cache. */
function cacheFolder() {
  const file = Object.keys(require.cache).find((name) => name.endsWith('/cloudformation-validate/bindings_wasm.js'));
  const folder = file && fs.realpathSync(path.dirname(file));
  return folder && folder !== path.dirname(file) ? folder : undefined;
}

/** Returns what the constructor does: an engine's address, and two values for errors. */
function newEngine(wasm, folder, config) {
  const digest = createHash('sha256').update(JSON.stringify(config)).digest('hex');
  const file = path.join(folder, `.keyless-runners-${digest}.memory`);
  const initial = wasm.memory.buffer.byteLength;
  const kept = open(file, initial);
  if (kept) return restore(wasm, kept);
  const before = usedPages(wasm.memory.buffer);
  const result = growing(() => wasm[constructorName](config));
  const [engine, , failed] = result;
  if (!failed) save(wasm, file, { engine, initial, before });
  return result;
}

/**
 * Runs what makes WebAssembly's memory grow a hundred times. Each time V8 takes the whole
 * of it for new garbage and looks for what can go, in two threads that wait for each other
 * longer than they find anything: one alone takes half of the processor time.
 */
function growing(work) {
  v8.setFlagsFromString('--no-concurrent-marking');
  try {
    return work();
  } finally {
    v8.setFlagsFromString('--concurrent-marking');
  }
}

/**
 * Opens the file, if it is there, as long as its first line says it is after it, and for a
 * memory that was never used: what is left out of the file has to be zeros there.
 */
function open(file, initial) {
  let descriptor;
  try {
    descriptor = fs.openSync(file);
  } catch {
    return undefined;
  }
  const start = Buffer.alloc(1 << 16);
  const length = start.subarray(0, fs.readSync(descriptor, start)).indexOf('\n') + 1;
  const state = parse(start.toString('utf8', 0, length));
  if (state?.initial === initial && fs.fstatSync(descriptor).size === length + size(state.held)) {
    return { ...state, descriptor, length };
  }
  fs.closeSync(descriptor);
  return undefined;
}

/** Reads the first line, undefined if it is something else. */
function parse(line) {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function restore(wasm, { descriptor, length, engine, bytes, held, table }) {
  const { memory, __wbindgen_externrefs: externals } = wasm;
  memory.grow((bytes - memory.buffer.byteLength) / pageSize);
  externals.grow(table.length - externals.length);
  table.forEach((entry, i) => entry && externals.set(i, 'text' in entry ? entry.text : references[entry.name]));
  let at = length;
  for (const [from, to] of held) at += fill(new Uint8Array(memory.buffer, from, to - from), descriptor, at);
  fs.closeSync(descriptor);
  return [engine, 0, 0];
}

/** Reads from the file until the target is full, and returns how much that is. */
function fill(target, descriptor, position) {
  for (let at = 0; at < target.length; ) {
    const read = fs.readSync(descriptor, target, at, target.length - at, position + at);
    if (read === 0) throw new Error('the file of the prepared validation became shorter while it was read');
    at += read;
  }
  return target.length;
}

/** Writes the file, unless the module refers to something that no file can hold. */
function save(wasm, file, { engine, initial, before }) {
  const { memory, __wbindgen_externrefs: externals } = wasm;
  const table = Array.from({ length: externals.length }, (_, i) => describe(externals.get(i)));
  if (table.includes(undefined)) return;
  const held = parts([...new Set([...before, ...usedPages(memory.buffer)])]);
  const state = { engine, initial, bytes: memory.buffer.byteLength, held, table };
  const temporary = `${file}.${process.pid}`;
  try {
    const descriptor = fs.openSync(temporary, 'wx');
    fs.writeFileSync(descriptor, `${JSON.stringify(state)}\n`);
    for (const [from, to] of held) fs.writeFileSync(descriptor, new Uint8Array(memory.buffer, from, to - from));
    fs.closeSync(descriptor);
    fs.renameSync(temporary, file);
  } catch {
    fs.rmSync(temporary, { force: true }); // a full or read-only disk costs the next process a second
  }
}

/** The numbers of the pages that hold more than zeros. */
function usedPages(buffer) {
  const zeros = Buffer.alloc(pageSize);
  const pages = new Set();
  for (let page = 0; page * pageSize < buffer.byteLength; page++) {
    if (!Buffer.from(buffer, page * pageSize, pageSize).equals(zeros)) pages.add(page);
  }
  return pages;
}

/** The parts of a memory that pages make up, each from its first byte to the one after its last. */
function parts(pages) {
  const held = [];
  for (const page of pages.sort((a, b) => a - b)) {
    const from = page * pageSize;
    if (held.at(-1)?.[1] === from) held.at(-1)[1] += pageSize;
    else held.push([from, from + pageSize]);
  }
  return held;
}

const size = (held) => held.reduce((sum, [from, to]) => sum + to - from, 0);

/** An entry of the module's table: null for those that the module sets itself. */
function describe(value) {
  if (typeof value === 'string') return { text: value };
  if (value === null || value === undefined || typeof value === 'boolean') return null;
  const name = Object.keys(references).find((name) => references[name] === value);
  return name && { name };
}
