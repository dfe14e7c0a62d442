/** Rules about Principal and NotPrincipal in the policies of resources and roles. IAM User Guide, "AWS JSON policy elements: Principal". */
import type { CheckContext } from '../context.ts';
import type { ListView, PrincipalView, StatementView } from '../document.ts';
import { removeValue, repairOf, rewrite } from '../edits.ts';
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

function checkOpenness({ kind, report }: CheckContext, statement: StatementView, principal: PrincipalView): void {
  const keys = statement.conditions.filter(({ negated }) => !negated).map(({ key }) => key.toLowerCase());
  const aws = principal.types.find(({ type }) => type === 'AWS');
  const everybody = principal.everyone ? principal.span : aws?.values.find(({ text }) => text === '*');
  if (everybody !== undefined && statement.conditions.length === 0) {
    if (kind === 'trust') {
      const message =
        'Every principal of every AWS account may assume this role. Name them, or add a condition on aws:PrincipalOrgID.';
      report('trust-everybody', everybody, message);
    } else {
      const message =
        'This lets everybody in, unsigned requests included. Name principals, or add a condition on aws:PrincipalOrgID, aws:SourceVpce ….';
      report('public-principal', everybody, message);
    }
  }
  const [service] = principal.types.find(({ type }) => type === 'Service')?.values ?? [];
  if (kind !== 'resource' || service === undefined || keys.some((key) => SOURCES.has(key))) return;
  const message = `Anybody can make ${service.text} call here on their behalf. Add a condition on aws:SourceArn or aws:SourceAccount.`;
  report('service-principal-without-source', service, message);
}
