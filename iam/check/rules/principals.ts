/** Rules about Principal and NotPrincipal in the policies of resources and roles. IAM User Guide, "AWS JSON policy elements: Principal". */
import type { ConditionClause } from '../../policy.ts';
import { isPublicPolicy } from '../../public-policy.ts';
import type { CheckContext } from '../context.ts';
import type { ConditionView, ListView, PrincipalView, StatementView } from '../document.ts';
import { removeValue, repairOf, rewrite } from '../edits.ts';
import type { Span } from '../finding.ts';
import { nearest } from '../pattern.ts';

export function checkPrincipals(context: CheckContext): void {
  if (context.kind !== 'resource' && context.kind !== 'trust') return;
  for (const statement of context.document.statements) {
    const { principal } = statement;
    if (principal === undefined) continue;
    if (principal.not && statement.effect === 'Deny') {
      const message =
        'Deny with NotPrincipal also denies principals with a permissions boundary, and roles whose session is not named. ' +
        'Write "Principal": "*" with a condition on aws:PrincipalArn (ArnNotEquals).';
      context.report('deny-with-not-principal', principal.keySpan, message);
    }
    for (const type of principal.types) checkValues(context, type);
    if (!principal.not && statement.effect === 'Allow') checkOpenness(context, statement, principal);
  }
}

/** Services that stand in many policies, to find misspelt ones by. */
const WELL_KNOWN = (
  'apigateway appsync autoscaling backup batch bedrock budgets cloudformation cloudfront cloudtrail codebuild codedeploy ' +
  'codepipeline cognito-idp config delivery.logs dms dynamodb ec2 ecs ecs-tasks edgelambda eks elasticbeanstalk ' +
  'elasticloadbalancing elasticmapreduce events firehose glue guardduty iot kinesis lambda logs monitoring rds redshift ' +
  's3 sagemaker scheduler secretsmanager ses sns sqs ssm states transfer vpc-flow-logs'
)
  .split(' ')
  .map((service) => `${service}.amazonaws.com`);

function checkValues({ report }: CheckContext, list: ListView & { readonly type: string }): void {
  const seen = new Set<string>();
  const hasEverybody = list.type === 'AWS' && list.values.some(({ text }) => text === '*');
  for (const value of list.values) {
    const { text } = value;
    const without = repairOf('Remove it', removeValue(list.node, value));
    if (seen.has(text)) report('duplicate-principal', value, `${text} is named twice.`, without);
    else if (hasEverybody && text !== '*')
      report('redundant-principal', value, `"*" beside it names everybody already.`, without);
    seen.add(text);
    if (list.type === 'AWS' && (text.startsWith('AROA') || text.startsWith('AIDA'))) {
      const [code, noun] = text.startsWith('AROA')
        ? (['principal-role-id', 'role'] as const)
        : (['principal-user-id', 'user'] as const);
      const message = `${text} is the id of a ${noun}, perhaps of one that was deleted. Write the ARN: IAM keeps the id itself.`;
      report(code, value, message);
    }
    if (list.type === 'Service' && !WELL_KNOWN.includes(text)) {
      const meant = nearMiss(text);
      if (meant === undefined) continue;
      report(
        'unknown-service-principal',
        value,
        `There is no service principal ${text}. Did you mean ${meant}?`,
        rewrite(value, meant),
      );
    }
  }
}

/** Only one letter may be wrong: names that are not in the list are many, and right. */
function nearMiss(text: string): string | undefined {
  const [service = '', ...rest] = text.split('.amazonaws.com');
  if (rest.join('') !== '' || service.length < 4) return undefined;
  const meant = nearest(
    service,
    WELL_KNOWN.map((name) => name.slice(0, -'.amazonaws.com'.length)),
  );
  if (meant === undefined || Math.abs(meant.length - service.length) > 1 || meant.charAt(0) !== service.charAt(0))
    return undefined;
  return `${meant}.amazonaws.com`;
}

/** Keys by which a service's caller is told. IAM User Guide, "The confused deputy problem". */
const SOURCES = new Set([
  'aws:sourcearn',
  'aws:sourceaccount',
  'aws:sourceorgid',
  'aws:sourceorgpaths',
  'aws:sourceowner',
]);

function checkOpenness(context: CheckContext, statement: StatementView, principal: PrincipalView): void {
  const aws = principal.types.find(({ type }) => type === 'AWS');
  const everybody = principal.everyone ? principal.span : aws?.values.find(({ text }) => text === '*');
  if (everybody !== undefined) reportEverybody(context, statement, everybody);
  const [service] = principal.types.find(({ type }) => type === 'Service')?.values ?? [];
  const isSourced = statement.conditions.some(({ key, negated }) => !negated && SOURCES.has(key.toLowerCase()));
  if (context.kind !== 'resource' || service === undefined || isSourced) return;
  const message = `Anybody can make ${service.text} call here on their behalf. Add a condition on aws:SourceArn or aws:SourceAccount.`;
  context.report('service-principal-without-source', service, message);
}

function reportEverybody(
  { kind, resourceType, report }: CheckContext,
  statement: StatementView,
  everybody: Span,
): void {
  const { conditions } = statement;
  const advice = 'Name principals, or add a condition on aws:PrincipalOrgID, aws:SourceVpce ….';
  if (kind === 'trust') {
    if (conditions.length > 0) return;
    report('trust-everybody', everybody, `Every principal of every AWS account may assume this role. ${advice}`);
  } else if (conditions.length === 0) {
    report('public-principal', everybody, `This lets everybody in, unsigned requests included. ${advice}`);
  } else if (resourceType === 'AWS::S3::Bucket' && isPublicUnder(conditions)) {
    const message = `None of these conditions fixes who calls or from where: S3 counts the policy as public. ${advice}`;
    report('public-despite-condition', everybody, message);
  }
}

/** Whether S3 counts a statement for everybody as public, whatever its conditions ask. */
function isPublicUnder(conditions: readonly ConditionView[]): boolean {
  const clauses = conditions.map(({ name, key, values }): ConditionClause => {
    const { set, operator, ifExists } = name;
    const clause = { operator, ifExists, key, values: values.map(({ text }) => text) };
    return set === undefined ? clause : { ...clause, set };
  });
  const principal = { not: false, everyone: true, aws: [], service: [], federated: [], canonicalUser: [] };
  const action = { not: false, values: ['s3:GetObject'] };
  return isPublicPolicy({
    version: '2012-10-17',
    statements: [{ effect: 'Allow', principal, action, conditions: clauses }],
  });
}
