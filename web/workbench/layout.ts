import { recall, remember } from '../state/remembered.ts';
import { Store } from '../state/store.ts';

export const paneNames = ['brief', 'editor', 'calls', 'terminal'] as const;
export type PaneName = (typeof paneNames)[number];

/** Sizes of the panes that keep theirs when the window changes, in pixels. */
export interface Sizes {
  readonly brief: number;
  readonly calls: number;
  readonly terminal: number;
}

const initial: Sizes = { brief: 336, calls: 336, terminal: 262 };

const number = (value: unknown, otherwise: number): number =>
  typeof value === 'number' && Number.isFinite(value) && value > 0 ? value : otherwise;

/** Sizes as they were kept; a size that makes no sense is the initial one. */
export function sizesFrom(kept: unknown): Sizes {
  const read = (name: keyof Sizes): number =>
    number(typeof kept === 'object' && kept !== null ? Reflect.get(kept, name) : undefined, initial[name]);
  return { brief: read('brief'), calls: read('calls'), terminal: read('terminal') };
}

export const sizes = new Store<Sizes>(sizesFrom(recall('panes')));

/** The pane that fills the screen. On a narrow screen one always does. */
export const maximised = new Store<PaneName | undefined>(undefined);

export function resizePane(name: keyof Sizes, pixels: number): void {
  const value = Math.round(pixels);
  if (value <= 0 || value === sizes.value[name]) return;
  sizes.update((all) => ({ ...all, [name]: value }));
  remember('panes', sizes.value);
}

export const narrow = matchMedia('(max-width: 899px)');
