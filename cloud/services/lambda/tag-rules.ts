import { keptByKey, shownByName } from '../../state-key.ts';
import { invalidParameter } from './errors.ts';

const tagsPerResource = 50;
const longestKey = 128;
const longestValue = 256;

/** The tags after a request set some, as the state keeps them. @throws InvalidParameterValueException */
export function checkTags(
  current: Readonly<Record<string, string>>,
  added: Readonly<Record<string, string>>,
): Record<string, string> {
  for (const [key, value] of Object.entries(added)) {
    if (key.toLowerCase().startsWith('aws:')) {
      throw invalidParameter(`Tag keys that begin with 'aws:' are reserved for AWS: ${key}`);
    }
    if (key.length === 0 || key.length > longestKey || value.length > longestValue) {
      throw invalidParameter(
        `A tag's key has 1 to ${longestKey} characters and its value at most ${longestValue}: ${key}`,
      );
    }
  }
  const tags = { ...shownByName(current), ...added };
  if (Object.keys(tags).length > tagsPerResource) throw invalidParameter('Number of tags exceeds resource tag limit.');
  return keptByKey(tags);
}
