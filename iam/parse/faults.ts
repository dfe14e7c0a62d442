/** Faults in a document as they are found, and what becomes of them: located findings and the text that AWS would answer. */
import type { Finding } from '../policy.ts';

/** What can be wrong with a policy. Stable names: they are the findings' codes. */
export type FaultCode =
  | 'invalid-json'
  | 'not-an-object'
  | 'duplicate-key'
  | 'unknown-element'
  | 'invalid-type'
  | 'missing-statement'
  | 'empty-statement'
  | 'invalid-version'
  | 'version-too-old'
  | 'missing-effect'
  | 'invalid-effect'
  | 'effect-letter-case'
  | 'invalid-sid'
  | 'duplicate-sid'
  | 'prohibited-principal'
  | 'missing-principal'
  | 'empty-principal'
  | 'untyped-principal'
  | 'invalid-principal'
  | 'prohibited-not-principal'
  | 'allow-with-not-principal'
  | 'missing-action'
  | 'both-elements'
  | 'action-without-vendor'
  | 'action-with-colons'
  | 'invalid-vendor'
  | 'action-not-sts'
  | 'missing-resource'
  | 'prohibited-resource'
  | 'prohibited-not-resource'
  | 'resource-not-arn'
  | 'invalid-partition'
  | 'invalid-resource-service'
  | 'resource-with-region'
  | 'invalid-iam-path'
  | 'incomplete-arn'
  | 'unknown-operator'
  | 'invalid-date'
  | 'invalid-ip-address';

/** Where something stands. */
export interface Place {
  readonly from: number;
  readonly to: number;
  /** RFC 6901. */
  readonly pointer: string;
  /** The statement's number, from 0; -1 outside the statements. */
  readonly statement: number;
}

export interface Fault extends Place {
  readonly code: FaultCode;
  readonly message: string;
  /** What AWS's text quotes: the resource, the principal, the element's name. */
  readonly detail: string;
}

/** How one kind of policy is refused. */
export interface Dialect {
  /** AWS's text for a fault. */
  readonly text: (fault: Fault) => string;
  /** Smaller is reported first; among equals the one found first. */
  readonly rank: (fault: Fault) => number;
}

/** Collects while a document is read. */
export class FaultLog {
  readonly faults: Fault[] = [];
  private readonly notes: (Place & { severity: Finding['severity']; code: string; message: string })[] = [];

  /** Something for which AWS refuses the document. */
  fault(code: FaultCode, place: Place, message: string, detail = ''): void {
    const { from, to, pointer, statement } = place;
    this.faults.push({ code, from, to, pointer, statement, message, detail });
  }

  /** Something that AWS accepts and that deserves a word. */
  note(severity: 'warning' | 'suggestion', code: string, place: Place, message: string): void {
    this.notes.push({ ...place, severity, code, message });
  }

  /** The text that AWS would answer; undefined where it would accept the document. */
  awsMessage(dialect: Dialect): string | undefined {
    let first: Fault | undefined;
    for (const fault of this.faults) {
      if (first === undefined || dialect.rank(fault) < dialect.rank(first)) first = fault;
    }
    return first === undefined ? undefined : dialect.text(first);
  }

  /** Everything, in the order of the text. */
  findings(text: string): readonly Finding[] {
    const starts = lineStarts(text);
    const all = [...this.faults.map((fault) => ({ ...fault, severity: 'error' as const })), ...this.notes];
    return all
      .sort((a, b) => a.from - b.from)
      .map(({ code, severity, message, pointer, from, to }) => {
        const line = lineOf(starts, from);
        return { code, severity, message, pointer, line, column: from - (starts[line - 1] ?? 0) + 1, from, to };
      });
  }
}

/** Where each line of a text begins. */
export function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

/** The line of an offset, from 1. */
export function lineOf(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low + 1;
}

/** A pointer one step further down. */
export function childPointer(pointer: string, step: string | number): string {
  return `${pointer}/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`;
}
