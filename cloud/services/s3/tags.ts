/** Tags of buckets and objects: AWS's rules, and the header that carries them. */
import { AwsError } from '../../errors.ts';
import { malformedXml } from './errors.ts';

export type TagSet = readonly { readonly Key: string; readonly Value: string }[];

const limitsByKind = { bucket: 50, object: 10 } as const;
const allowed = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

/**
 * Checks a set of tags (Amazon S3 User Guide, "Categorizing your objects using tags").
 * Throws `InvalidTag`, `BadRequest` for too many, `MalformedXML` for a tag without a key.
 */
export function checkTags(
  tags: readonly { readonly Key?: string | undefined; readonly Value?: string | undefined }[],
  kind: 'bucket' | 'object',
): TagSet {
  const limit = limitsByKind[kind];
  if (tags.length > limit) {
    throw new AwsError(
      'BadRequest',
      kind === 'object' ? 'Object tags cannot be greater than 10' : `Bucket tag count cannot be greater than ${limit}`,
      { status: 400 },
    );
  }
  const seen = new Set<string>();
  return tags.map(({ Key, Value }) => {
    if (Key === undefined || Value === undefined) throw malformedXml();
    if (Key === '' || Key.length > 128 || !allowed.test(Key))
      throw invalidTag('The TagKey you have provided is invalid', Key);
    if (Value.length > 256 || !allowed.test(Value)) throw invalidTag('The TagValue you have provided is invalid', Key);
    if (Key.toLowerCase().startsWith('aws:')) {
      throw invalidTag('System tags cannot be added/updated by requester', Key);
    }
    if (seen.has(Key)) throw invalidTag('Cannot provide multiple Tags with the same key', Key);
    seen.add(Key);
    return { Key, Value };
  });
}

function invalidTag(message: string, key: string): AwsError {
  return new AwsError('InvalidTag', message, { status: 400, details: { TagKey: key } });
}

/** The tags of a header `x-amz-tagging`: URL query parameters. Undefined where it cannot be read. */
export function readTagging(header: string): TagSet | undefined {
  if (header === '') return [];
  const tags: { Key: string; Value: string }[] = [];
  for (const pair of header.split('&')) {
    const [name = '', text = '', ...rest] = pair.split('=');
    const [key, value] = [decodeFormValue(name), decodeFormValue(text)];
    if (key === undefined || value === undefined || rest.length > 0) return undefined;
    tags.push({ Key: key, Value: value });
  }
  return tags;
}

function decodeFormValue(text: string): string | undefined {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return undefined;
  }
}

/** The tags of the header, checked. Throws `InvalidArgument`, `InvalidTag`. */
export function tagsOfHeader(header: string | undefined): TagSet {
  if (header === undefined) return [];
  const tags = readTagging(header);
  if (tags === undefined) {
    throw new AwsError(
      'InvalidArgument',
      "The header 'x-amz-tagging' shall be encoded as UTF-8 then URLEncoded URL query parameters without tag name duplicates.",
      {
        status: 400,
        details: { ArgumentName: 'x-amz-tagging', ArgumentValue: header },
      },
    );
  }
  return checkTags(tags, 'object');
}
