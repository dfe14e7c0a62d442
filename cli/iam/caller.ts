/** The principal of a line as the engine takes it. IAM User Guide, "IAM identifiers". */
import { type AnyCaller, parseArn, type SessionFacts, type Tags } from '../../iam/index.ts';
import { LineFault } from '../line-fault.ts';
import type { DecideLine } from './schemas.ts';
import { callerOfProvider, callerWithToken } from './token.ts';

/** Unique ids that nobody has: a line names principals by their ARNs. `aws:userid` can be given in the context. */
const USER_ID = 'AIDAXXXXXXXXXXXXXXXXX';
const ROLE_ID = 'AROAXXXXXXXXXXXXXXXXX';

/** Reads `principal`, `principalTags` and `session`. Throws `invalid_principal`. */
export function readCaller(line: DecideLine, now: number): AnyCaller {
  const { principal } = line;
  if (principal === 'anonymous') return callerWithToken(line) ?? { kind: 'anonymous' };
  if (typeof principal === 'object') return { kind: 'service', service: principal.service };
  const arn = parseArn(principal);
  const withToken = callerOfProvider(principal, arn, line);
  if (withToken !== undefined) return withToken;
  if (arn === undefined) throw invalid(`${principal} is neither an ARN nor "anonymous".`);
  const accountId = line.principalAccount ?? arn.accountId;
  if (!/^[0-9]{12}$/.test(accountId)) throw invalid(`${principal} names no account.`);
  const [type, ...path] = arn.resource.split('/');
  const name = path.at(-1) ?? '';
  const tags = mergeTags(line.principalTags ?? {}, line.session?.tags ?? {});
  const given = line.session === undefined ? {} : { session: readSession(line, now) };
  if (arn.service === 'iam' && arn.resource === 'root') return { kind: 'root', accountId, ...given };
  if (name === '') throw invalid(`${principal} is no principal.`);
  if (arn.service === 'iam' && type === 'user') {
    if (line.session?.kind === 'federated') {
      const guest = `arn:${arn.partition}:sts::${accountId}:federated-user/${name}`;
      const parent = { arn: principal, id: USER_ID };
      return { kind: 'federated-user', accountId, arn: guest, name, parent, tags, session: readSession(line, now) };
    }
    return { kind: 'user', accountId, arn: principal, name, id: USER_ID, tags, ...given };
  }
  const session = readSession(line, now);
  if (arn.service === 'iam' && type === 'role') {
    return roleSession({ partition: arn.partition, accountId, roleArn: principal, roleName: name, tags, session });
  }
  if (arn.service === 'sts' && type === 'assumed-role' && path.length === 2) {
    const [roleName = '', sessionName = ''] = path;
    const roleArn = `arn:${arn.partition}:iam::${accountId}:role/${pathOf(roleName)}${roleName}`;
    return roleSession({ partition: arn.partition, accountId, roleArn, roleName, sessionName, tags, session });
  }
  if (arn.service === 'sts' && type === 'federated-user') {
    // Its user is not told: no policy can mean it by the user's name.
    return { kind: 'federated-user', accountId, arn: principal, name, parent: { arn: '', id: '' }, tags, session };
  }
  throw invalid(`${principal} is no user, role, session, federated user, root or identity provider.`);
}

/** A session's ARN leaves the role's path out; that of a service-linked role is known all the same. */
function pathOf(roleName: string): string {
  return roleName.startsWith('AWSServiceRoleFor') ? 'aws-service-role/' : '';
}

function roleSession(of: {
  readonly partition: string;
  readonly accountId: string;
  readonly roleArn: string;
  readonly roleName: string;
  readonly sessionName?: string;
  readonly tags: Tags;
  readonly session: SessionFacts;
}): AnyCaller {
  const { partition, accountId, roleArn, roleName, sessionName = 'session', tags, session } = of;
  const sessionArn = `arn:${partition}:sts::${accountId}:assumed-role/${roleName}/${sessionName}`;
  return {
    kind: 'role-session',
    accountId,
    roleArn,
    roleName,
    roleId: ROLE_ID,
    sessionName,
    sessionArn,
    tags,
    session,
  };
}

/** A tag of the session takes the place of one of the same key, whatever its letter case. */
function mergeTags(own: Tags, session: Tags): Tags {
  const replaced = new Set(Object.keys(session).map((key) => key.toLowerCase()));
  const kept = Object.entries(own).filter(([key]) => !replaced.has(key.toLowerCase()));
  return { ...Object.fromEntries(kept), ...session };
}

/** A session that says nothing of itself was issued at the request's own time, without MFA. */
function readSession(line: DecideLine, now: number): SessionFacts {
  const { issued, mfa } = line.session ?? {};
  const asked = line.context?.['aws:CurrentTime'];
  const issuedAt =
    issued === undefined
      ? typeof asked === 'string'
        ? readTime(asked, '/context/aws:CurrentTime')
        : now
      : readTime(issued, '/session/issued');
  if (mfa === undefined || mfa === false) return { issuedAt };
  return { issuedAt, mfa: { authenticatedAt: mfa === true ? issuedAt : readTime(mfa, '/session/mfa') } };
}

function readTime(value: string | number, pointer: string): number {
  const time = typeof value === 'number' ? value * 1000 : Date.parse(value);
  if (!Number.isFinite(time)) throw new LineFault('invalid_line', 'must be ISO 8601 or seconds since 1970', pointer);
  return time;
}

function invalid(message: string): LineFault {
  return new LineFault('invalid_principal', message, '/principal');
}
