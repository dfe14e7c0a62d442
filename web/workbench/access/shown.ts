import type { DecisionView } from '../../../contract/index.ts';
import { type DocumentRef, idOf } from '../editor/documents.ts';
import { type Edit, readEdit, saysTheSame } from './edit.ts';
import type { Cell, Cells, LiveMatrix } from './live-matrix.ts';

/** The document that is open in the editor. */
export interface TypedDocument {
  readonly ref: DocumentRef;
  /** As it was loaded or last saved. */
  readonly base: string;
  readonly text: string;
}

/** What the matrix shows at one moment. */
export interface Shown {
  readonly live: LiveMatrix;
  readonly document: TypedDocument | undefined;
  readonly cells: Cells;
  /** The line at which what is typed cannot be read: the cells are those of the last text that could. */
  readonly malformedAt?: number;
  readonly readable?: Readable;
}

/** The last text that could be read, of the document of this id. The cells that are shown with it are those that it leads to. */
interface Readable {
  readonly id: string;
  readonly edit: Edit;
}

/** The matrix with what is typed; `before` is what was shown last. */
export function show(live: LiveMatrix, document: TypedDocument | undefined, before: Shown | undefined): Shown {
  const saved: Shown = { live, document, cells: live.saved };
  if (document === undefined) return saved;
  if (document.text === document.base) return isJustSaved(live, document, before) ? { ...before, document } : saved;
  const read = readEdit(document.ref, document.text);
  if (read.kind === 'none') return saved;
  const id = idOf(document.ref);
  const last = before?.readable?.id === id ? before.readable : undefined;
  const shownWith = (readable: Readable): Shown => {
    const isShown = readable === last && before?.live === live;
    return { ...saved, cells: isShown ? before.cells : live.with(readable.edit), readable };
  };
  if (read.kind === 'malformed') return { ...(last ? shownWith(last) : saved), malformedAt: read.line };
  return shownWith(last && saysTheSame(last.edit, read.edit) ? last : { id, edit: read.edit });
}

/** Whether the text shown last has become the account's own, and the matrix was not read again since. */
function isJustSaved(live: LiveMatrix, { text }: TypedDocument, before: Shown | undefined): before is Shown {
  const typed = before?.document;
  return before?.live === live && typed !== undefined && typed.text === text && typed.base !== text;
}

/** What an edit does to a cell. */
export type Change = 'gained' | 'lost' | undefined;

export function changeOf(now: Cell, saved: Cell): Change {
  if (now.kind !== 'decided' || saved.kind !== 'decided' || now.allowed === saved.allowed) return undefined;
  return now.allowed ? 'gained' : 'lost';
}

/** How many cells an edit changes. */
export function countChanges({ live, cells }: Shown): { readonly gained: number; readonly lost: number } {
  const changes = cells.flatMap((row, r) => row.map((cell, c) => changeOf(cell, live.saved[r]?.[c] ?? cell)));
  return {
    gained: changes.filter((change) => change === 'gained').length,
    lost: changes.filter((change) => change === 'lost').length,
  };
}

/** What a cell shows: the verdict of its decision, or that there is none. */
export type Sign = DecisionView['verdict'] | 'unread' | 'missing';

export function signOf(cell: Cell): Sign {
  return cell.kind === 'decided' ? cell.because.decision.verdict : cell.kind;
}
