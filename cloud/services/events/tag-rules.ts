import type { Tag } from '@aws-sdk/client-eventbridge';
import { keptByKey, shownByName } from '../../state-key.ts';
import { limitExceeded, validation } from './errors.ts';
import { eventsLimits } from './limits.ts';

/** The tags after a request set some, as the state keeps them. @throws ValidationException, LimitExceededException */
export function withTags(current: Readonly<Record<string, string>>, added: readonly Tag[]): Record<string, string> {
  const tags = new Map(Object.entries(shownByName(current)));
  for (const { Key = '', Value = '' } of added) {
    if (/^aws:/i.test(Key)) throw validation(`Tag keys that begin with aws: are reserved: ${Key}`);
    tags.set(Key, Value);
  }
  if (tags.size > eventsLimits.tagsPerResource) throw limitExceeded();
  return keptByKey(Object.fromEntries(tags));
}
