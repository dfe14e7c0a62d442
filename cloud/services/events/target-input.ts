/**
 * What a target gets: the event, a constant, a part of it, or a text made of parts of it. Amazon EventBridge User Guide, "Amazon
 * EventBridge input transformation".
 */
import { own } from '../../own.ts';
import { ruleArn } from './names.ts';
import type { RuleState, TargetState } from './state.ts';

/** An event as it goes to rules. */
export type EventBody = Readonly<Record<string, unknown>>;

/** The steps of `$.detail.records[0].name`; undefined for what is no such path. */
export function readPath(path: string): readonly (string | number)[] | undefined {
  if (!path.startsWith('$')) return undefined;
  const steps: (string | number)[] = [];
  let rest = path.slice(1);
  while (rest !== '') {
    const [step, name, quoted, index] = /^(?:\.([\w-]+)|\['([^']+)'\]|\[(\d{1,6})\])/.exec(rest) ?? [];
    if (step === undefined) return undefined;
    steps.push(index === undefined ? (name ?? quoted ?? '') : Number(index));
    rest = rest.slice(step.length);
  }
  return steps;
}

/** The part of an event that a path leads to; undefined where there is none. */
function partOf(event: EventBody, path: string): unknown {
  let value: unknown = event;
  for (const step of readPath(path) ?? []) {
    if (Array.isArray(value) && typeof step === 'number') value = value[step];
    else if (typeof value === 'object' && value !== null) value = own(value as EventBody, String(step));
    else return undefined;
  }
  return value;
}

/** The text for a target. @param now epoch milliseconds: when the event came in */
export function inputFor(
  event: EventBody,
  { input }: TargetState,
  of: { readonly rule: RuleState; readonly accountId: string; readonly now: number },
): string {
  switch (input?.kind) {
    case undefined:
      return JSON.stringify(event);
    case 'constant':
      return input.text;
    case 'path':
      return JSON.stringify(partOf(event, input.path) ?? null);
    case 'template': {
      const parts = Object.entries(input.paths).map(([name, path]) => [name, partOf(event, path)] as const);
      return filled(input.template, { ...Object.fromEntries(parts), ...reserved(event, of) });
    }
  }
}

/** Variables that every template has. */
export const RESERVED = [
  'aws.events.rule-arn',
  'aws.events.rule-name',
  'aws.events.event.ingestion-time',
  'aws.events.event',
  'aws.events.event.json',
];

function reserved(event: EventBody, { rule, accountId, now }: Parameters<typeof inputFor>[2]): EventBody {
  const { detail: _, ...withoutDetail } = event;
  return {
    'aws.events.rule-arn': ruleArn(accountId, rule),
    'aws.events.rule-name': rule.name,
    'aws.events.event.ingestion-time': new Date(now).toISOString(),
    'aws.events.event': withoutDetail,
    'aws.events.event.json': event,
  };
}

export const VARIABLE = /<([^<>\s]+)>/;

/** A template with its variables: within quotes as text, outside as JSON; what is not in the event is empty. */
function filled(template: string, values: EventBody): string {
  let isQuoted = false;
  return template.replace(/\\.|"|<([^<>\s]+)>/gs, (found, name: string | undefined) => {
    if (found === '"') isQuoted = !isQuoted;
    if (name === undefined) return found;
    const value = own(values, name);
    if (!isQuoted) return value === undefined ? '' : JSON.stringify(value);
    const text = typeof value === 'string' ? value : value === undefined ? '' : JSON.stringify(value);
    return JSON.stringify(text).slice(1, -1);
  });
}
