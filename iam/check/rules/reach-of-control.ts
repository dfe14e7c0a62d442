/** Whom a resource control policy hits that it is not meant for. IAM Access Analyzer policy check reference, "RCP missing …". */
import type { AdviceContext } from '../advice.ts';
import type { ConditionView, StatementView } from '../document.ts';

export function checkReachOfControl(context: AdviceContext): void {
  if (context.kind !== 'rcp') return;
  for (const statement of context.document.statements) if (statement.effect === 'Deny') checkReach(context, statement);
}

const OF_ACCOUNTS = /^aws:principal(orgid|orgpaths|account|arn|tag\/.*)$/s;
const OF_SOURCES = /^aws:source(orgid|orgpaths|account|arn)$/;

/** Services call with a principal of their own: a Deny for everybody must say of which of both kinds of callers it is meant. */
function checkReach({ report }: AdviceContext, { conditions }: StatementView): void {
  const isOf = (value: string) => asks(conditions, /^aws:principalisawsservice$/, value);
  const knowsSource = asks(conditions, /^aws:source(account|arn)$/, 'false');
  for (const { key, keyMember, negated } of conditions) {
    const at = keyMember.keySpan;
    if (!negated) continue;
    if (OF_ACCOUNTS.test(key.toLowerCase()) && !isOf('false')) {
      const message = `Services have no ${key}, and are denied too. Add {"BoolIfExists": {"aws:PrincipalIsAWSService": "false"}}.`;
      report('rcp-hits-services', at, message);
    }
    if (!OF_SOURCES.test(key.toLowerCase())) continue;
    if (!isOf('true')) {
      const message = `Only calls of services have ${key}; all others are denied. Add {"Bool": {"aws:PrincipalIsAWSService": "true"}}.`;
      report('rcp-hits-principals', at, message);
    }
    if (knowsSource) continue;
    const message = 'Services that name no source are denied too. Add {"Null": {"aws:SourceAccount": "false"}}.';
    report('rcp-without-source-check', at, message);
  }
}

function asks(conditions: readonly ConditionView[], key: RegExp, value: string): boolean {
  return conditions.some((one) => key.test(one.key.toLowerCase()) && one.values.every(({ text }) => text === value));
}
