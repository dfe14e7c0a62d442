/** Where a finding stands in a document. IAM Access Analyzer API Reference, "Location", "PathElement", "Position". */
import type { Location, PathElement, Position } from '@aws-sdk/client-accessanalyzer';

/** The elements of an RFC 6901 pointer: numbers are places in lists, as policies have no element of such a name. */
function pathOf(pointer: string): PathElement[] {
  const [, ...steps] = pointer.split('/');
  return steps
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
    .map((step) => (/^\d+$/.test(step) ? { index: Number(step) } : { value: step }));
}

/** Lines count from 1; columns and offsets from 0. */
function positionAt(text: string, offset: number): Position {
  const before = text.slice(0, offset);
  const lines = before.split('\n');
  return { line: lines.length, column: lines.at(-1)?.length ?? 0, offset };
}

/** @param at offsets in the text, and the pointer to what stands there */
export function locationOf(
  text: string,
  at: { readonly from: number; readonly to: number; readonly pointer: string },
): Location {
  return {
    path: pathOf(at.pointer),
    span: { start: positionAt(text, at.from), end: positionAt(text, at.to) },
  };
}
