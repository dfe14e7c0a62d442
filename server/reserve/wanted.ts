/** How many sandboxes of which challenges are to be kept ready, as the operator says it. */
import { type Static, Type } from 'typebox';
import { reserveLimits } from './limits.ts';

const Count = Type.Integer({ minimum: 0, maximum: reserveLimits.inAll });

export const WantedReserve = Type.Object({
  /** Of each challenge that is opened most. */
  popular: Count,
  /** By `<pack>/<id>`; goes before `popular`. */
  challenges: Type.Record(Type.String(), Count),
});
export type WantedReserve = Static<typeof WantedReserve>;

export const noReserve: WantedReserve = { popular: 0, challenges: {} };

/** Reads `2,foundations/playground=20`; what cannot be read is answered as it is, and fits no schema. */
export function readWanted(text: string): WantedReserve | string {
  let popular = 0;
  const challenges: Record<string, number> = {};
  for (const part of text.split(',')) {
    const [, challenge, count] = /^\s*(?:([a-z0-9-]+\/[a-z0-9-]+)\s*=\s*)?(\d{1,9})\s*$/.exec(part) ?? [];
    if (count === undefined) return text;
    if (challenge === undefined) popular = Number(count);
    else challenges[challenge] = Number(count);
  }
  return { popular, challenges };
}
