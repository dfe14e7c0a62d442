/** The condition keys of a request, derived from its caller (IAM User Guide, AWS global condition context keys; Variables and tags). */
import type { AnyCaller, AnyRequest, SessionFacts } from '../model.ts';

export type KeyValue = string | readonly string[];

/** The value of a key: the one given with the request, else the derived one. Letter case of names does not count. */
export function keyValue(request: AnyRequest, key: string): KeyValue | undefined {
  return find(request.context, key) ?? find(derived(request), key);
}

function find(keys: Readonly<Record<string, KeyValue>>, key: string): KeyValue | undefined {
  const found = Object.entries(keys).find(([name]) => name.toLowerCase() === key.toLowerCase());
  return found?.[1];
}

function derived(request: AnyRequest): Record<string, KeyValue> {
  const { caller, resourceAccountId, resourceTags = {}, action } = request;
  const account = 'accountId' in caller ? caller.accountId : undefined;
  return {
    ...(resourceAccountId === '' ? {} : { 'aws:ResourceAccount': resourceAccountId }),
    ...ofTags('aws:ResourceTag/', resourceTags),
    ...ofOrganization('aws:Resource', resourceAccountId, request),
    ...ofCaller(caller),
    ...(account === undefined ? {} : ofOrganization('aws:Principal', account, request)),
    ...(account !== undefined && /^kms:/i.test(action) ? { 'kms:CallerAccount': account } : {}),
    ...('session' in caller && caller.session !== undefined ? ofSession(caller.session, request) : {}),
  };
}

/** Of an account in the organization. Without a list of members they are the management account and the caller's. */
function ofOrganization(
  prefix: string,
  account: string,
  { caller, organization }: AnyRequest,
): Record<string, KeyValue> {
  if (organization === undefined) return {};
  const { id, managementAccountId, paths } = organization;
  const path = paths === undefined ? undefined : find(paths, account);
  const isCallers = 'accountId' in caller && caller.accountId === account;
  const isIn = account === managementAccountId || (paths === undefined ? isCallers : path !== undefined);
  return isIn
    ? { [`${prefix}OrgID`]: id, ...(path === undefined ? {} : { [`${prefix}OrgPaths`]: [path].flat() }) }
    : {};
}

function ofCaller(caller: AnyCaller): Record<string, KeyValue> {
  if (caller.kind === 'anonymous') {
    return { 'aws:PrincipalType': 'Anonymous', 'aws:userid': 'anonymous' };
  }
  if (caller.kind === 'service') {
    return { 'aws:PrincipalIsAWSService': 'true', 'aws:PrincipalServiceName': caller.service };
  }
  if (caller.kind === 'federated-identity') {
    const isOfOpenId = !caller.provider.includes(':saml-provider/');
    return isOfOpenId ? { 'aws:FederatedProvider': caller.provider } : {};
  }
  const signed = { 'aws:PrincipalIsAWSService': 'false', 'aws:PrincipalAccount': caller.accountId };
  if (caller.kind === 'root') {
    const arn = `arn:aws:iam::${caller.accountId}:root`;
    return { ...signed, 'aws:PrincipalType': 'Account', 'aws:PrincipalArn': arn, 'aws:userid': caller.accountId };
  }
  const tagged = { ...signed, ...ofTags('aws:PrincipalTag/', caller.tags) };
  if (caller.kind === 'user') {
    return {
      ...tagged,
      'aws:PrincipalType': 'User',
      'aws:PrincipalArn': caller.arn,
      'aws:userid': caller.id,
      'aws:username': caller.name,
    };
  }
  if (caller.kind === 'federated-user') {
    const userid = `${caller.accountId}:${caller.name}`;
    return { ...tagged, 'aws:PrincipalType': 'FederatedUser', 'aws:PrincipalArn': caller.arn, 'aws:userid': userid };
  }
  const userid = `${caller.roleId}:${caller.sessionName}`;
  return { ...tagged, 'aws:PrincipalType': 'AssumedRole', 'aws:PrincipalArn': caller.roleArn, 'aws:userid': userid };
}

function ofTags(prefix: string, tags: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(tags).map(([key, value]) => [`${prefix}${key}`, value]));
}

/** Of temporary credentials. Their age since MFA counts from the request's own time. */
function ofSession(session: SessionFacts, request: AnyRequest): Record<string, KeyValue> {
  const keys: Record<string, KeyValue> = {
    'aws:TokenIssueTime': new Date(session.issuedAt).toISOString(),
    'aws:MultiFactorAuthPresent': String(session.mfa !== undefined),
  };
  if (session.sourceIdentity !== undefined) keys['aws:SourceIdentity'] = session.sourceIdentity;
  if (session.federatedProvider !== undefined) keys['aws:FederatedProvider'] = session.federatedProvider;
  if (session.assumedRoot) keys['aws:AssumedRoot'] = 'true';
  const now = timeOf(request);
  if (session.mfa !== undefined && now !== undefined) {
    keys['aws:MultiFactorAuthAge'] = String(Math.max(0, Math.floor((now - session.mfa.authenticatedAt) / 1000)));
  }
  return keys;
}

/** Epoch milliseconds. */
function timeOf(request: AnyRequest): number | undefined {
  const seconds = find(request.context, 'aws:EpochTime');
  const text = find(request.context, 'aws:CurrentTime');
  const time =
    typeof seconds === 'string' ? Number(seconds) * 1000 : typeof text === 'string' ? Date.parse(text) : Number.NaN;
  return Number.isNaN(time) ? undefined : time;
}
