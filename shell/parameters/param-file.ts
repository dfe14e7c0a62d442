/** Values that name a file: `file://policy.json` for text, `fileb://data.bin` for bytes. */
import type { AwsEnvironment } from '../environment.ts';
import { parsingFault } from '../faults.ts';
import { absolutePath, expandPath } from '../paths.ts';

/**
 * The content where the value names a file, else undefined.
 * Throws the CLI's parsing fault for `option` where the file cannot be read or is not text.
 */
export async function readParamFile(
  environment: AwsEnvironment,
  option: string,
  value: string,
): Promise<string | Uint8Array | undefined> {
  const scheme = /^fileb?:\/\//.exec(value)?.[0];
  if (scheme === undefined) return undefined;
  const path = expandPath(environment, value.slice(scheme.length));
  const absolute = absolutePath(environment, path);
  if (!(await environment.files.exists(absolute))) {
    throw parsingFault(option, `Unable to load paramfile ${value}: [Errno 2] No such file or directory: '${path}'`);
  }
  if (await environment.files.isDirectory(absolute)) {
    throw parsingFault(option, `Unable to load paramfile ${value}: [Errno 21] Is a directory: '${path}'`);
  }
  const bytes = await environment.files.readFile(absolute);
  if (scheme === 'fileb://') return bytes;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw parsingFault(
      option,
      `Unable to load paramfile (${path}), text contents could not be decoded.  If this is a binary file, please ` +
        'use the fileb:// prefix instead of the file:// prefix.',
    );
  }
}
