import { ApiError } from '../api/client.ts';

/** Something that comes from the server. */
export type Loadable<T> =
  | { readonly kind: 'loading' }
  | { readonly kind: 'ready'; readonly value: T }
  | { readonly kind: 'failed'; readonly error: ApiError };

export const loading = { kind: 'loading' } as const;

export function ready<T>(value: T): Loadable<T> {
  return { kind: 'ready', value };
}

/** A bug is not an answer of the server: what is no `ApiError` is thrown on. */
export function asApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  throw error;
}

/** Waits for an answer; a refusal is a value too. */
export async function load<T>(answer: Promise<T>): Promise<Loadable<T>> {
  try {
    return ready(await answer);
  } catch (error) {
    return { kind: 'failed', error: asApiError(error) };
  }
}
