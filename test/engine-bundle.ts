/** The part of the policy engine that the page loads, as one bundle. */
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

/** Bytes of the bundle, minified, and of its parts before they are put together, the largest first. */
export interface EngineBundle {
  readonly bytes: number;
  readonly gzipped: number;
  /** Modules of iam/ in it. */
  readonly modules: readonly string[];
}

/** `import { decide } from '../../../iam/decide.ts'`, also over several lines; types alone are no part of a bundle. */
const imports = /import\s+(?!type\b)\{([^}]*)\}\s*from\s*'([^']*\/iam\/[^']+\.ts)'/g;
/** `(await import('../../../iam/explain/explain.ts')).explain`. */
const lateImports = /import\('([^']*\/iam\/[^']+\.ts)'\)/g;

/**
 * Bundles everything that the files of web/ import of iam/, values alone: what is loaded with the page and what is loaded later. The
 * action catalogue is data, which the page loads by service and hands in.
 */
export async function bundleEngine(root: string): Promise<EngineBundle> {
  const exports = new Map<string, Set<string>>();
  const use = (from: string, path: string, names: readonly string[]) => {
    const module = resolve(dirname(from), path);
    const known = exports.get(module) ?? new Set<string>();
    for (const name of names) known.add(name);
    exports.set(module, known);
  };
  for (const file of await sources(join(root, 'web'))) {
    const text = await readFile(file, 'utf8');
    for (const [, list = '', path = ''] of text.matchAll(imports)) {
      const names = list.split(',').map((name) => name.trim());
      const values = names.filter((name) => name !== '' && !name.startsWith('type '));
      if (values.length > 0)
        use(
          file,
          path,
          values.map((name) => name.split(' as ')[0] ?? name),
        );
    }
    for (const [, path = ''] of text.matchAll(lateImports)) use(file, path, ['*']);
  }
  const lines = [...exports].map(([module, names], n) =>
    names.has('*')
      ? `export * as late${n} from ${JSON.stringify(module)};`
      : `export { ${[...names].map((name) => `${name} as ${name}${n}`).join(', ')} } from ${JSON.stringify(module)};`,
  );
  const { outputFiles, metafile } = await build({
    stdin: { contents: lines.join('\n'), resolveDir: root, loader: 'ts' },
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    metafile: true,
    absWorkingDir: root,
  });
  const [file] = outputFiles;
  if (file === undefined) throw new Error('nothing was bundled');
  return {
    bytes: file.contents.length,
    gzipped: gzipSync(file.contents, { level: 9 }).length,
    modules: Object.keys(metafile.inputs).filter((path) => path.startsWith('iam/')),
  };
}

/** The TypeScript files of a folder that are no tests. */
async function sources(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && /\.ts$/.test(entry.name) && !/\.test\.ts$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !path.includes('/testing/'));
}
