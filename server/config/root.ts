/** Where the project's files lie. Source (`server/config/root.ts`) and bundle (`dist/server/*.js`) are equally deep. */
import { fileURLToPath } from 'node:url';

/** Absolute path of a file or folder of the project, from its root: `prisma/migrations`. */
export function projectPath(path: string): string {
  return fileURLToPath(new URL(`../../${path}`, import.meta.url));
}
