/** What the checker says about a place in a policy, and how it could be put right. */
import type { Finding } from '../policy.ts';

/** Replaces the text from `from` (inclusive) to `to` (exclusive), in UTF-16 units of the text that was checked. */
export interface TextEdit {
  readonly from: number;
  readonly to: number;
  readonly insert: string;
}

/** A way to put something right. The edits do not overlap, and all refer to the text as it was checked. */
export interface Repair {
  /** What it does, as on a button: `Write s3:GetObject`. */
  readonly title: string;
  readonly edits: readonly TextEdit[];
}

export interface CheckFinding extends Finding {
  /** The text with which AWS refuses the document when it is saved; absent where AWS would save it. */
  readonly awsMessage?: string;
  readonly repair?: Repair;
}

/** Where something stands: offsets in the text, and the pointer of RFC 6901. */
export interface Span {
  readonly from: number;
  readonly to: number;
  readonly pointer: string;
}

/** Applies a repair to the text that was checked. */
export function applyRepair(text: string, repair: Repair): string {
  let result = text;
  for (const { from, to, insert } of [...repair.edits].sort((a, b) => b.from - a.from)) {
    result = result.slice(0, from) + insert + result.slice(to);
  }
  return result;
}
