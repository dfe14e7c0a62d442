/** What botocore does for Amazon S3 beside its model: names in the path, checksums, keys encoded in lists. */

import { toBase64 } from '@smithy/core/serde';
import { percentEncode } from '../../cloud/percent.ts';
import type { EncodedRequest } from '../../cloud/wire/client.ts';
import type { AwsEnvironment } from '../environment.ts';
import { parameterFault } from '../faults.ts';
import type { Operation } from '../service-description.ts';
import { isList, isMap, type ValueMap } from '../value.ts';

const BUCKET = '^[a-zA-Z0-9.\\-_]{1,255}$';
const BUCKET_ARN =
  '^arn:(aws).*:(s3|s3-object-lambda):[a-z\\-0-9]*:[0-9]{12}:accesspoint[/:][a-zA-Z0-9\\-.]{1,63}$|' +
  '^arn:(aws).*:s3-outposts:[a-z\\-0-9]+:[0-9]{12}:outpost[/:][a-zA-Z0-9\\-]{1,63}[/:]accesspoint[/:][a-zA-Z0-9\\-]{1,63}$';

/** Lists in which keys come percent-encoded: their members that are, and the members of their items. */
const ENCODED: Readonly<Record<string, { top: readonly string[]; items: readonly (readonly [string, string])[] }>> = {
  ListObjects: {
    top: ['Delimiter', 'Marker', 'NextMarker'],
    items: [
      ['Contents', 'Key'],
      ['CommonPrefixes', 'Prefix'],
    ],
  },
  ListObjectsV2: {
    top: ['Delimiter', 'Prefix', 'StartAfter'],
    items: [
      ['Contents', 'Key'],
      ['CommonPrefixes', 'Prefix'],
    ],
  },
  ListObjectVersions: {
    top: ['KeyMarker', 'NextKeyMarker', 'Prefix', 'Delimiter'],
    items: [
      ['Versions', 'Key'],
      ['DeleteMarkers', 'Key'],
      ['CommonPrefixes', 'Prefix'],
    ],
  },
};

function copySource(source: string): string {
  const [path = '', version] = source.split('?versionId=');
  const encoded = percentEncode(path, '/');
  return version === undefined ? encoded : `${encoded}?versionId=${version}`;
}

/** The parameters as they are sent. Throws the CLI's fault for a bucket name that cannot be one. */
export function beforeS3(operation: Operation, parameters: ValueMap): ValueMap {
  const { Bucket: bucket, CopySource: source } = parameters;
  if (typeof bucket === 'string' && !new RegExp(BUCKET).test(bucket) && !new RegExp(BUCKET_ARN).test(bucket)) {
    throw parameterFault(
      `Parameter validation failed:\nInvalid bucket name "${bucket}": Bucket name must match the regex "${BUCKET}" or ` +
        `be an ARN matching the regex "${BUCKET_ARN}"`,
    );
  }
  if (typeof source === 'string') return { ...parameters, CopySource: copySource(source) };
  const isList = Object.hasOwn(ENCODED, operation.name) && !Object.hasOwn(parameters, 'EncodingType');
  return isList ? { ...parameters, EncodingType: 'url' } : parameters;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}

/** The answer with its keys decoded, where it was not the user who asked for encoded ones. */
export function afterS3(operation: Operation, given: ValueMap, output: ValueMap): ValueMap {
  if (operation.name === 'GetBucketLocation') return { LocationConstraint: output['LocationConstraint'] || null };
  const places = ENCODED[operation.name];
  if (places === undefined || Object.hasOwn(given, 'EncodingType') || output['EncodingType'] !== 'url') return output;
  const shown: ValueMap = { ...output };
  for (const name of places.top) {
    const value = shown[name];
    if (typeof value === 'string') shown[name] = decoded(value);
  }
  for (const [list, member] of places.items) {
    const items = shown[list];
    if (!isList(items)) continue;
    shown[list] = items.map((item) => {
      const value = isMap(item) ? item[member] : undefined;
      return isMap(item) && typeof value === 'string' ? { ...item, [member]: decoded(value) } : item;
    });
  }
  return shown;
}

/** A body that is a document travels with its MD5. */
export function s3Headers(
  environment: AwsEnvironment,
  operation: Operation,
  request: EncodedRequest,
): Readonly<Record<string, string>> {
  if (request.body.length === 0 && operation.name !== 'PutObject') return request.headers;
  if (Object.keys(request.headers).some((name) => /^content-md5$|^x-amz-checksum-/i.test(name))) return request.headers;
  return { ...request.headers, 'content-md5': toBase64(environment.hashes.md5(request.body)) };
}
