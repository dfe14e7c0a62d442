/** Which resources the policy of a resource speaks for. */
import { parseArn } from '../arn.ts';

/**
 * The kinds of resources whose policy also governs what they hold, by service: how the resource's part of the ARN begins, and how what
 * is held begins after it. Amazon S3 User Guide, "Bucket policies"; DynamoDB API, "PutResourcePolicy" (indexes go by their table's
 * policy, streams have their own); OpenSearch Service Developer Guide, "Resource-based policies".
 */
const HOLDERS: readonly { readonly service: string; readonly holder: string; readonly held: string }[] = [
  { service: 's3', holder: '', held: '/' },
  { service: 'dynamodb', holder: 'table/', held: '/index/' },
  { service: 'es', holder: 'domain/', held: '/' },
];

/** Whether a policy of the resource `holder` is the one that is asked about `resource`: both ARNs. */
export function governs(holder: string, resource: string): boolean {
  if (holder === resource) return true;
  if (!resource.startsWith(holder)) return false;
  const arn = parseArn(holder);
  if (arn === undefined) return false;
  const rest = resource.slice(holder.length);
  return HOLDERS.some(
    (kind) => kind.service === arn.service && arn.resource.startsWith(kind.holder) && rest.startsWith(kind.held),
  );
}
