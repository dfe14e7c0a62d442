/** Filters of ListSecrets and BatchGetSecretValue. AWS Secrets Manager API Reference, "Filter". */
import type { Filter } from '@aws-sdk/client-secrets-manager';
import type { SecretState } from './state.ts';

/** Whether a secret meets every filter: one value at least of each, and none of those that begin with `!`. */
export function matchesFilters(secret: SecretState, filters: readonly Filter[]): boolean {
  return filters.every(({ Key: key = 'all', Values: values = [] }) => {
    const wanted = values.filter((value) => !value.startsWith('!'));
    const unwanted = values.filter((value) => value.startsWith('!')).map((value) => value.slice(1));
    const holds = (value: string) => matches(secret, key, value);
    return (wanted.length === 0 || wanted.some(holds)) && !unwanted.some(holds);
  });
}

/** Names and tags are compared by their beginning and in their case; descriptions, and all together, by words and without case. */
function matches(secret: SecretState, key: string, value: string): boolean {
  const { name, description = '', tags, region } = secret;
  const keys = tags.map((tag) => tag.Key);
  const tagValues = tags.map((tag) => tag.Value);
  switch (key) {
    case 'name':
      return name.startsWith(value);
    case 'tag-key':
      return keys.some((text) => text.startsWith(value));
    case 'tag-value':
      return tagValues.some((text) => text.startsWith(value));
    case 'description':
      return hasWords([description], value);
    case 'all':
      return hasWords([name, description, ...keys, ...tagValues], value);
    case 'primary-region':
      return region === value;
    default:
      // No service makes secrets of its own here.
      return false;
  }
}

function hasWords(texts: readonly string[], value: string): boolean {
  const words = value.toLowerCase().split(/\s+/).filter(Boolean);
  return words.every((word) => texts.some((text) => text.toLowerCase().includes(word)));
}
