/** Segments of parallel scans: all items of a partition are in the same one. */
import { validation } from './errors.ts';
import type { Value } from './values.ts';

interface SegmentInput {
  readonly Segment?: number | undefined;
  readonly TotalSegments?: number | undefined;
}

/** Whether a partition is in the segment that a request asks for. @throws ValidationException */
export function scanSegment({ Segment, TotalSegments }: SegmentInput): (partition: Value | undefined) => boolean {
  if (Segment === undefined && TotalSegments === undefined) return () => true;
  if (TotalSegments === undefined) {
    throw validation(
      'The TotalSegments parameter is required but was not present in the request when Segment parameter is present',
    );
  }
  if (Segment === undefined) {
    throw validation(
      'The Segment parameter is required but was not present in the request when parameter TotalSegments is present',
    );
  }
  if (Segment >= TotalSegments) {
    throw validation(
      `The Segment parameter is zero-based and must be less than parameter TotalSegments: Segment: ${Segment} is not less than TotalSegments: ${TotalSegments}`,
    );
  }
  return (partition) => hash(String(partition?.value)) % TotalSegments === Segment;
}

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let n = 0; n < text.length; n++) value = Math.imul(value ^ text.charCodeAt(n), 0x01000193) >>> 0;
  return value;
}
