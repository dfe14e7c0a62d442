/**
 * What AWS asks policies about where a request names no resource. Most services then give `*`; IAM gives the collection that is listed, and
 * Amazon S3 all buckets: "User: … is not authorized to perform: iam:ListUsers on resource: arn:aws:iam::111122223333:user/". No page says
 * it of IAM: it is observed in such texts. Of S3 the Service Authorization Reference does, s3:ListAllMyBuckets.
 */

/** Lists of IAM, without the service and in lower case, by the type in the collection's ARN. */
const COLLECTIONS: ReadonlyMap<string, string> = new Map([
  ['listgroups', 'group'],
  ['listinstanceprofiles', 'instance-profile'],
  ['listopenidconnectproviders', 'oidc-provider'],
  // In denials it is called "policy path /".
  ['listpolicies', 'policy'],
  ['listroles', 'role'],
  ['listusers', 'user'],
  ['listvirtualmfadevices', 'mfa'],
]);

const ALL_BUCKETS = 's3:listallmybuckets';

/** Where a request that names no resource is made. */
export interface RequestPlace {
  readonly partition: string;
  readonly accountId: string;
}

/** The ARN that AWS supplies for the action, `iam:ListUsers`; `*` where it supplies none. */
export function suppliedResource(action: string, { partition, accountId }: RequestPlace): string {
  const lower = action.toLowerCase();
  if (lower === ALL_BUCKETS) return `arn:${partition}:s3:::*`;
  const type = lower.startsWith('iam:') ? COLLECTIONS.get(lower.slice('iam:'.length)) : undefined;
  return type === undefined ? '*' : `arn:${partition}:iam::${accountId}:${type}/`;
}
