/** The resources that an action can be asked on, and of each class that the statements tell apart a shortest one. */
import type { RequestContext } from '../request-context.ts';
import { suppliedResource } from '../supplied-resource.ts';
import { resolveTemplate } from '../variables.ts';
import type { ActionClass } from './actions.ts';
import { inOrder } from './alphabet.ts';
import { ACCOUNT, REGION } from './known-keys.ts';
import { literal, oneOrMore, type Pattern } from './language.ts';
import { intersects } from './overlap.ts';
import { ANYTHING, resourcePattern } from './patterns.ts';
import type { Reading } from './readings.ts';
import { ResourceMemory } from './resource-memory.ts';

const SEGMENT = oneOrMore({ not: true, chars: '/:' });
const PATH = oneOrMore({ not: true, chars: ':' });
const REST = oneOrMore({ not: true, chars: '' });
const BUCKET = oneOrMore({ not: false, chars: 'xyzabcdefghijklmnopqrstuvw1234567890.-' });
const REGION_OR_NONE: Pattern = REGION.slice(1);

/** The Resource elements as patterns, each once, for these values of the variables. */
export function resourcePatterns(
  readings: readonly Reading[],
  contexts: readonly RequestContext[],
  memory: ResourceMemory,
): readonly Pattern[] {
  const patterns = new Set<Pattern>();
  for (const { resources, speaker } of readings) {
    for (const template of resources ?? []) {
      const pieces = resolveTemplate(template, contexts[speaker] ?? NOTHING);
      if (pieces === undefined) continue;
      const id = pieces.map((piece) => ('pattern' in piece ? `*${piece.pattern}` : `=${piece.literal}`)).join('\n');
      patterns.add(memory.pattern(id, () => resourcePattern(pieces)));
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

/** What ARNs an action can be asked on, and the patterns that tell them apart. */
export interface Telling {
  readonly universe: readonly Pattern[];
  readonly patterns: readonly Pattern[];
}

/** The patterns that some ARN of the action matches, save those that every one does. */
export function tellingPatterns(action: ActionClass, patterns: readonly Pattern[], memory: ResourceMemory): Telling {
  const universe = memory.universe(action, () => universeOf(action, memory));
  return {
    universe,
    patterns: patterns.filter(
      (pattern) => !isAnything(pattern) && universe.some((possible) => memory.meets(pattern, possible)),
    ),
  };
}

/** Whether Resource elements, whatever their variables hold, tell ARNs of that format of the catalogue apart. */
export function formatsTold(readings: readonly Reading[], more: readonly Pattern[]): (format: string) => boolean {
  const memory = new ResourceMemory(readings);
  const open = new Map(
    readings.flatMap(({ compiled, openResources, version }) =>
      openResources.map((pattern, i) => [`${version} ${compiled.statement.resource?.values[i]}`, pattern]),
    ),
  );
  const patterns = [...open.values(), ...more].filter((pattern) => !isAnything(pattern));
  const known = new Map<string, boolean>();
  return (format) => {
    const told =
      known.get(format) ??
      memory.partitions.some((partition) => {
        const possible = memory.pattern(`${partition} ${format}`, () => arnFormat(format, partition));
        return patterns.some((pattern) => intersects(pattern, possible));
      });
    known.set(format, told);
    return told;
  };
}

/** ARNs of all classes, a shorter before a longer, `*` last. Undefined past the budget. */
export function resourcesOf(
  { universe, patterns }: Telling,
  budget: number,
  memory: ResourceMemory,
): readonly string[] | undefined {
  // Where nothing tells resources apart any one will do: an ARN before the "*" that comes first.
  const possible = patterns.length > 0 ? universe : universe.slice(universe.length > 1 ? 1 : 0).slice(0, 1);
  const texts = new Set<string>();
  // One by one: what most of them look like depends on few patterns, and not on variables.
  for (const one of possible) {
    const found = memory.textsIn(one, patterns, budget);
    if (found === undefined) return undefined;
    for (const text of found) texts.add(text);
  }
  return [...texts].sort((a, b) => (a === '*' ? 1 : b === '*' ? -1 : inOrder(a, b)));
}

function isAnything(pattern: Pattern): boolean {
  const [first] = pattern;
  return pattern.length === 1 && first?.run === true && first.not && first.chars === '';
}

function universeOf(action: ActionClass, memory: ResourceMemory): readonly Pattern[] {
  const { partitions } = memory;
  if (action.resources !== undefined) {
    if (action.resources.length === 0) return withoutType(action.action, partitions);
    return partitions.flatMap((partition) =>
      (action.resources ?? []).map((arn) =>
        memory.pattern(`format ${partition} ${arn}`, () => arnFormat(arn, partition)),
      ),
    );
  }
  const services = new Set([action.service, ...memory.services]);
  const accounts = { none: [], any: ACCOUNT, aws: literal('aws') };
  const arns = partitions.flatMap((partition) =>
    [...services].flatMap((service) =>
      Object.entries(accounts).map(([name, account]) =>
        memory.pattern(`any ${partition} ${service} ${name}`, () => [
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
  return [memory.pattern('*', () => literal('*')), ...arns];
}

/** What an action without resource types is asked on, in every account. */
function withoutType(action: string, partitions: readonly string[]): readonly Pattern[] {
  const accountId = '123456789012';
  const texts = new Set(partitions.map((partition) => suppliedResource(action, { partition, accountId })));
  return [...texts].map((text) => {
    const [before = '', after] = text.split(accountId);
    return after === undefined ? literal(text) : [...literal(before), ...ACCOUNT, ...literal(after)];
  });
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
  if (!isLast) return SEGMENT;
  return WITHOUT_COLONS.has(name) ? PATH : REST;
}

/** Names in which no colon can stand, nor anything behind them: a version, a stream. */
const WITHOUT_COLONS: ReadonlySet<string> = new Set([
  'GroupNameWithPath',
  'InstanceId',
  'KeyId',
  'PolicyNameWithPath',
  'QueueName',
  'RoleNameWithPath',
  'TableName',
  'UserNameWithPath',
]);
