/** Access control lists: grants out of headers, canned names and documents (Amazon S3 User Guide, "ACL overview"). */
import type { AccessControlPolicy, Grant, Owner } from '@aws-sdk/client-s3';
import { AwsError } from '../../errors.ts';
import type { World } from '../../world.ts';
import { canonicalUserId } from './canonical-user.ts';
import { invalidArgument, invalidRequest, malformedXml } from './errors.ts';
import type { GrantState } from './state.ts';

export const allUsers = 'http://acs.amazonaws.com/groups/global/AllUsers';
export const authenticatedUsers = 'http://acs.amazonaws.com/groups/global/AuthenticatedUsers';
const logDelivery = 'http://acs.amazonaws.com/groups/s3/LogDelivery';

type Permission = GrantState['permission'];

/** The headers by which a request asks for an ACL. */
export interface AclHeaders {
  readonly ACL?: string | undefined;
  readonly GrantFullControl?: string | undefined;
  readonly GrantRead?: string | undefined;
  readonly GrantReadACP?: string | undefined;
  readonly GrantWrite?: string | undefined;
  readonly GrantWriteACP?: string | undefined;
}

/** How a request asks for an ACL: by headers, or by a document. */
export interface AclInput extends AclHeaders {
  readonly AccessControlPolicy?: AccessControlPolicy | undefined;
}

/** Canonical ids of those whom an ACL speaks of. */
export interface AclOwners {
  readonly owner: string;
  readonly bucketOwner: string;
}

function user(id: string, permission: Permission): GrantState {
  return { grantee: { type: 'CanonicalUser', id }, permission };
}

function group(uri: string, permission: Permission): GrantState {
  return { grantee: { type: 'Group', uri }, permission };
}

/** The grants of a canned ACL. Throws `InvalidArgument` for a name that is none. */
function cannedGrants(acl: string, { owner, bucketOwner }: AclOwners): readonly GrantState[] {
  const full = user(owner, 'FULL_CONTROL');
  switch (acl) {
    case 'private':
    case 'aws-exec-read':
      return [full];
    case 'public-read':
      return [full, group(allUsers, 'READ')];
    case 'public-read-write':
      return [full, group(allUsers, 'READ'), group(allUsers, 'WRITE')];
    case 'authenticated-read':
      return [full, group(authenticatedUsers, 'READ')];
    case 'log-delivery-write':
      return [full, group(logDelivery, 'WRITE'), group(logDelivery, 'READ_ACP')];
    case 'bucket-owner-read':
      return owner === bucketOwner ? [full] : [full, user(bucketOwner, 'READ')];
    case 'bucket-owner-full-control':
      return owner === bucketOwner ? [full] : [full, user(bucketOwner, 'FULL_CONTROL')];
    default:
      throw invalidArgument('', 'x-amz-acl', acl);
  }
}

const headerPermissions = [
  ['GrantFullControl', 'FULL_CONTROL'],
  ['GrantRead', 'READ'],
  ['GrantReadACP', 'READ_ACP'],
  ['GrantWrite', 'WRITE'],
  ['GrantWriteACP', 'WRITE_ACP'],
] as const;

/** The grants that a request asks for; undefined where it asks for none. */
export function requestedGrants(input: AclInput, owners: AclOwners, world: World): readonly GrantState[] | undefined {
  const headers = headerPermissions.flatMap(([member, permission]) => {
    const header = input[member];
    return header === undefined ? [] : readGrantHeader(header, permission, world);
  });
  const ways = [input.ACL !== undefined, headers.length > 0, input.AccessControlPolicy !== undefined].filter(Boolean);
  if (ways.length > 1) {
    throw input.AccessControlPolicy === undefined
      ? invalidRequest('Specifying both Canned ACLs and Header Grants is not allowed')
      : new AwsError('UnexpectedContent', 'This request does not support content', { status: 400 });
  }
  if (input.ACL !== undefined) return cannedGrants(input.ACL, owners);
  if (input.AccessControlPolicy !== undefined) return readPolicy(input.AccessControlPolicy, owners, world);
  return headers.length > 0 ? headers : undefined;
}

/** `id="…", uri="…"`. */
function readGrantHeader(header: string, permission: Permission, world: World): readonly GrantState[] {
  return header.split(',').map((entry) => {
    const [, type, value = ''] = /^\s*(id|uri|emailAddress)="?([^"]*)"?\s*$/i.exec(entry) ?? [];
    switch (type?.toLowerCase()) {
      case 'id':
        return user(knownUser(value, world), permission);
      case 'uri':
        return group(knownGroup(value), permission);
      default:
        throw invalidArgument('Argument format not recognized', `x-amz-grant-${permission.toLowerCase()}`, header);
    }
  });
}

function readPolicy(policy: AccessControlPolicy, { owner }: AclOwners, world: World): readonly GrantState[] {
  if (policy.Owner?.ID === undefined) throw malformedXml();
  if (policy.Owner.ID !== owner) throw new AwsError('AccessDenied', 'Access Denied', { status: 403 });
  const grants = policy.Grants ?? [];
  if (grants.length > 100) throw malformedXml();
  return grants.map((grant) => {
    const { Grantee: grantee, Permission: permission } = grant;
    if (permission === undefined || !headerPermissions.some(([, known]) => known === permission)) throw malformedXml();
    if (grantee?.Type === 'CanonicalUser') return user(knownUser(grantee.ID ?? '', world), permission);
    if (grantee?.Type === 'Group') return group(knownGroup(grantee.URI ?? ''), permission);
    throw malformedXml();
  });
}

function knownUser(id: string, world: World): string {
  if (Object.keys(world.accounts).some((accountId) => canonicalUserId(accountId) === id)) return id;
  throw invalidArgument('Invalid id', 'id', id);
}

function knownGroup(uri: string): string {
  if (uri === allUsers || uri === authenticatedUsers || uri === logDelivery) return uri;
  throw invalidArgument('Invalid group uri', 'uri', uri);
}

/** Whether an ACL grants anything to everybody, or to everybody with an AWS account (row BPA of "Block public access"). */
export function isPublicAcl(grants: readonly GrantState[]): boolean {
  return grants.some(
    ({ grantee }) => grantee.type === 'Group' && (grantee.uri === allUsers || grantee.uri === authenticatedUsers),
  );
}

/** An ACL as S3 answers it; where none was set, the owner has full control. */
export function describeAcl(
  grants: readonly GrantState[] | undefined,
  owner: string,
): { Owner: Owner; Grants: Grant[] } {
  return {
    Owner: { ID: owner },
    Grants: (grants ?? [user(owner, 'FULL_CONTROL')]).map(({ grantee, permission }) => ({
      Grantee:
        grantee.type === 'CanonicalUser'
          ? { ID: grantee.id, Type: 'CanonicalUser' as const }
          : { URI: grantee.uri, Type: 'Group' as const },
      Permission: permission,
    })),
  };
}
