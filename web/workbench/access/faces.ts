/** How a cell of the table looks and what it is called: one class and one label, so that nothing else is touched when it changes. */
import type { Cell } from './live-matrix.ts';
import { changeOf, type Sign, signOf } from './shown.ts';
import type { Look } from './signs.ts';
import { texts } from './texts.ts';

/** There is one object for each: cells with the same object look the same. */
export interface Face {
  readonly look: Look;
  readonly label: string;
}

/** The face of a cell with what is typed, beside the one as saved. */
export function faceOf(now: Cell, saved: Cell): Face {
  return faces[signOf(now)][changeOf(now, saved) ?? 'same'];
}

const faces = {
  allowed: facesOf('allowed'),
  'implicitly-denied': facesOf('implicitly-denied'),
  'explicitly-denied': facesOf('explicitly-denied'),
  unread: facesOf('unread'),
  missing: facesOf('missing'),
} as const satisfies Record<Sign, unknown>;

function facesOf(sign: Sign): Readonly<Record<'same' | 'gained' | 'lost', Face>> {
  const label = texts.signs[sign];
  return {
    same: { look: sign, label },
    gained: { look: 'gained', label: label + texts.changed.gained },
    lost: { look: 'lost', label: label + texts.changed.lost },
  };
}
