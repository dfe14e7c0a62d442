/** The learner's last step in the journal of a sandbox: one call that changed something, with all that it set off. */
import type { JournalNote } from './store.ts';

/** A call that can be undone. */
export interface Step {
  /** The request id of the call. */
  readonly id: string;
  /** `iam:CreateUser`. */
  readonly name: string;
  /** ARN of who called. */
  readonly principal: string;
  readonly at: Date;
}

/** A step, and the row after which the sandbox was as it was before it. */
export interface FoundStep extends Step {
  readonly to: number;
}

/** What is read of a journal. */
export interface JournalReading {
  /** The rows up to one, newest first, as many as are read at a time; none where there are no more. */
  notesUpTo(seq: number): Promise<readonly JournalNote[]>;
  /** The first row of a call after another row: a call during which code ran has several. */
  firstOf(requestId: string, after: number): Promise<number | undefined>;
}

/** Acts that a learner does not go back behind: with them a stage begins. */
const BEGINNINGS = new Set(['reset', 'begin-stage']);
const REWIND = 'rewind';

/**
 * Follows the journal back from row `seq`. Calls that only made sessions or were refused are passed over, and so is what the clock, the platform
 * and code did: it goes with the step before it. Undefined where the stage has no step, or its rows were let go.
 */
export async function findLastStep(journal: JournalReading, seq: number): Promise<FoundStep | undefined> {
  let at = seq;
  let found: JournalNote | undefined;
  for (;;) {
    const notes = await journal.notesUpTo(at);
    if (notes.length === 0) return undefined;
    for (const note of notes) {
      if (note.seq > at) continue;
      if (note.seq < at || BEGINNINGS.has(note.name)) return undefined;
      if (isStep(note)) {
        found = note;
        break;
      }
      at = note.name === REWIND ? (note.call?.to ?? 0) : at - 1;
    }
    if (found !== undefined) break;
  }
  const { requestId: id, name, at: time, call } = found;
  if (id === null) return undefined;
  const first = await journal.firstOf(id, await lastTurnBefore(journal, found.seq));
  return { id, name, principal: call?.principal ?? '', at: time, to: (first ?? found.seq) - 1 };
}

function isStep({ name, requestId, call }: JournalNote): boolean {
  const isOwn = requestId !== null && call?.code !== true && call?.refused !== true;
  return isOwn && !name.startsWith('sts:') && name !== 'console:SignIn';
}

/** The row before `seq` at which the sandbox was put into another state; 0 where it never was. */
async function lastTurnBefore(journal: JournalReading, seq: number): Promise<number> {
  for (let at = seq - 1; ; ) {
    const notes = await journal.notesUpTo(at);
    const turn = notes.find(({ name }) => name === REWIND || BEGINNINGS.has(name));
    if (turn !== undefined) return turn.seq;
    const last = notes.at(-1);
    if (last === undefined) return 0;
    at = last.seq - 1;
  }
}
