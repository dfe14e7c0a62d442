/** Which properties an object takes along when it is copied: `--copy-props`, `--metadata-directive` and those given anew. */
import type { ParsedArguments } from '../argument-parser.ts';
import type { Client } from '../client/client.ts';
import type { ValueMap } from '../value.ts';
import { splitS3 } from './location.ts';
import { word } from './options.ts';

const PROPERTIES = [
  'CacheControl',
  'ContentDisposition',
  'ContentEncoding',
  'ContentLanguage',
  'ContentType',
  'Expires',
  'Metadata',
];

/**
 * The parameters of CopyObject for the properties. Amazon S3 takes all of them from the source or none: where one is given
 * anew, the others are looked up and given too.
 */
export async function copyProperties(
  client: Client,
  parsed: ParsedArguments,
  from: string,
  given: ValueMap,
): Promise<ValueMap> {
  const directive = word(parsed, 'metadata-directive');
  if (directive !== undefined) return { ...given, MetadataDirective: directive };
  const wanted = word(parsed, 'copy-props') ?? 'default';
  const tagging: ValueMap = wanted === 'default' ? {} : { TaggingDirective: 'REPLACE' };
  if (wanted === 'none') return { ...given, ...tagging, MetadataDirective: 'REPLACE' };
  if (!PROPERTIES.some((name) => Object.hasOwn(given, name))) return { ...given, ...tagging };
  const { bucket, key } = splitS3(from);
  const { output } = await client.callNamed('HeadObject', { Bucket: bucket, Key: key });
  const kept = PROPERTIES.filter((name) => Object.hasOwn(output, name)).map((name) => [name, output[name]]);
  return { ...Object.fromEntries(kept), ...given, ...tagging, MetadataDirective: 'REPLACE' };
}
