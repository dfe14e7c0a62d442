/** `aws s3 cp`, `mv`, `rm` and `sync`: which entries move where, and the line that each of them prints. */
import type { ParsedArguments } from '../argument-parser.ts';
import type { Client } from '../client/client.ts';
import { parameterFault } from '../faults.ts';
import type { Printed } from '../printed.ts';
import type { Session } from '../session.ts';
import type { ValueMap } from '../value.ts';
import { type Entry, entriesAt, faultWords, requireLocal, type Wanted } from './files.ts';
import { pathFilter } from './filters.ts';
import { destinationOf, isS3, type Location, readLocation, shownPath, splitS3 } from './location.ts';
import { Mover } from './mover.ts';
import { S3_USAGE, wholeNumber, word } from './options.ts';

export type TransferCommand = 'cp' | 'mv' | 'rm' | 'sync';

type Ends = 's3s3' | 's3local' | 'locals3' | 's3';

const ALLOWED: Readonly<Record<TransferCommand, readonly string[]>> = {
  cp: ['s3s3', 's3local', 'locals3'],
  mv: ['s3s3', 's3local', 'locals3'],
  sync: ['s3s3', 's3local', 'locals3'],
  rm: ['s3'],
};
const WORDS: Readonly<Record<Ends, string>> = {
  locals3: 'upload',
  s3local: 'download',
  s3s3: 'copy',
  s3: 'delete',
};

/** One thing to do. */
interface Task {
  readonly kind: 'move' | 'delete';
  readonly source: Location['kind'];
  readonly entry: Entry;
  /** Undefined for a deletion. */
  readonly to?: string;
}

interface Plan {
  readonly command: TransferCommand;
  readonly words: readonly string[];
  readonly ends: Ends;
  readonly scope: 'tree' | 'one';
  readonly source: Location;
  readonly destination: Location;
}

function endsOf(command: TransferCommand, words: readonly string[]): Ends {
  const ends = words.map((path) => (isS3(path) ? 's3' : 'local')).join('');
  if (ALLOWED[command].includes(ends)) return ends as Ends;
  throw parameterFault(`usage: aws s3 ${command} ${S3_USAGE[command]}\nError: Invalid argument type`);
}

async function planOf(session: Session, command: TransferCommand, parsed: ParsedArguments): Promise<Plan> {
  const { environment } = session;
  const given = parsed.values.get('paths');
  const raw = typeof given === 'object' ? given : [String(given)];
  const ends = endsOf(command, raw);
  const words = raw.map((path) => (isS3(path) && !path.endsWith('/') && splitS3(path).key === '' ? `${path}/` : path));
  const scope = command === 'sync' || parsed.values.has('recursive') ? 'tree' : 'one';
  const [from = '', to = from] = words;
  const source = await readLocation(environment, from, scope);
  const destination = await readLocation(environment, to, scope);
  if (command === 'mv' && ends === 's3s3' && isSamePlace(from, to)) {
    throw parameterFault(`Cannot mv a file onto itself: '${from}' - '${to}'`);
  }
  if (ends === 'locals3') await requireLocal(environment, source, from);
  if (ends === 's3local' && scope === 'tree') await environment.files.makeDirectory(destination.path);
  return { command, words, ends, scope, source, destination };
}

function isSamePlace(from: string, to: string): boolean {
  return from === to || (to.endsWith('/') && from === to + (from.split('/').at(-1) ?? ''));
}

function wantedOf(parsed: ParsedArguments, scope: Plan['scope'], purpose: Wanted['purpose']): Wanted {
  const payer = word(parsed, 'request-payer');
  const pageSize = wholeNumber(parsed, 'page-size');
  const head: ValueMap = payer === undefined ? {} : { RequestPayer: payer };
  return { scope, purpose, head, list: { ...head, ...(pageSize !== undefined && { MaxKeys: pageSize }) } };
}

/** Whether an entry that is on both sides must be sent again. */
function differs(plan: Plan, parsed: ParsedArguments, from: Entry, to: Entry): boolean {
  if (from.size !== to.size) return true;
  if (parsed.values.has('size-only') || from.modified === undefined || to.modified === undefined) return false;
  if (plan.ends !== 's3local') return to.modified < from.modified;
  return parsed.values.has('exact-timestamps') ? to.modified !== from.modified : to.modified > from.modified;
}

/** Source and destination side by side, by the names that they have in common. */
async function syncTasks(
  session: Session,
  client: Client,
  plan: Plan,
  parsed: ParsedArguments,
): Promise<readonly Task[]> {
  const { environment } = session;
  const filter = filterOf(session, plan, parsed);
  const wanted = wantedOf(parsed, 'tree', 'transfer');
  const compareKey = (location: Location, entry: Entry) => entry.path.slice(location.path.length);
  const there = new Map<string, Entry>();
  for await (const entry of entriesAt(environment, client, plan.destination, wanted)) {
    if (filter(entry.path)) there.set(compareKey(plan.destination, entry), entry);
  }
  const tasks: (Task & { readonly key: string })[] = [];
  for await (const entry of entriesAt(environment, client, plan.source, wanted)) {
    if (!filter(entry.path)) continue;
    const key = compareKey(plan.source, entry);
    const known = there.get(key);
    there.delete(key);
    if (known !== undefined && !differs(plan, parsed, entry, known)) continue;
    const { path } = destinationOf(plan.source, plan.destination, entry.path, 'tree');
    tasks.push({ kind: 'move', source: plan.source.kind, entry, to: path, key });
  }
  if (parsed.values.has('delete')) {
    for (const [key, entry] of there) tasks.push({ kind: 'delete', source: plan.destination.kind, entry, key });
  }
  return tasks.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
}

function filterOf(session: Session, plan: Plan, parsed: ParsedArguments): (path: string) => boolean {
  const given = parsed.values.get('filters');
  const [source = '', destination = source] = plan.words;
  return pathFilter(session.environment, typeof given === 'object' ? given : [], {
    source,
    destination,
    scope: plan.scope,
  });
}

async function plainTasks(
  session: Session,
  client: Client,
  plan: Plan,
  parsed: ParsedArguments,
): Promise<readonly Task[]> {
  const filter = filterOf(session, plan, parsed);
  const isDelete = plan.ends === 's3';
  const wanted = wantedOf(parsed, plan.scope, isDelete ? 'delete' : 'transfer');
  const tasks: Task[] = [];
  for await (const entry of entriesAt(session.environment, client, plan.source, wanted)) {
    if (!filter(entry.path)) continue;
    if (isDelete) tasks.push({ kind: 'delete', source: 's3', entry });
    else {
      const { path } = destinationOf(plan.source, plan.destination, entry.path, plan.scope);
      tasks.push({ kind: 'move', source: plan.source.kind, entry, to: path });
    }
  }
  return tasks;
}

function shown(session: Session, kind: Location['kind'], path: string): string {
  return kind === 's3' ? `s3://${path}` : shownPath(session.environment, path);
}

/** `upload: ./a.txt to s3://b/a.txt`, before and after its colon. */
function lineOf(session: Session, plan: Plan, task: Task): { readonly word: string; readonly rest: string } {
  const from = shown(session, task.source, task.entry.path);
  if (task.to === undefined) return { word: 'delete', rest: from };
  const verb = plan.command === 'mv' ? 'move' : WORDS[plan.ends];
  return { word: verb, rest: `${from} to ${shown(session, plan.destination.kind, task.to)}` };
}

/** Streams: `-` is the command's own input or output. */
async function streamCommand(
  session: Session,
  client: Client,
  command: TransferCommand,
  parsed: ParsedArguments,
  paths: readonly string[],
): Promise<Printed> {
  if (command !== 'cp' || parsed.values.has('recursive')) {
    throw parameterFault('Streaming currently is only compatible with non-recursive cp commands');
  }
  const [from = '', to = ''] = paths;
  endsOf(command, paths);
  const mover = new Mover(session, client, parsed);
  const place = from === '-' ? to : from;
  try {
    if (from === '-') {
      await mover.upload(session.environment.stdin, place.slice('s3://'.length));
      return { stdout: '' };
    }
    return { stdout: (await mover.fetch(place.slice('s3://'.length))).body };
  } catch (fault) {
    const what = from === '-' ? `upload failed: - to ${to}` : `download failed: ${from} to -`;
    return { stdout: '', stderr: `${what} ${faultWords(fault)}\n`, exitCode: 1 };
  }
}

/** Runs one of the four. Exit code 1: at least one entry failed. */
export async function transferCommand(
  session: Session,
  client: Client,
  command: TransferCommand,
  parsed: ParsedArguments,
): Promise<Printed> {
  const paths = parsed.values.get('paths');
  if (typeof paths === 'object' && paths.includes('-')) {
    return streamCommand(session, client, command, parsed, paths);
  }
  const plan = await planOf(session, command, parsed);
  const mover = new Mover(session, client, parsed);
  const isQuiet = parsed.values.has('quiet');
  const showsSuccess = !isQuiet && !parsed.values.has('only-show-errors');
  let stdout = '';
  let stderr = '';
  let failures = 0;
  try {
    const tasks =
      command === 'sync'
        ? await syncTasks(session, client, plan, parsed)
        : await plainTasks(session, client, plan, parsed);
    for (const task of tasks) {
      const line = lineOf(session, plan, task);
      if (parsed.values.has('dryrun')) {
        if (!isQuiet) stdout += `(dryrun) ${line.word}: ${line.rest}\n`;
        continue;
      }
      try {
        await mover.carryOut(plan, task);
        if (showsSuccess) stdout += `${line.word}: ${line.rest}\n`;
      } catch (fault) {
        failures += 1;
        if (!isQuiet) stderr += `${line.word} failed: ${line.rest} ${faultWords(fault)}\n`;
      }
    }
  } catch (fault) {
    failures += 1;
    if (!isQuiet) stderr += `fatal error: ${faultWords(fault)}\n`;
  }
  return { stdout, stderr, exitCode: failures > 0 ? 1 : 0 };
}
