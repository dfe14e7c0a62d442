/** Lists in parts, as IAM gives them: `Marker` and `MaxItems` in, `IsTruncated` and `Marker` out. */
import { bytesOfHex, hexOf } from '../../hex.ts';
import { validationError } from './errors.ts';

/** What a list operation is asked for. */
export interface PageRequest {
  readonly Marker?: string | undefined;
  readonly MaxItems?: number | undefined;
}

/** One part of a list. */
export interface Page<T> {
  readonly items: T[];
  /** Members of the answer. */
  readonly position: { readonly IsTruncated: boolean; readonly Marker?: string };
}

const defaultMaxItems = 100;

/**
 * Sorts by key and cuts. The marker names the last item given, so what is created or deleted between two calls is neither
 * given twice nor skipped.
 * @param keyOf unique, at most 150 bytes of UTF-8
 * @throws ValidationError for a marker that this list did not give
 */
export function pageOf<T>(items: readonly T[], request: PageRequest, keyOf: (item: T) => string): Page<T> {
  const sorted = items.map((item) => ({ item, key: keyOf(item) })).sort((a, b) => (a.key < b.key ? -1 : 1));
  const after = request.Marker === undefined ? undefined : readMarker(request.Marker);
  const rest = after === undefined ? sorted : sorted.filter(({ key }) => key > after);
  const part = rest.slice(0, request.MaxItems ?? defaultMaxItems);
  const last = part.at(-1);
  return {
    items: part.map(({ item }) => item),
    position:
      last !== undefined && part.length < rest.length
        ? { IsTruncated: true, Marker: markerPrefix + hexOf(new TextEncoder().encode(last.key)) }
        : { IsTruncated: false },
  };
}

/** Cuts a list that is in order already and whose items have no short name of their own: its markers are places in it. */
export function pageInOrder<T>(items: readonly T[], request: PageRequest): Page<T> {
  const placed = items.map((item, at) => ({ item, place: String(at).padStart(6, '0') }));
  const page = pageOf(placed, request, ({ place }) => place);
  return { items: page.items.map(({ item }) => item), position: page.position };
}

/** The order of IAM's lists of users, groups, roles …: by name without regard to case. */
export function nameKey(record: { readonly name: string }): string {
  return record.name.toLowerCase();
}

const markerPrefix = 'A';

function readMarker(marker: string): string {
  const digits = marker.slice(markerPrefix.length);
  if (!marker.startsWith(markerPrefix) || !/^(?:[0-9a-f]{2})+$/.test(digits)) throw validationError('Invalid Marker.');
  return new TextDecoder().decode(bytesOfHex(digits));
}
