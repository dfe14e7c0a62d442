/** A call that was made, as the ledger keeps it. */
import type { AnyCaller, AnyRequest } from '../../iam/model.ts';
import type { Hashes } from '../call.ts';
import { hexOf } from '../hex.ts';
import { own } from '../own.ts';
import type { CallRequest, Cloud, InnerPerformed } from '../perform.ts';
import { isReadOnly } from '../service.ts';
import { elementsOf, s3RequestElements } from './elements.ts';
import { dataEventType, eventName, eventRegion, eventSource } from './event-kinds.ts';
import type { PastCall, TrailRecord } from './past-call.ts';
import { namedResources, recordResources } from './resources.ts';
import { isoSeconds } from './times.ts';
import { userIdentityOf } from './user-identity.ts';

/** The version of records' format. */
const EVENT_VERSION = '1.11';
/** The codes by which services say that a permission is missing: records have one for all. */
const DENIALS = new Set(['AccessDenied', 'AccessDeniedException', 'AuthorizationError']);

/** What a call came to: what was asked for, and how it ended. */
interface CallOutcome extends Pick<InnerPerformed, 'outcome' | 'accountId'> {
  readonly decisions: readonly {
    readonly request: Pick<AnyRequest, 'action' | 'resource' | 'resourceAccountId'>;
  }[];
}

/**
 * The entry of a call.
 * @param clockOffset milliseconds that the sandbox's clock is ahead of real time
 * @param accessKeyId the long-term key that signed it, where one did
 */
export function toPastCall(
  cloud: Pick<Cloud, 'services' | 'hashes'>,
  request: CallRequest,
  performed: CallOutcome,
  clockOffset: number,
  accessKeyId?: string,
): PastCall {
  const { decisions } = performed;
  const at = request.realNow + clockOffset;
  const arns = [...new Set(decisions.map((decided) => decided.request.resource))];
  const callerAccountId = 'accountId' in request.caller ? request.caller.accountId : performed.accountId;
  // A role of another account is assumed by work on the caller's own.
  const owners = [...decisions.map((decided) => decided.request.resourceAccountId), performed.accountId];
  const ownerAccountId = owners.find((id) => id !== callerAccountId) ?? callerAccountId;
  const facts = { at, arns, accessKeyId, recipientAccountId: callerAccountId, ownerAccountId };
  const record = recordOf(cloud, request, performed.outcome, facts);
  // Of what was denied only the account is told that the call came from.
  const isShared = callerAccountId !== ownerAccountId && performed.outcome.kind === 'ok';
  const id = (purpose: string) => idOf(cloud.hashes, `${request.requestId}/${purpose}`);
  const entity = entityOf(request.caller);
  return {
    at,
    record: isShared ? { ...record, sharedEventID: id('shared') } : record,
    ...(isShared && { also: { accountId: ownerAccountId, eventID: id('other') } }),
    ...(entity !== undefined && { entity }),
    actions: [...new Set(decisions.map((decided) => decided.request.action))],
    named: namedResources(arns),
  };
}

interface Facts {
  readonly at: number;
  readonly arns: readonly string[];
  readonly accessKeyId: string | undefined;
  readonly recipientAccountId: string;
  /** The account that owns what was asked for. */
  readonly ownerAccountId: string;
}

function recordOf(
  { services, hashes }: Pick<Cloud, 'services' | 'hashes'>,
  request: CallRequest,
  outcome: InnerPerformed['outcome'],
  { at, arns, accessKeyId, recipientAccountId, ownerAccountId }: Facts,
): TrailRecord {
  const { service: name, operation, caller, by } = request;
  const service = own(services, name);
  const readOnly = isReadOnly(own(service?.operations ?? {}, operation));
  const region = eventRegion(name, request.request.region);
  const error = outcome.kind === 'error' ? outcome.error : undefined;
  const isDenied = error !== undefined && (DENIALS.has(error.code) || error.code === 'UnauthorizedOperation');
  const resources = recordResources(name, operation, arns, ownerAccountId);
  const isData = dataEventType(name, operation) !== undefined;
  const asked =
    name === 's3'
      ? s3RequestElements(request.input, service?.model.operations.get(operation), region)
      : elementsOf(name, request.input);
  return {
    eventVersion: EVENT_VERSION,
    userIdentity: userIdentityOf(caller, by, accessKeyId),
    eventTime: isoSeconds(at),
    eventSource: eventSource(name),
    eventName: eventName(name, operation),
    awsRegion: region,
    sourceIPAddress: request.request.sourceIp,
    userAgent: request.request.userAgent,
    ...(error && { errorCode: errorCode(name, error.code, service?.model), errorMessage: error.message }),
    // What was denied was not looked at, save by S3.
    requestParameters: isDenied && name !== 's3' ? null : asked,
    responseElements: outcome.kind === 'ok' && !readOnly ? elementsOf(name, outcome.output) : null,
    requestID: request.requestId,
    eventID: idOf(hashes, `${request.requestId}/event`),
    readOnly,
    ...(resources && { resources }),
    eventType: 'AwsApiCall',
    managementEvent: !isData,
    recipientAccountId,
    eventCategory: isData ? 'Data' : 'Management',
  };
}

/** The name of the error's shape: `NoSuchEntityException`, of EC2 `Client.UnauthorizedOperation`. */
function errorCode(
  service: string,
  code: string,
  model: { readonly errors: ReadonlyMap<string, { readonly name: string }> } | undefined,
): string {
  if (DENIALS.has(code)) return 'AccessDenied';
  if (service === 'ec2') return `Client.${code}`;
  return service === 's3' ? code : (model?.errors.get(code)?.name ?? code);
}

/** The IAM user, the role or the root user behind a caller. */
function entityOf(caller: AnyCaller): string | undefined {
  switch (caller.kind) {
    case 'root':
      return `arn:aws:iam::${caller.accountId}:root`;
    case 'user':
      return caller.arn;
    case 'role-session':
      return caller.roleArn;
    case 'federated-user':
      return caller.parent.arn;
    default:
      return undefined;
  }
}

/** A UUID that belongs to a text, the same each time. */
function idOf(hashes: Hashes, text: string): string {
  const hex = hexOf(hashes.sha256(new TextEncoder().encode(text)));
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `a${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-',
  );
}
