/** The files and objects that a command works on, in the order of their keys. */
import type { Client } from '../client/client.ts';
import type { AwsEnvironment } from '../environment.ts';
import { CommandFault, generalFault, ServiceFault } from '../faults.ts';
import { byCodePoint } from '../output/text.ts';
import { parseTimestamp } from '../timestamps.ts';
import { isList, isMap, type Value, type ValueMap } from '../value.ts';
import { type Location, splitS3 } from './location.ts';

/** A file or object. */
export interface Entry {
  /** `bucket/key`, or an absolute path. */
  readonly path: string;
  /** Bytes; undefined where nobody asked. */
  readonly size?: number;
  /** Epoch milliseconds. */
  readonly modified?: number;
}

/** Pages of ListObjectsV2. */
export async function* listPages(client: Client, parameters: ValueMap): AsyncGenerator<ValueMap> {
  let token: Value = null;
  do {
    const { output }: { output: ValueMap } = await client.callNamed('ListObjectsV2', {
      ...parameters,
      ...(token !== null && { ContinuationToken: token }),
    });
    yield output;
    token = output['NextContinuationToken'] ?? null;
  } while (token !== null);
}

/** Members of a list in an answer. */
export function items(output: ValueMap, name: string): readonly ValueMap[] {
  const list = output[name];
  return isList(list) ? list.filter(isMap) : [];
}

function time(value: Value | undefined): number | undefined {
  return value === undefined ? undefined : parseTimestamp(value);
}

async function* localTree(environment: AwsEnvironment, directory: string): AsyncGenerator<Entry> {
  const { files } = environment;
  const names: string[] = [];
  for (const name of await files.list(directory)) {
    names.push((await files.isDirectory(directory + name)) ? `${name}/` : name);
  }
  for (const name of names.sort(byCodePoint)) {
    if (name.endsWith('/')) yield* localTree(environment, directory + name);
    else yield await localEntry(environment, directory + name);
  }
}

async function localEntry(environment: AwsEnvironment, path: string): Promise<Entry> {
  const size = (await environment.files.readFile(path)).length;
  const modified = await environment.files.modified?.(path);
  return { path, size, ...(modified !== undefined && { modified }) };
}

async function headObject(client: Client, path: string, parameters: ValueMap): Promise<Entry> {
  const { bucket, key } = splitS3(path);
  try {
    const { output } = await client.callNamed('HeadObject', { ...parameters, Bucket: bucket, Key: key });
    const modified = time(output['LastModified']);
    return { path, size: Number(output['ContentLength'] ?? 0), ...(modified !== undefined && { modified }) };
  } catch (fault) {
    if (fault instanceof ServiceFault && fault.code === '404') {
      throw new ServiceFault('HeadObject', '404', `Key "${key}" does not exist`, 404, 0);
    }
    throw fault;
  }
}

/** What of a listing is wanted: folders made by hand (empty objects that end with a slash) only to delete them. */
export type Purpose = 'transfer' | 'delete';

async function* objectTree(
  client: Client,
  path: string,
  purpose: Purpose,
  parameters: ValueMap,
): AsyncGenerator<Entry> {
  const { bucket, key } = splitS3(path);
  for await (const page of listPages(client, { ...parameters, Bucket: bucket, Prefix: key })) {
    for (const object of items(page, 'Contents')) {
      const name = String(object['Key'] ?? '');
      const size = Number(object['Size'] ?? 0);
      if (size === 0 && name.endsWith('/') && purpose !== 'delete') continue;
      const modified = time(object['LastModified']);
      yield { path: `${bucket}/${name}`, size, ...(modified !== undefined && { modified }) };
    }
  }
}

export interface Wanted {
  readonly scope: 'tree' | 'one';
  readonly purpose: Purpose;
  /** Members for the calls that look: `RequestPayer`. */
  readonly head: ValueMap;
  readonly list: ValueMap;
}

/** The entries at a location. A single one is looked up by name; a single one to delete is not looked up at all. */
export async function* entriesAt(
  environment: AwsEnvironment,
  client: Client,
  location: Location,
  wanted: Wanted,
): AsyncGenerator<Entry> {
  if (location.kind === 'local') {
    if (wanted.scope === 'one') yield await localEntry(environment, location.path);
    else yield* localTree(environment, location.path);
    return;
  }
  const { key } = splitS3(location.path);
  if (wanted.scope === 'one' && key !== '') {
    yield wanted.purpose === 'delete' ? { path: location.path } : await headObject(client, location.path, wanted.head);
    return;
  }
  for await (const entry of objectTree(client, location.path, wanted.purpose, wanted.list)) {
    if (wanted.scope === 'tree' || entry.path === location.path) yield entry;
  }
}

/** Throws the CLI's fault where a local source is missing. */
export async function requireLocal(environment: AwsEnvironment, location: Location, word: string): Promise<void> {
  const path = location.path.replace(/(.)\/$/, '$1');
  if (await environment.files.exists(path)) return;
  throw generalFault(`The user-provided path ${word} does not exist.`);
}

/** The words of a fault as they stand behind `upload failed:`. */
export function faultWords(fault: unknown): string {
  if (fault instanceof CommandFault) return fault.stderr.trim();
  return fault instanceof Error ? fault.message : String(fault);
}
