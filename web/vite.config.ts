import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** just-bash's gzip commands import node:zlib, which a browser lacks: they get the same functions on fflate. */
const alias = { 'node:zlib': here('./workbench/terminal/zlib.ts') };

export default defineConfig({
  root: here('.'),
  base: '/',
  resolve: { alias },
  worker: { format: 'es' },
  build: {
    outDir: here('../dist/web'),
    emptyOutDir: true,
    target: 'es2022',
    // Workbench chunks carry a shell and an editor; they are loaded by the screen that needs them.
    chunkSizeWarningLimit: 1500,
  },
});
