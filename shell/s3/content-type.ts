/** The media type of a file by its name. */
import { COMPRESSIONS, CONTENT_TYPES, DOUBLE_EXTENSIONS } from '../generated/content-types.ts';

function extension(name: string): string {
  return /[^.]([.][^.]*)$/.exec(name)?.[1] ?? '';
}

/** Undefined where the name tells nothing. */
export function guessContentType(path: string): string | undefined {
  let name = path.split('/').at(-1) ?? '';
  const double = DOUBLE_EXTENSIONS[extension(name)];
  if (double !== undefined) name = name.slice(0, -extension(name).length) + double;
  if (COMPRESSIONS.includes(extension(name))) name = name.slice(0, -extension(name).length);
  const last = extension(name);
  return CONTENT_TYPES[last] ?? CONTENT_TYPES[last.toLowerCase()];
}
