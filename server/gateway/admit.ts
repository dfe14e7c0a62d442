/** Who asks, and in which sandbox: the account id in the access key leads to the sandbox, the signature proves the key. */
import { accountIdOfAccessKey } from '../../cloud/access-key.ts';
import { resolveCredential } from '../../cloud/credentials.ts';
import { AwsError } from '../../cloud/errors.ts';
import { own } from '../../cloud/own.ts';
import type { Service } from '../../cloud/service.ts';
import {
  readSignature,
  SigningKeys,
  unsignedRequest,
  type Verified,
  verifyQuerySignatureV2,
  verifySignature,
} from '../../cloud/sigv4/index.ts';
import type { UnsignedOperation } from '../../cloud/unsigned.ts';
import { decodeRequest, readS3Address } from '../../cloud/wire/index.ts';
import type { ServiceModel, WireRequest } from '../../cloud/wire/model.ts';
import type { AnyCaller } from '../../iam/model.ts';
import { nodeHashes } from '../hashes/node-hashes.ts';
import type { Sandbox, Sandboxes } from '../sandboxes/sandbox.ts';
import { frontError } from './errors.ts';
import { claimedService, signingName } from './front.ts';

/** A request that may be decided upon. */
export interface Admission {
  readonly sandbox: Sandbox;
  readonly caller: AnyCaller;
  /** Absent for an unsigned request. */
  readonly accessKeyId?: string;
  /** The region that it was signed for; an unsigned one is for the sandbox's own. */
  readonly region: string;
  /** With its body decoded, and without the prefix that named the account. */
  readonly request: WireRequest;
}

/** `/_as/111122223333/bucket/key`: an unsigned request to the sandbox of that account. */
const ACCOUNT_PREFIX = /^\/_as\/(\d{12})(?=[/?]|$)/;

const keys = new SigningKeys(nodeHashes);

/** The front end that a request came to: the service, and its model by the protocol that the request speaks. */
export interface FrontEnd {
  readonly service: Service;
  readonly model: ServiceModel;
}

/**
 * Finds out who sent a request. No path that is a backend's own gets any further, and nothing is decided here.
 * @param realNow epoch milliseconds
 * @param mayBegin whether the sandbox has calls left: asked before a signature over the whole body is verified
 * @throws AwsError as the service's front end answers it
 */
export async function admit(
  sandboxes: Sandboxes,
  request: WireRequest,
  { service, model }: FrontEnd,
  realNow: number,
  mayBegin: (sandboxId: string) => boolean = () => true,
): Promise<Admission> {
  const claimed = claimedService(request) ?? signingName(model);
  const reading = readSignature(request, claimed, model.protocol);
  if (reading.kind === 'refused') throw reading.error;
  if (reading.kind === 'anonymous') return admitUnsigned(sandboxes, request, { service, model });
  if (isBackendPath(request.target)) throw refusedPath();
  if (reading.kind === 'presigned-v2') {
    const { signature } = reading;
    return admitSigned({ sandboxes, mayBegin }, signature.accessKeyId, undefined, model, realNow, (key) =>
      verifyQuerySignatureV2(request, signature, { ...key, now: realNow, hashes: nodeHashes }),
    );
  }
  const { signature } = reading;
  return admitSigned({ sandboxes, mayBegin }, signature.accessKeyId, signature.scope.region, model, realNow, (key) =>
    verifySignature(request, signature, { ...key, protocol: model.protocol, now: realNow, keys }),
  );
}

async function admitSigned(
  { sandboxes, mayBegin }: { readonly sandboxes: Sandboxes; readonly mayBegin: (sandboxId: string) => boolean },
  accessKeyId: string,
  region: string | undefined,
  model: ServiceModel,
  realNow: number,
  verify: (key: { secret: string; token?: string }) => Verified,
): Promise<Admission> {
  const unknown = () =>
    frontError('unknownKey', model, model.protocol === 'restXml' ? { AWSAccessKeyId: accessKeyId } : {});
  const accountId = accountIdOfAccessKey(accessKeyId);
  const sandbox = accountId === undefined ? undefined : await sandboxes.byAccount(accountId);
  if (sandbox === undefined) throw unknown();
  // A body that is too much is not even hashed.
  if (!mayBegin(sandbox.id)) throw frontError('tooManyCalls', model);
  const credential = resolveCredential(sandbox.world, accessKeyId, realNow + sandbox.world.clockOffset);
  if (credential.kind === 'expired') throw frontError('expiredToken', model);
  if (credential.kind !== 'found') throw unknown();
  const { secret, token, caller } = credential;
  const verified = verify({ secret, ...(token === undefined ? {} : { token }) });
  return { sandbox, caller, accessKeyId, region: region ?? sandbox.world.region, request: requestOf(verified) };
}

async function admitUnsigned(
  sandboxes: Sandboxes,
  request: WireRequest,
  { service, model }: FrontEnd,
): Promise<Admission> {
  const prefix = ACCOUNT_PREFIX.exec(request.target);
  const target = prefix === null ? request.target : rooted(request.target.slice(prefix[0].length));
  if (isBackendPath(target)) throw refusedPath();
  const isOpen = model.addressing === 'buckets';
  if (!isOpen && service.unsigned === undefined) throw frontError('missingAuthentication', model);
  const plain = requestOf(unsignedRequest({ ...request, target }));
  // Which account the input names is asked in any case: an operation that takes no such requests is refused.
  const named = isOpen ? undefined : accountNamed(service, model, plain);
  const accountId = prefix?.[1] ?? named;
  const sandbox =
    accountId === undefined ? await sandboxOfBucket(sandboxes, plain, model) : await sandboxes.byAccount(accountId);
  if (sandbox === undefined) throw frontError('missingAuthentication', model);
  return { sandbox, caller: { kind: 'anonymous' }, region: sandbox.world.region, request: plain };
}

/** How a service takes requests of an operation without a signature; undefined where it does not. */
export function unsignedOperation({ unsigned }: Service, operation: string): UnsignedOperation | undefined {
  return unsigned === undefined ? undefined : own(unsigned, operation);
}

/** The account that an unsigned request's input names. Throws where its operation takes signed requests only. */
function accountNamed(service: Service, model: ServiceModel, request: WireRequest): string | undefined {
  const { operation, input } = decodeRequest(model, request);
  const unsigned = unsignedOperation(service, operation);
  if (unsigned === undefined) throw frontError('missingAuthentication', model);
  return unsigned.accountOf(input);
}

async function sandboxOfBucket(sandboxes: Sandboxes, request: WireRequest, model: ServiceModel): Promise<Sandbox> {
  const bucket = model.addressing === 'buckets' ? readS3Address(request).bucket : undefined;
  if (bucket === undefined) throw frontError('missingAuthentication', model);
  const sandbox = await sandboxes.byBucket(bucket);
  if (sandbox !== undefined) return sandbox;
  throw new AwsError('NoSuchBucket', 'The specified bucket does not exist', {
    status: 404,
    details: { BucketName: bucket },
  });
}

function rooted(target: string): string {
  return target.startsWith('/') ? target : `/${target}`;
}

function requestOf(verified: Verified): WireRequest {
  if (verified.kind === 'refused') throw verified.error;
  return verified.request;
}

function isBackendPath(target: string): boolean {
  return target.startsWith('/_');
}

/** No bucket's name begins so: it is the way to a backend's health, state or reset, and leads nowhere. */
function refusedPath(): AwsError {
  return new AwsError('AccessDenied', 'Access Denied', { status: 403 });
}
