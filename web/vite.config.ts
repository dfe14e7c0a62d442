import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, gzipSync, constants as zlib } from 'node:zlib';
import { defineConfig, type Plugin } from 'vite';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** just-bash's gzip commands import node:zlib, which a browser lacks: they get the same functions on fflate. */
const alias = { 'node:zlib': here('./workbench/terminal/zlib.ts') };

const outDir = here('../dist/web');
/** Bytes below which a compressed copy saves less than it costs. */
const worthIt = 1_024;

/** Writes a `.br` and a `.gz` beside each text file, so that a server can send them as they are. */
function compressed(): Plugin {
  return {
    name: 'compressed-copies',
    apply: 'build',
    closeBundle() {
      for (const entry of readdirSync(outDir, { recursive: true, withFileTypes: true })) {
        if (!entry.isFile() || !/\.(?:js|css|html|svg)$/.test(entry.name)) continue;
        const path = join(entry.parentPath, entry.name);
        const bytes = readFileSync(path);
        if (bytes.length < worthIt) continue;
        // Quality 9 is within 5 % of the best, and ten times as fast.
        writeFileSync(`${path}.br`, brotliCompressSync(bytes, { params: { [zlib.BROTLI_PARAM_QUALITY]: 9 } }));
        writeFileSync(`${path}.gz`, gzipSync(bytes));
      }
    },
  };
}

export default defineConfig({
  root: here('.'),
  base: '/',
  resolve: { alias },
  worker: { format: 'es' },
  plugins: [compressed()],
  build: {
    outDir,
    emptyOutDir: true,
    target: 'es2022',
    // Workbench chunks carry a shell and an editor; they are loaded by the screen that needs them.
    chunkSizeWarningLimit: 1500,
  },
});
