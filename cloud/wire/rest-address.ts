/** What the path and the query of a restXml request name: buckets and keys at S3, patterns of their own at S3 Control. */
import { AwsError } from '../errors.ts';
import { percentEncode } from '../percent.ts';
import type { OperationModel, ServiceModel, WireRequest } from './model.ts';
import { routePath, writePath } from './path-routes.ts';
import { queryMap, splitRestTarget } from './rest-request.ts';
import { routeOf } from './routes.ts';
import { readS3Address } from './s3-address.ts';
import { Malformed } from './scalar.ts';
import { structureOf } from './shape.ts';

/** The operation that a request means, if there is one, and what its path and query hold. */
export interface Address {
  readonly operation: OperationModel | undefined;
  readonly labels: Readonly<Record<string, string | undefined>>;
  readonly query: ReadonlyMap<string, string | readonly string[]>;
}

/** Reads the address of a request. Headers that a presigned one carries in its query are added to `headers`. */
export function readAddress(model: ServiceModel, request: WireRequest, headers: Map<string, string>): Address {
  const { method, target } = request;
  if (model.addressing !== 'buckets') {
    const { path, query: text } = splitRestTarget(target);
    const query = parameters(text);
    addHoisted(headers, query);
    const routed = routePath(model, method, path, query);
    return { operation: routed?.operation, labels: routed?.labels ?? {}, query };
  }
  const { level, bucket, key, query: text } = readS3Address(request);
  const query = parameters(text);
  addHoisted(headers, query);
  const operation = routeOf(model, { method, level, query, hasHeader: (name) => headers.has(name) });
  return { operation, labels: { Bucket: bucket, Key: key }, query };
}

/** The path of a call, and the query literals of its operation. `x-id` only tells SDKs' operations apart. */
export function writeAddress(
  model: ServiceModel,
  operation: OperationModel,
  input: Readonly<Record<string, unknown>>,
): { readonly path: string; readonly literals: readonly string[] } {
  if (model.addressing !== 'buckets') return writePath(operation, (name) => String(input[name] ?? ''));
  const { members } = structureOf(operation.input);
  const labels = ['Bucket', 'Key'].flatMap((name) => {
    if (!members.some((member) => member.name === name && member.binding?.in === 'label')) return [];
    const parts = String(input[name] ?? '').split('/');
    return parts.map((part) => percentEncode(part)).join('/');
  });
  const literals = (operation.http?.[1].split('?')[1] ?? '').split('&');
  return {
    path: `/${labels.join('/')}`,
    literals: literals.filter((part) => part !== '' && !part.startsWith('x-id=')),
  };
}

/**
 * A presigned request carries in its query what would be `x-amz-*` headers (Amazon S3 API Reference, "Authenticating requests:
 * using query parameters"): they count as such. Those of the signature itself mean nothing to an operation.
 */
function addHoisted(headers: Map<string, string>, query: Address['query']): void {
  if (!query.has('X-Amz-Signature') && !query.has('AWSAccessKeyId')) return;
  for (const [name, value] of query) {
    const header = name.toLowerCase();
    if (header.startsWith('x-amz-') && !headers.has(header)) headers.set(header, [value].flat().join(','));
  }
}

function parameters(query: string): Address['query'] {
  try {
    return queryMap(query);
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    throw new AwsError('InvalidURI', "Couldn't parse the specified URI.", { status: 400 });
  }
}
