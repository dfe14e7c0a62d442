/** Names of actions: those that policies tell apart, and those that a service may give actions in future. */
import { literal, oneOrMore } from './language.ts';
import { classMembers } from './members.ts';
import { textPattern } from './patterns.ts';
import type { Reading } from './readings.ts';

/** Stands in the name of an action to come. */
export const FUTURE_ACTION = 'ActionToCome';
const HAS_WILDCARD = /[*?]/;
const NAME_CHARS = { not: false, chars: 'xyzabcdefghijklmnopqrstuvw1234567890' };

/** Names that the policies tell apart, as they write them, and beside a name that is ruled by more than policies another one. */
export function namesOf(
  service: string,
  readings: readonly Reading[],
  budget: number,
  ruled: readonly string[],
): readonly string[] | undefined {
  const spelled = new Map<string, string>();
  for (const { compiled } of readings) {
    for (const value of compiled.statement.action.values) spelled.set(value.toLowerCase(), value);
  }
  const universe = [...literal(`${service}:`), ...oneOrMore(NAME_CHARS)];
  const membersOf = (texts: Iterable<string>) =>
    classMembers(
      [...texts].map((text) => textPattern([{ pattern: text }])),
      [universe],
      budget,
    );
  const members = membersOf(spelled.keys());
  const rules = new Set(ruled.map((name) => `${service}:${name}`.toLowerCase()));
  const stands = members?.some(({ text }) => rules.has(text) && !spelled.has(text));
  const all = stands === true ? membersOf(new Set([...spelled.keys(), ...rules])) : members;
  return all?.map(({ text }) => (spelled.get(text) ?? text).slice(service.length + 1));
}

/**
 * Names that a service may give actions in future, one for each class that the policies tell apart: `ActionToCome`, and beside `s3:Get*`
 * also `GetActionToCome`. None is a name that there is, and who reads one knows it by its look.
 */
export function namesToCome(
  service: string,
  readings: readonly Reading[],
  budget: number,
): readonly string[] | undefined {
  const open = new Set<string>();
  for (const { compiled } of readings) {
    for (const value of compiled.statement.action.values) {
      const text = value.toLowerCase();
      const [ofService = ''] = text.split(':');
      if (HAS_WILDCARD.test(text) && (ofService === service || HAS_WILDCARD.test(ofService))) open.add(text);
    }
  }
  // Patterns of all services take in all names, or none.
  if ([...open].every((text) => text === '*' || text === `${service}:*`)) return [FUTURE_ACTION];
  const mark = FUTURE_ACTION.toLowerCase();
  const run = { run: true, ...NAME_CHARS };
  const members = classMembers(
    [...open].map((text) => textPattern([{ pattern: text }])),
    [[...literal(`${service}:`), run, ...literal(mark), run]],
    budget,
  );
  return members?.map(({ text }) => {
    const [before = '', after = ''] = text.slice(service.length + 1).split(mark);
    return `${before.charAt(0).toUpperCase()}${before.slice(1)}${FUTURE_ACTION}${after}`;
  });
}
