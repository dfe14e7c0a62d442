/**
 * Ids that LocalStack takes from us, by a tag of its own: those of keys and the suffixes of secrets are part of what the shadow has
 * encrypted, so that another id in their place would open nothing. Where an emulator does not know the tag, its own id is taken over.
 */
import type { Input, Output } from './carried-service.ts';

const TAG = '_custom_id_';

/** The tag, as members of the service's tags are called, before those of an input. */
export function withId(input: Input, id: string | undefined, [key, value]: readonly [string, string]): Input {
  const tags = Array.isArray(input['Tags']) ? (input['Tags'] as readonly Output[]) : [];
  return id === undefined ? input : { ...input, Tags: [{ [key]: TAG, [value]: id }, ...tags] };
}

/** An answer without the tag. */
export function withoutId(answer: Output, key: string): Output {
  const tags = answer['Tags'];
  if (!Array.isArray(tags)) return answer;
  return { ...answer, Tags: (tags as readonly Output[]).filter((tag) => tag[key] !== TAG) };
}
