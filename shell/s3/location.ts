/** Where `aws s3` reads and writes: `s3://bucket/key` and local paths. */
import type { AwsEnvironment } from '../environment.ts';
import { absolutePath } from '../paths.ts';

/** One end of a transfer. */
export interface Location {
  readonly kind: 's3' | 'local';
  /** `bucket/key`, or an absolute path; ends with a slash where names are put behind it. */
  readonly path: string;
  /** Whether the other end's name is put behind it. */
  readonly takesName: boolean;
}

/** Bucket and key of `s3://bucket/key` or `bucket/key`. */
export function splitS3(path: string): { readonly bucket: string; readonly key: string } {
  const rest = path.replace(/^s3:\/\//, '');
  const arn = /^(arn:aws[^:]*:s3:[a-z0-9-]*:[0-9]{12}:accesspoint[:/][^/]+)\/?(.*)$/.exec(rest);
  if (arn !== null) return { bucket: arn[1] ?? '', key: arn[2] ?? '' };
  const slash = rest.indexOf('/');
  return slash < 0 ? { bucket: rest, key: '' } : { bucket: rest.slice(0, slash), key: rest.slice(slash + 1) };
}

/** Whether an argument names S3 (`s3://bucket/key`) and no local path. */
export function isS3(path: string): boolean {
  return path.startsWith('s3://');
}

/** Reads an end of a transfer. `scope` says whether a whole tree is meant. */
export async function readLocation(
  environment: AwsEnvironment,
  word: string,
  scope: 'tree' | 'one',
): Promise<Location> {
  if (isS3(word)) {
    const path = word.slice('s3://'.length);
    if (path.endsWith('/')) return { kind: 's3', path, takesName: true };
    return scope === 'tree'
      ? { kind: 's3', path: `${path}/`, takesName: true }
      : { kind: 's3', path, takesName: false };
  }
  const path = absolutePath(environment, word.replace(/^~/, '~'));
  const takesName =
    scope === 'tree' ||
    word.endsWith('/') ||
    ((await environment.files.exists(path)) && (await environment.files.isDirectory(path)));
  return { kind: 'local', path: takesName ? `${path.replace(/\/$/, '')}/` : path, takesName };
}

/** How a local path is shown: relative to the working directory, `./a.txt`. */
export function shownPath(environment: AwsEnvironment, path: string): string {
  const from = environment.workingDirectory.split('/').filter((part) => part !== '');
  const to = path.split('/').filter((part) => part !== '');
  const name = path.endsWith('/') ? '' : (to.pop() ?? '');
  let common = 0;
  while (common < from.length && common < to.length && from[common] === to[common]) common += 1;
  const up = from.slice(common).map(() => '..');
  const parts = [...up, ...to.slice(common)];
  return `${parts.length === 0 ? '.' : parts.join('/')}/${name}`;
}

/** The place of a source at the destination, and the name by which both sides are compared. */
export function destinationOf(
  source: Location,
  destination: Location,
  path: string,
  scope: 'tree' | 'one',
): { readonly path: string; readonly compareKey: string } {
  const relative = scope === 'tree' ? path.slice(source.path.length) : (path.split('/').at(-1) ?? '');
  return { path: destination.takesName ? destination.path + relative : destination.path, compareKey: relative };
}
