/**
 * Rules about policies that belong to something: the policy of a resource speaks of its own service, and a resource control policy
 * only denies, to everybody. AWS Organizations, "RCP syntax"; "List of AWS services that support RCPs".
 */
import { isAccountId } from '../../arn.ts';
import { RESOURCE_CONTROL_SERVICES } from '../../resource-control-services.ts';
import { type CheckContext, splitAction } from '../context.ts';
import type { StatementView } from '../document.ts';
import { repairOf, rewrite, writeText } from '../edits.ts';
import { hasWildcard, isEverything } from '../pattern.ts';

/** CloudFormation's resource types that have a policy, and the service of their actions and ARNs. */
const SERVICE_OF_TYPE: Readonly<Record<string, string>> = {
  'AWS::S3::Bucket': 's3',
  'AWS::S3::AccessPoint': 's3',
  'AWS::SQS::Queue': 'sqs',
  'AWS::SNS::Topic': 'sns',
  'AWS::KMS::Key': 'kms',
  'AWS::SecretsManager::Secret': 'secretsmanager',
  'AWS::DynamoDB::Table': 'dynamodb',
  'AWS::Lambda::Function': 'lambda',
  'AWS::ECR::Repository': 'ecr',
  'AWS::EFS::FileSystem': 'elasticfilesystem',
};

export function checkOwner(context: CheckContext): void {
  const { kind, resourceType, document, report } = context;
  const service = kind === 'resource' && resourceType !== undefined ? SERVICE_OF_TYPE[resourceType] : undefined;
  if (service === undefined || resourceType === undefined) return;
  for (const { actions, resources } of document.statements) {
    for (const value of actions?.values ?? []) {
      const split = splitAction(value.text);
      if (split === undefined || split.prefix === service || hasWildcard(split.prefix)) continue;
      report(
        'action-of-other-service',
        value,
        `The policy of an ${resourceType} has actions of ${service} only, not ${value.text}.`,
      );
    }
    for (const value of resources?.values ?? []) {
      const named = value.text.split(':')[2];
      if (!value.text.startsWith('arn:') || named === undefined || named === service || hasWildcard(named)) continue;
      if (isAccountId(named)) continue;
      report(
        'resource-of-other-service',
        value,
        `The policy of an ${resourceType} speaks of that resource only, not of ${value.text}.`,
      );
    }
  }
}

export function checkResourceControl(context: CheckContext): void {
  if (context.kind !== 'rcp') return;
  for (const statement of context.document.statements) checkControl(context, statement);
}

function checkControl({ report }: CheckContext, { effect, members, actions, principal }: StatementView): void {
  const written = members.get('Effect');
  if (effect === 'Allow' && written !== undefined) {
    const message = 'A resource control policy only denies: RCPFullAWSAccess, which is always attached, allows.';
    report('rcp-allow', written.span, message);
  }
  if (principal?.not)
    report(
      'rcp-not-principal',
      principal.keySpan,
      'A resource control policy has no NotPrincipal. Write "Principal": "*" with a condition.',
    );
  else if (principal !== undefined && !principal.everyone && !isEverybody(principal.types)) {
    const message = 'A resource control policy is for everybody: "Principal": "*". Conditions make exceptions.';
    report(
      'rcp-principal',
      principal.span,
      message,
      repairOf('Write "Principal": "*"', writeText(principal.span, '*')),
    );
  }
  if (actions?.not)
    report(
      'rcp-not-action',
      actions.keySpan,
      'A resource control policy has no NotAction. Name the actions in Action.',
    );
  for (const value of actions?.not ? [] : (actions?.values ?? [])) {
    const prefix = splitAction(value.text)?.prefix;
    if (isEverything(prefix ?? value.text)) {
      const message = 'A resource control policy of a customer names a service: "s3:*", not "*".';
      report('rcp-every-action', value, message, rewrite(value, 's3:*'));
    } else if (prefix !== undefined && !RESOURCE_CONTROL_SERVICES.has(prefix) && !hasWildcard(prefix)) {
      report(
        'rcp-service-out-of-reach',
        value,
        `Resource control policies do not reach ${prefix}: this denies nothing.`,
      );
    }
  }
}

function isEverybody(
  types: readonly { readonly type: string; readonly values: readonly { readonly text: string }[] }[],
): boolean {
  return types.length === 1 && types[0]?.type === 'AWS' && types[0].values.every(({ text }) => text === '*');
}
