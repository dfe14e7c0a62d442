/**
 * Rules about what a condition on a key is worth: whether the caller sets it, whether it is enough alone, whether it asks anything at all.
 * IAM Access Analyzer policy check reference; IAM User Guide, "AWS global condition context keys".
 */
import type { AdviceContext } from '../advice.ts';
import { splitAction } from '../context.ts';
import type { ConditionView, StatementView } from '../document.ts';
import { familyOf, lookUpKey } from '../keys.ts';
import { isEverything } from '../pattern.ts';

export function checkKeyAdvice(context: AdviceContext): void {
  for (const statement of context.document.statements) {
    for (const condition of statement.conditions) {
      checkTrustworthiness(context, statement, condition);
      checkCompany(context, statement, condition);
      checkBreadth(context, condition);
      checkEmptiness(context, condition);
      checkScope(context, statement, condition);
    }
  }
}

const lower = ({ key }: ConditionView) => key.toLowerCase();

/** Texts that the caller writes into its request. */
const OF_CALLERS_MAKING = new Set(['aws:referer', 'aws:useragent']);

function checkTrustworthiness(
  { report, catalogue }: AdviceContext,
  { effect }: StatementView,
  condition: ConditionView,
) {
  const { key, keyMember, name, operatorMember, negated } = condition;
  const isText = familyOf(name.operator) === 'String';
  if (OF_CALLERS_MAKING.has(lower(condition)))
    report('untrustworthy-key', keyMember.keySpan, `Whoever calls writes ${key} at will: it keeps nobody out.`);
  const knowledge = lookUpKey(catalogue, key);
  if (isText && name.operator.endsWith('Like') && knowledge.kind === 'known' && knowledge.key.type.endsWith('ARN')) {
    const right = name.operator.replace('String', 'Arn');
    const message = `Under ${name.operator} a star runs over the parts of the ARN in ${key}. Use ${right}.`;
    report('string-like-with-arn-key', operatorMember.keySpan, message);
  }
  if (!isText || lower(condition) !== 's3:prefix' || effect === undefined || (effect === 'Deny') === negated) return;
  const right = effect === 'Deny' ? 'StringNotLike' : 'StringLike';
  const message = `A request for a shorter prefix lists the same objects and gets past this. Use ${right} with what may be listed.`;
  report('s3-prefix-in-negative-context', keyMember.keySpan, message);
}

/** Keys that say little without another one in the same statement. */
const PAIRS: ReadonlyMap<string, readonly string[]> = new Map([
  ['aws:vpcsourceip', ['aws:SourceVpc', 'aws:SourceVpce', 'aws:SourceVpcArn']],
  ['aws:ec2instancesourceprivateipv4', ['aws:Ec2InstanceSourceVpc']],
]);

function checkCompany(
  { report }: AdviceContext,
  { conditions, effect }: StatementView,
  condition: ConditionView,
): void {
  const { key, keyMember, negated } = condition;
  const has = (wanted: string) => conditions.some((other) => lower(other) === wanted.toLowerCase());
  const partners = PAIRS.get(lower(condition));
  if (partners !== undefined && !partners.some(has)) {
    const message = `Private addresses are the same in every VPC: add a condition on ${partners.join(' or ')} beside ${key}.`;
    report('missing-paired-key', keyMember.keySpan, message);
  }
  const isRead = lower(condition) === 'dynamodb:attributes' && effect === 'Allow' && !negated;
  if (isRead && !has('dynamodb:Select'))
    report(
      'dynamodb-attributes-without-select',
      keyMember.keySpan,
      'A read that names no attributes returns all of them. Add {"StringEquals": {"dynamodb:Select": "SPECIFIC_ATTRIBUTES"}}.',
    );
}

/** AWS global condition context keys, "Sensitive condition keys". */
const SENSITIVE = new Set(
  ['principalaccount', 'principalorgid', 'resourceaccount', 'resourceorgid', 'sourceaccount', 'sourceorgid']
    .concat(['sourcevpc', 'sourcevpce', 'vpceaccount', 'vpceorgid'])
    .map((name) => `aws:${name}`),
);

/** So many characters must precede a wildcard or a variable in the subject of an identity provider's token. */
const FEWEST = 6;

function checkBreadth({ report, kind }: AdviceContext, condition: ConditionView): void {
  const { name, key, values } = condition;
  if (familyOf(name.operator) !== 'String') return;
  const isTooOpen = openness(lower(condition), kind);
  if (isTooOpen === undefined) return;
  for (const value of values) {
    const { text } = value;
    const plain = text.replaceAll(VARIABLE, (variable) => VARIABLE_UNIT.repeat(variable.length));
    const isStar = name.operator.endsWith('Like') && !isEverything(text);
    if (isStar && [...plain.matchAll(/[*?]/g)].some(({ index }) => isTooOpen(plain, index)))
      report('wildcard-too-permissive', value, `The wildcard in "${text}" lets in more than ${key} is to tell apart.`);
    const others = [...text.matchAll(VARIABLE)].filter(
      ([variable]) => !SENSITIVE.has(variable.slice(2, -1).toLowerCase()),
    );
    if (others.some(({ index }) => isTooOpen(plain, index)))
      report('variable-too-permissive', value, `The variable in "${text}" can be what ${key} is to tell apart.`);
  }
}

/** A variable; not `${*}`, `${?}` and `${$}`, which are plain text. */
const VARIABLE = /\$\{[^}]{2,}\}/g;
const VARIABLE_UNIT = '\u0001';

const isOpenUnit = (unit: string) => unit === '*' || unit === '?' || unit === VARIABLE_UNIT;

/** Whether one wildcard or variable is all that stands before the colon. */
function isOpenAlone(text: string): boolean {
  const [before = ''] = text.split(':');
  return text.includes(':') && (before.length === 1 || !before.includes('*')) && [...before].every(isOpenUnit);
}

/** What is too open in the values of a key: the text up to a wildcard or a variable tells. Undefined for keys that take any. */
function openness(key: string, kind: AdviceContext['kind']): ((text: string, index: number) => boolean) | undefined {
  if (SENSITIVE.has(key)) return () => true;
  if (key === 'aws:userid') return (text, index) => !text.slice(0, index).includes(':') && !isOpenAlone(text);
  if (kind !== 'trust' || !key.endsWith(':sub') || !key.includes('.')) return undefined;
  return (text, index) => index < FEWEST || [...text.slice(index - FEWEST, index)].some(isOpenUnit);
}

/** A condition that is met, or not, whatever the value: it asks for the key's presence at most. */
function checkEmptiness({ report }: AdviceContext, condition: ConditionView): void {
  const { name, key, keyMember, negated, values } = condition;
  if (!name.operator.endsWith('Like') || !values.some(({ text }) => isEverything(text))) return;
  const { set, ifExists } = name;
  const at = keyMember.keySpan;
  if (set === 'ForAllValues' ? !negated : ifExists && !negated) {
    report(
      'condition-always-met',
      at,
      `Everything matches "*", and so does a missing ${key}: this condition asks nothing.`,
    );
  } else if (set === 'ForAnyValue' && negated) {
    report('condition-never-met', at, `No value of ${key} is unlike "*": the statement never applies.`);
  } else {
    report(
      'same-as-null',
      at,
      `This only asks whether there is ${key} at all: {"Null": {"${key}": "${negated}"}} says so.`,
    );
  }
}

function checkScope(context: AdviceContext, { actions, effect }: StatementView, condition: ConditionView): void {
  const { report, kind, resourceType } = context;
  const { key, keyMember } = condition;
  const at = keyMember.keySpan;
  if (lower(condition).startsWith('aws:resourcetag/') && actions?.not) {
    if (effect === 'Deny')
      report(
        'deny-not-action-with-resource-tag',
        at,
        `Services that do not tell the tags of their resources in ${key} are not denied. Name the actions in Action.`,
      );
    if (effect === 'Allow')
      report(
        'allow-not-action-with-resource-tag',
        at,
        `Only services that tell the tags of their resources in ${key} are allowed. Name the actions in Action.`,
      );
  }
  const isUnbound = actions?.not || actions?.values.some(({ text }) => isEverything(splitAction(text)?.prefix ?? text));
  if (isUnbound && /^aws:vpce(account|orgid|orgpaths)$/.test(lower(condition)))
    report('key-of-some-services', at, `Only some services send ${key}. Name in Action those that do.`);
  if (kind === 'resource' && lower(condition) === 's3:resourceaccount' && resourceType?.startsWith('AWS::S3::'))
    report(
      'key-not-for-resource-policy',
      at,
      `${key} is the owner of what this policy belongs to: it tells nothing here.`,
    );
}
