/**
 * Allowed patterns of parameters. They come from anybody, so they are matched by following all of a pattern's states at
 * once (Thompson's construction): time grows with pattern times value, whatever the pattern. What this cannot follow, look-around
 * and back references, is refused.
 */

import { PatternCompiler, Unreadable } from './pattern-compiler.ts';
import type { Automaton, State } from './pattern-states.ts';

export type AllowedPattern =
  | { readonly kind: 'ok'; readonly matches: (value: string) => boolean }
  | { readonly kind: 'unreadable' };

/** Compiles a regular expression that must match a whole value. */
export function compileAllowedPattern(pattern: string): AllowedPattern {
  try {
    const states = new PatternCompiler(pattern).compile();
    return { kind: 'ok', matches: (value) => run(states, value) };
  } catch (error) {
    if (error instanceof Unreadable) return { kind: 'unreadable' };
    throw error;
  }
}

function run({ states, start }: Automaton, value: string): boolean {
  const characters = [...value];
  let active = closure(states, [start], 0, characters.length);
  for (const [place, character] of characters.entries()) {
    const following: number[] = [];
    for (const number of active) {
      const state = states[number];
      if (state?.kind === 'one' && state.takes(character)) following.push(state.next);
    }
    active = closure(states, following, place + 1, characters.length);
    if (active.size === 0) return false;
  }
  return [...active].some((number) => states[number]?.kind === 'done');
}

/** All states that are reached without taking a character. */
function closure(
  states: readonly State[],
  from: readonly number[],
  place: number,
  length: number,
): ReadonlySet<number> {
  const reached = new Set<number>();
  const waiting = [...from];
  for (let number = waiting.pop(); number !== undefined; number = waiting.pop()) {
    if (reached.has(number)) continue;
    reached.add(number);
    const state = states[number];
    if (state?.kind === 'fork') waiting.push(...state.to);
    else if ((state?.kind === 'begin' && place === 0) || (state?.kind === 'end' && place === length))
      waiting.push(state.next);
  }
  return reached;
}
