/** Where a text of a call comes from: the call itself, or an object of a bucket that is read on behalf of the caller. */
import { BlobBody, type Call } from '../../call.ts';
import { joinBytes } from '../../join-bytes.ts';
import { calling, type Process, reading } from '../../process.ts';
import { validationError } from './errors.ts';
import { cloudFormationLimits } from './limits.ts';

export const principal = 'cloudformation.amazonaws.com';

interface TemplateInput {
  readonly TemplateBody?: string | undefined;
  readonly TemplateURL?: string | undefined;
}

/** The template that a call gives; undefined where it gives none. @throws ValidationError */
export function* givenTemplate({ TemplateBody, TemplateURL }: TemplateInput, call: Call): Process<string | undefined> {
  if (TemplateBody !== undefined && TemplateURL !== undefined) {
    throw validationError('Template and TemplateURL cannot both be specified.');
  }
  if (TemplateBody !== undefined) {
    if (bytesIn(TemplateBody) > cloudFormationLimits.templateBytes) {
      throw validationError(
        `1 validation error detected: Value at 'templateBody' failed to satisfy constraint: Member must have length less than or equal to ${cloudFormationLimits.templateBytes}`,
      );
    }
    return TemplateBody;
  }
  return TemplateURL === undefined
    ? undefined
    : yield* objectAt(TemplateURL, 'TemplateURL', cloudFormationLimits.templateBytesInBucket, call);
}

interface PolicyInput {
  readonly body?: string | undefined;
  readonly url?: string | undefined;
}

/** The stack policy that a call gives; undefined where it gives none. @throws ValidationError */
export function* givenPolicy({ body, url }: PolicyInput, call: Call): Process<string | undefined> {
  if (body !== undefined && url !== undefined) {
    throw validationError('You cannot specify both StackPolicyBody and StackPolicyURL');
  }
  if (body !== undefined && bytesIn(body) > cloudFormationLimits.policyBytes) {
    throw validationError('Stack policy is too large');
  }
  if (url === undefined) return body;
  return yield* objectAt(url, 'StackPolicyURL', cloudFormationLimits.policyBytes, call);
}

function bytesIn(text: string): number {
  return new TextEncoder().encode(text).length;
}

function* objectAt(url: string, member: string, most: number, call: Call): Process<string> {
  const place = placeOf(url, call.request.endpoint);
  if (place === undefined) throw validationError(`${member} must be a supported URL.`);
  const outcome = yield* calling({
    by: principal,
    as: { kind: 'caller' },
    service: 's3',
    operation: 'GetObject',
    input: { ...place },
  });
  if (outcome.kind === 'error') {
    throw validationError(
      `S3 error: ${outcome.error.message}\nFor more information check http://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html`,
    );
  }
  const { Body } = outcome.output as { readonly Body?: unknown };
  if (!(Body instanceof BlobBody)) throw new Error('GetObject answers a body');
  if (Body.blobs.reduce((sum, { size }) => sum + size, 0) > most) {
    throw validationError(`${member} must reference an object of at most ${most} bytes.`);
  }
  const parts: Uint8Array[] = [];
  for (const blob of Body.blobs) parts.push(yield* reading(blob));
  return new TextDecoder().decode(joinBytes(parts));
}

interface ObjectPlace {
  readonly Bucket: string;
  readonly Key: string;
  readonly VersionId?: string;
}

/** Path style and virtual-hosted style, of S3 and of the sandbox's own endpoint. */
function placeOf(url: string, endpoint: string | undefined): ObjectPlace | undefined {
  const [, scheme, host = '', path = '', query = ''] =
    /^(https?):\/\/([^/?#]+)\/([^?#]*)(?:\?([^#]*))?$/.exec(url) ?? [];
  if (scheme === undefined) return undefined;
  const version = /(?:^|&)versionId=([^&]+)/.exec(query)?.[1];
  const parts = path.split('/').map(decoded);
  const virtual = /^(.+)\.s3[.-](?:[a-z0-9-]+\.)?amazonaws\.com$/.exec(host)?.[1];
  const isPathStyle = /^s3(?:[.-][a-z0-9-]+)?\.amazonaws\.com$/.test(host) || `${scheme}://${host}` === endpoint;
  if (virtual === undefined && !isPathStyle) return undefined;
  const Bucket = virtual ?? parts[0];
  const Key = (virtual === undefined ? parts.slice(1) : parts).join('/');
  if (!Bucket || Key === '') return undefined;
  return { Bucket, Key, ...(version !== undefined && { VersionId: version }) };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
