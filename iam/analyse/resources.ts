/** The resources that an action can be asked on, and of each class that the statements tell apart a shortest one. */
import type { RequestContext } from '../request-context.ts';
import { resolveTemplate } from '../variables.ts';
import type { ActionClass } from './actions.ts';
import { ACCOUNT, REGION } from './known-keys.ts';
import { classMembers, intersects, literal, oneOrMore, type Pattern } from './language.ts';
import { ANYTHING, resourcePattern } from './patterns.ts';
import type { Reading } from './readings.ts';

const SEGMENT = oneOrMore({ not: true, chars: '/:' });
const REST = oneOrMore({ not: true, chars: '' });
const BUCKET = oneOrMore({ not: false, chars: 'xyzabcdefghijklmnopqrstuvw1234567890.-' });
const REGION_OR_NONE: Pattern = REGION.slice(1);

/** Patterns that were made before, by what they are made of: their automata are kept with them. */
export type PatternMemory = Map<string, Pattern>;

function remembered(memory: PatternMemory, id: string, make: () => Pattern): Pattern {
  const known = memory.get(id) ?? make();
  memory.set(id, known);
  return known;
}

/** The Resource elements as patterns, each once, for these values of the variables. */
export function resourcePatterns(
  readings: readonly Reading[],
  contexts: readonly RequestContext[],
  memory: PatternMemory,
): readonly Pattern[] {
  const patterns = new Set<Pattern>();
  for (const { resources, speaker } of readings) {
    for (const template of resources ?? []) {
      const pieces = resolveTemplate(template, contexts[speaker] ?? NOTHING);
      if (pieces === undefined) continue;
      const id = pieces.map((piece) => ('pattern' in piece ? `*${piece.pattern}` : `=${piece.literal}`)).join('\n');
      patterns.add(remembered(memory, id, () => resourcePattern(pieces)));
    }
  }
  return [...patterns];
}

const NOTHING: RequestContext = { get: () => undefined };

/** ARNs whose account is such a text. */
export function arnsOfAccount(account: Pattern): Pattern {
  const part = { run: true, not: true, chars: ':' };
  return [
    ...literal('arn:'),
    part,
    ...literal(':'),
    part,
    ...literal(':'),
    part,
    ...literal(':'),
    ...account,
    ...literal(':'),
    ...ANYTHING,
  ];
}

/** ARNs of all classes, a shorter before a longer, `*` last. Undefined past the budget. */
export function resourcesOf(
  action: ActionClass,
  readings: readonly Reading[],
  patterns: readonly Pattern[],
  budget: number,
  memory: PatternMemory,
): readonly string[] | undefined {
  const universe = resourceUniverse(action, readings, memory);
  const telling = patterns.filter(
    (pattern) => !isAnything(pattern) && universe.some((possible) => intersects(pattern, possible)),
  );
  // Where nothing tells resources apart any one will do: an ARN before the "*" that comes first.
  const possible = telling.length > 0 ? universe : universe.slice(universe.length > 1 ? 1 : 0).slice(0, 1);
  const texts = classMembers(telling, possible, budget)?.map(({ text }) => text);
  return texts?.sort((a, b) => (a === '*' ? 1 : b === '*' ? -1 : a.length - b.length));
}

function isAnything(pattern: Pattern): boolean {
  const [first] = pattern;
  return pattern.length === 1 && first?.run === true && first.not && first.chars === '';
}

function resourceUniverse(
  action: ActionClass,
  readings: readonly Reading[],
  memory: PatternMemory,
): readonly Pattern[] {
  const named = readings.flatMap(({ compiled }) => compiled.statement.resource?.values ?? []).map((v) => v.split(':'));
  const plain = (part: string | undefined) => (part !== undefined && /^[a-z0-9-]+$/.test(part) ? [part] : []);
  const partitions = new Set(['aws', ...named.flatMap((parts) => plain(parts[1]))]);
  if (action.resources !== undefined) {
    if (action.resources.length === 0) return withoutType(action);
    return [...partitions].flatMap((partition) =>
      (action.resources ?? []).map((arn) =>
        remembered(memory, `format ${partition} ${arn}`, () => arnFormat(arn, partition)),
      ),
    );
  }
  const services = new Set([action.service, ...named.flatMap((parts) => plain(parts[2]))]);
  const accounts = { none: [], any: ACCOUNT, aws: literal('aws') };
  const arns = [...partitions].flatMap((partition) =>
    [...services].flatMap((service) =>
      Object.entries(accounts).map(([name, account]) =>
        remembered(memory, `any ${partition} ${service} ${name}`, () => [
          ...literal(`arn:${partition}:${service}:`),
          ...REGION_OR_NONE,
          ...literal(':'),
          ...account,
          ...literal(':'),
          ...REST,
        ]),
      ),
    ),
  );
  return [remembered(memory, '*', () => literal('*')), ...arns];
}

/**
 * What an action without resource types is asked on. IAM names the collection that is listed, S3 the ARN of all buckets.
 */
function withoutType({ service, action }: ActionClass): readonly Pattern[] {
  if (action === 's3:ListAllMyBuckets') return [literal('arn:aws:s3:::*')];
  if (service !== 'iam') return [literal('*')];
  return [literal('*'), [...literal('arn:aws:iam::'), ...ACCOUNT, ...literal(':'), ...SEGMENT, ...literal('/')]];
}

/** An ARN format of the Service Authorization Reference. The name that ends it may hold anything, a bucket's only what S3 allows. */
export function arnFormat(format: string, partition: string): Pattern {
  const tokens: Pattern[number][] = [];
  let from = 0;
  for (;;) {
    const open = format.indexOf('${', from);
    const close = open < 0 ? -1 : format.indexOf('}', open);
    if (close < 0) break;
    tokens.push(...literal(format.slice(from, open)));
    tokens.push(...hole(format.slice(open + 2, close), partition, { isLast: close === format.length - 1 }));
    from = close + 1;
  }
  // A format can itself hold a wildcard: arn:aws:s3:::*.
  const tail = format.slice(from);
  return [...tokens, ...tail.split('*').flatMap((text, i) => (i === 0 ? literal(text) : [...REST, ...literal(text)]))];
}

function hole(name: string, partition: string, { isLast }: { isLast: boolean }): Pattern {
  if (name === 'Partition') return literal(partition);
  if (name === 'Region') return REGION;
  if (name === 'Account') return ACCOUNT;
  if (name === 'BucketName') return BUCKET;
  return isLast ? REST : SEGMENT;
}
