/** Resources that have more than one form: a Deny on the one leaves the others. */
import type { Statement } from '../policy.ts';
import type { Attempt } from './attempt.ts';
import { onActions, onResources, sampleOf, speaksOf } from './speaks-of.ts';

interface OtherForm {
  /** Actions that are asked on the other form. */
  readonly actions: readonly string[];
  /** The other forms of a resource that a Deny names; empty where it has none. */
  readonly others: (arn: string) => readonly string[];
  /** Whether those actions are asked on the named form as well. */
  readonly isAskedOnNamed: boolean;
  readonly because: string;
  readonly provided?: string;
  readonly source: string;
}

const forms: readonly OtherForm[] = [
  {
    actions: ['s3:GetObject', 's3:PutObject', 's3:DeleteObject', 's3:GetObjectVersion', 's3:DeleteObjectVersion'],
    others: (arn) => (/^arn:[^:]*:s3:::[^/]+[^/*]$/.test(arn) ? [`${arn}/?*`] : []),
    isAskedOnNamed: false,
    because: 'the ARN is the bucket’s; its objects are arn:aws:s3:::bucket/key',
    source: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/security_iam_service-with-iam.html',
  },
  {
    actions: ['s3:ListBucket', 's3:DeleteBucket', 's3:PutBucketPolicy', 's3:PutLifecycleConfiguration'],
    others: (arn) => (/^arn:[^:]*:s3:::[^/*]+\/\*$/.test(arn) ? [arn.slice(0, -2)] : []),
    isAskedOnNamed: false,
    because: 'the ARN is of the bucket’s objects; the bucket itself is arn:aws:s3:::bucket',
    source: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/security_iam_service-with-iam.html',
  },
  {
    actions: ['dynamodb:Query', 'dynamodb:Scan', 'dynamodb:PartiQLSelect'],
    others: (arn) => (/:dynamodb:.*:table\/[^/*]+$/.test(arn) ? [`${arn}/index/?*`] : []),
    isAskedOnNamed: true,
    because: 'a query of an index is asked on the index’s ARN, table/Name/index/Index',
    provided: 'the table has an index',
    source: 'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/api-permissions-reference.html',
  },
  {
    actions: ['lambda:InvokeFunction'],
    others: (arn) => (/:lambda:.*:function:[^:*]+$/.test(arn) ? [`${arn}:?*`] : []),
    isAskedOnNamed: true,
    because: 'an invocation of a version or alias is asked on the qualified ARN, function:Name:Qualifier',
    source: 'https://docs.aws.amazon.com/lambda/latest/dg/lambda-api-permissions-ref.html',
  },
  {
    actions: ['secretsmanager:GetSecretValue', 'secretsmanager:PutSecretValue', 'secretsmanager:DeleteSecret'],
    others: (arn) =>
      /:secretsmanager:.*:secret:[^*?]+$/.test(arn) && !/-[A-Za-z0-9]{6}$/.test(arn) ? [`${arn}-??????`] : [],
    isAskedOnNamed: false,
    because: 'the ARN of a secret ends in a hyphen and six characters that Secrets Manager draws',
    source: 'https://docs.aws.amazon.com/secretsmanager/latest/userguide/auth-and-access_examples.html',
  },
  {
    actions: ['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey', 'kms:ScheduleKeyDeletion', 'kms:DisableKey'],
    others: (arn) => (arn.includes(':alias/') ? [`${arn.slice(0, arn.indexOf(':alias/'))}:key/?*`] : []),
    isAskedOnNamed: false,
    because:
      'operations on a key are asked on the key’s ARN, however the request names it; an alias in Resource stands for the alias',
    source: 'https://docs.aws.amazon.com/kms/latest/developerguide/cmks-in-iam-policies.html',
  },
  {
    actions: ['ssm:GetParametersByPath'],
    others: ancestors,
    isAskedOnNamed: true,
    because: 'GetParametersByPath is authorised on the path of the request, and returns what lies below it',
    source: 'https://docs.aws.amazon.com/systems-manager/latest/userguide/ps-retrieval-authorization.html',
  },
];

/** `parameter/a` of `parameter/a/b` and `parameter/a/b/*`. */
function ancestors(arn: string): readonly string[] {
  const [head = '', path] = arn.split(':parameter/');
  if (!arn.includes(':ssm:') || path === undefined) return [];
  const segments = path.replace(/\/?\*$/, '').split('/');
  return segments.slice(1).map((_, i) => `${head}:parameter/${segments.slice(0, i + 1).join('/')}`);
}

/** For each form of the resources that the Deny leaves out: the actions that it denies, on that form. */
export function formAttempts(deny: Statement): readonly Attempt[] {
  if (deny.resource === undefined || deny.resource.not) return [];
  const named = deny.resource.values;
  return forms.flatMap(({ actions, others, isAskedOnNamed, because, provided, source }): readonly Attempt[] => {
    const denied = actions.filter((action) => speaksOf(deny, action));
    return named.flatMap((arn) => {
      const left = others(arn);
      if (left.length === 0 || denied.length === 0) return [];
      const stopped = isAskedOnNamed ? sampleOf(arn) : undefined;
      return [
        {
          kind: 'other-form' as const,
          among: onResources(onActions(deny, ...denied), left),
          deniedLike: stopped === undefined ? undefined : (wayRound) => ({ ...wayRound, resource: stopped }),
          because,
          ...(provided && { provided }),
          source,
        },
      ];
    });
  });
}
