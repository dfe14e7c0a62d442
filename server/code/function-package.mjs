// The files of a function: its deployment package under /var/task, its layers under /opt. They are read out of their zip files into
// memory, and found as Node finds modules. Plain JavaScript: the child process loads it as it stands.
import { strFromU8, unzipSync } from 'fflate';

/** Bytes that a package and its layers may unpack to here, of the files that code can read. */
const MOST_BYTES = 64 * 1024 * 1024;
const MOST_FILES = 5000;
const READABLE = /\.(js|cjs|mjs|json)$/;

export class BadPackage extends Error {}

function unzipInto(files, bytes, root, budget) {
  const found = unzipSync(bytes, {
    filter({ name, originalSize }) {
      budget.files -= 1;
      if (budget.files < 0) throw new BadPackage('The package has too many files');
      if (!READABLE.test(name)) return false;
      budget.bytes -= originalSize;
      if (budget.bytes < 0) throw new BadPackage('The package unpacks to too much');
      return true;
    },
  });
  for (const [name, content] of Object.entries(found)) files.set(normalized(`${root}/${name}`), strFromU8(content));
}

export function normalized(path) {
  const parts = [];
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
}

/** The files by path; a later layer lies over an earlier one. */
export function readPackage(code, layers) {
  const files = new Map();
  const budget = { bytes: MOST_BYTES, files: MOST_FILES };
  try {
    unzipInto(files, code, '/var/task', budget);
    for (const layer of layers) unzipInto(files, layer, '/opt', budget);
  } catch (error) {
    throw error instanceof BadPackage ? error : new BadPackage('The package is no zip file');
  }
  return files;
}

/** What the runtime adds to the folders of modules: NODE_PATH. */
const NODE_PATH = ['/opt/nodejs/node_modules', '/opt/node_modules'];

function fileOf(files, path) {
  return [path, `${path}.js`, `${path}.cjs`, `${path}.mjs`, `${path}.json`].find((candidate) => files.has(candidate));
}

function folderOf(files, path) {
  let main;
  try {
    ({ main } = JSON.parse(files.get(`${path}/package.json`) ?? '{}'));
  } catch {
    main = undefined;
  }
  const found = typeof main === 'string' ? normalized(`${path}/${main}`) : undefined;
  return (found && (fileOf(files, found) ?? fileOf(files, `${found}/index`))) ?? fileOf(files, `${path}/index`);
}

/** The file that a module's name leads to, from another file; undefined where there is none. */
export function resolveModule(files, name, from) {
  if (/^\.{0,2}\//.test(name) || name === '.' || name === '..') {
    const path = normalized(name.startsWith('/') ? name : `${from.slice(0, from.lastIndexOf('/'))}/${name}`);
    return fileOf(files, path) ?? folderOf(files, path);
  }
  const folders = [];
  for (
    let folder = from.slice(0, from.lastIndexOf('/'));
    folder !== '';
    folder = folder.slice(0, folder.lastIndexOf('/'))
  ) {
    folders.push(`${folder}/node_modules`);
  }
  for (const folder of [...folders, ...NODE_PATH]) {
    const found = fileOf(files, normalized(`${folder}/${name}`)) ?? folderOf(files, normalized(`${folder}/${name}`));
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Whether Node would read a file as an ECMAScript module. */
export function isModule(files, path) {
  if (path.endsWith('.mjs')) return true;
  if (path.endsWith('.cjs') || !path.endsWith('.js')) return false;
  for (
    let folder = path.slice(0, path.lastIndexOf('/'));
    folder !== '';
    folder = folder.slice(0, folder.lastIndexOf('/'))
  ) {
    const description = files.get(`${folder}/package.json`);
    if (description === undefined) continue;
    try {
      return JSON.parse(description).type === 'module';
    } catch {
      return false;
    }
  }
  // Node 22 and later also look at the syntax.
  return /^\s*(import\s[^(]|export\s)/m.test(files.get(path) ?? '');
}

/** The names that a file imports of other modules: what stands in for a module that has no static exports must export them. */
export function importedNames(files, wanted) {
  const names = new Set();
  const imports = /import\s+(?:[\w$]+\s*,\s*)?\{([^}]*)\}\s*from\s*['"]([^'"]+)['"]/g;
  for (const text of files.values()) {
    for (const [, list = '', from = ''] of text.matchAll(imports)) {
      if (from !== wanted) continue;
      for (const item of list.split(',')) {
        const name = item.trim().split(/\s+as\s+/)[0];
        if (/^[A-Za-z_$][\w$]*$/.test(name) && name !== 'default') names.add(name);
      }
    }
  }
  return [...names];
}
