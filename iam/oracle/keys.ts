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
  const { caller } = request;
  return {
    ...(request.resourceAccountId === '' ? {} : { 'aws:ResourceAccount': request.resourceAccountId }),
    ...ofCaller(caller),
    ...('session' in caller && caller.session !== undefined ? ofSession(caller.session, request) : {}),
  };
}

function ofCaller(caller: AnyCaller): Record<string, KeyValue> {
  if (caller.kind === 'anonymous') {
    return { 'aws:PrincipalType': 'Anonymous', 'aws:userid': 'anonymous' };
  }
  if (caller.kind === 'service' || caller.kind === 'federated-identity') {
    return caller.kind === 'service'
      ? { 'aws:PrincipalIsAWSService': 'true', 'aws:PrincipalServiceName': caller.service }
      : {};
  }
  const signed = { 'aws:PrincipalIsAWSService': 'false', 'aws:PrincipalAccount': caller.accountId };
  if (caller.kind === 'root') {
    const arn = `arn:aws:iam::${caller.accountId}:root`;
    return { ...signed, 'aws:PrincipalType': 'Account', 'aws:PrincipalArn': arn, 'aws:userid': caller.accountId };
  }
  const tagged = { ...signed, ...ofTags(caller.tags) };
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

function ofTags(tags: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(tags).map(([key, value]) => [`aws:PrincipalTag/${key}`, value]));
}

/** Of temporary credentials. Their age since MFA counts from the request's own time. */
function ofSession(session: SessionFacts, request: AnyRequest): Record<string, KeyValue> {
  const keys: Record<string, KeyValue> = {
    'aws:TokenIssueTime': new Date(session.issuedAt).toISOString(),
    'aws:MultiFactorAuthPresent': String(session.mfa !== undefined),
  };
  if (session.sourceIdentity !== undefined) keys['aws:SourceIdentity'] = session.sourceIdentity;
  if (session.federatedProvider !== undefined) keys['aws:FederatedProvider'] = session.federatedProvider;
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
