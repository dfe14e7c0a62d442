import { recall, remember } from '../state/remembered.ts';
import { Store } from '../state/store.ts';

export const paneNames = ['brief', 'editor', 'access', 'calls', 'terminal'] as const;
export type PaneName = (typeof paneNames)[number];

/** Where the dividers stand, in per cent of what they divide, from its start. */
export interface Sizes {
  /** The brief beside everything else. */
  readonly brief: number;
  /** The editor beside the access matrix. */
  readonly editor: number;
  /** Editor and matrix above terminal and calls. */
  readonly upper: number;
  /** The terminal beside the calls. */
  readonly terminal: number;
}

const initial: Sizes = { brief: 26, editor: 64, upper: 60, terminal: 66 };

const number = (value: unknown, otherwise: number): number =>
  typeof value === 'number' && value > 0 && value < 100 ? value : otherwise;

/** Sizes as they were kept; a size that cannot be is the initial one. */
export function sizesFrom(kept: unknown): Sizes {
  const read = (name: keyof Sizes): number =>
    number(typeof kept === 'object' && kept !== null ? Reflect.get(kept, name) : undefined, initial[name]);
  return { brief: read('brief'), editor: read('editor'), upper: read('upper'), terminal: read('terminal') };
}

export const sizes = new Store<Sizes>(sizesFrom(recall('panes')));

/** The pane that fills the screen. On a narrow screen one always does. */
export const maximised = new Store<PaneName | undefined>(undefined);

export function resizePane(name: keyof Sizes, percent: number): void {
  const value = Math.round(percent * 10) / 10;
  if (!(value > 0 && value < 100) || value === sizes.value[name]) return;
  sizes.update((all) => ({ ...all, [name]: value }));
  remember('panes', sizes.value);
}

export const narrow = matchMedia('(max-width: 899px)');
