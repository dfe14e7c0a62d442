/** `leastwise iam compare`: whether everything that one set of policies allows is allowed by another. */
import {
  type AnyCaller,
  type AnyRequest,
  compare,
  FAMILIAR_SERVICES,
  type SessionFacts,
  servicesNamedIn,
  type Tags,
} from '../../iam/index.ts';
import { catalogueOf } from './catalogue.ts';
import { readSavedDocuments } from './documents.ts';
import { readLine } from './line.ts';
import { CompareLine } from './schemas.ts';
import type { VerbSetting } from './verbs.ts';

/** Answers lines of `compare`. A witness is a line of `decide` without its policies. */
export function startCompare({ now }: VerbSetting): (line: unknown) => unknown {
  return (input) => {
    const line = readLine(CompareLine, input);
    const { kind = 'identity' } = line;
    const [a, b] = [readSavedDocuments(line.a, kind, '/a'), readSavedDocuments(line.b, kind, '/b')];
    const text = JSON.stringify([line.a, line.b]);
    const actions = catalogueOf([...servicesNamedIn(text), ...FAMILIAR_SERVICES]);
    const startedAt = now();
    const { witnessA, witnessB, ...answers } = compare(a, b, { kind, actions });
    const ms = now() - startedAt;
    // Unique ids that no policy asks for would only be noise.
    const ids = /aws:userid/i.test(text) ? 'told' : 'untold';
    return {
      ...answers,
      ...(witnessA === undefined ? {} : { witnessA: lineOf(witnessA, ids) }),
      ...(witnessB === undefined ? {} : { witnessB: lineOf(witnessB, ids) }),
      ms,
    };
  };
}

/** A request as `decide` reads it. Keys that the principal's ARN does not tell stand in the context. */
function lineOf({ caller, action, resource, resourceAccountId, context }: AnyRequest, ids: 'told' | 'untold') {
  return {
    ...principalOf(caller),
    action,
    resource,
    ...(resourceAccountId === '' ? {} : { resourceAccount: resourceAccountId }),
    context: { ...keysOf(caller, ids), ...context },
  };
}

function principalOf(caller: AnyCaller) {
  switch (caller.kind) {
    case 'anonymous':
      return { principal: 'anonymous' };
    case 'service':
      return { principal: { service: caller.service } };
    case 'root':
      return { principal: `arn:aws:iam::${caller.accountId}:root` };
    case 'user':
      return { principal: caller.arn, ...tagsOf(caller.tags), ...credentialsOf(caller.session) };
    case 'role-session':
      // A role's ARN stands for its session of that name; a session's own ARN does not tell the role's path.
      return {
        principal: caller.sessionName === SESSION ? caller.roleArn : caller.sessionArn,
        ...tagsOf(caller.tags),
      };
    case 'federated-user':
      // Its policies are those of its session: without them it has no permissions.
      return { principal: caller.arn, ...tagsOf(caller.tags), session: { policies: [EVERYTHING] } };
    case 'federated-identity':
      throw new Error('Who only holds a token calls nothing that these policies speak of.');
  }
}

/** The session that `decide` takes a role's ARN for. */
const SESSION = 'session';
const EVERYTHING = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] };

function tagsOf(tags: Tags) {
  return Object.keys(tags).length === 0 ? {} : { principalTags: tags };
}

/** Temporary credentials of a user. */
function credentialsOf(session: SessionFacts | undefined) {
  if (session === undefined) return {};
  const mfa = session.mfa === undefined ? {} : { mfa: isoTime(session.mfa.authenticatedAt) };
  return { session: { issued: isoTime(session.issuedAt), ...mfa } };
}

function keysOf(caller: AnyCaller, ids: 'told' | 'untold'): Record<string, string> {
  const keys: Record<string, string> = {};
  if (caller.kind === 'role-session' && caller.sessionName !== SESSION) keys['aws:PrincipalArn'] = caller.roleArn;
  if (ids === 'untold') return keys;
  if (caller.kind === 'user') keys['aws:userid'] = caller.id;
  if (caller.kind === 'role-session') keys['aws:userid'] = `${caller.roleId}:${caller.sessionName}`;
  return keys;
}

function isoTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
