/** Rules about address ranges. AWS global condition context keys, `aws:SourceIp`; RFC 1918, RFC 4193, RFC 6598. */
import { parseCidr } from '../../conditions/ip-address.ts';
import type { CheckContext } from '../context.ts';
import type { ConditionView, StatementView } from '../document.ts';
import { rewrite } from '../edits.ts';

type Range = NonNullable<ReturnType<typeof parseCidr>>;

export function checkAddresses(context: CheckContext): void {
  for (const statement of context.document.statements) {
    for (const condition of statement.conditions) {
      if (!condition.name.operator.endsWith('IpAddress')) continue;
      checkRanges(context, statement, condition);
      checkForwardedCalls(context, statement, condition);
    }
  }
}

function checkRanges({ report }: CheckContext, { effect }: StatementView, condition: ConditionView): void {
  const { values, negated, key, keyMember } = condition;
  let privateOnes = 0;
  for (const value of values) {
    const range = parseCidr(value.text);
    if (range === undefined) continue;
    const right = withoutHostBits(range);
    if (right !== undefined) {
      const message = `The bits after the first ${range.bits} do not count: this is ${right}.`;
      report('ip-range-host-bits', value, message, rewrite(value, right));
    }
    if (range.bits === 0 && !negated && effect === 'Allow') {
      report('every-source-ip', value, `${value.text} holds every address: the condition keeps nobody out.`);
    }
    if (PRIVATE.some((known) => holds(known, range))) privateOnes++;
  }
  if (key.toLowerCase() !== 'aws:sourceip' || privateOnes === 0) return;
  const advice =
    'aws:SourceIp is a public address, or missing behind a VPC endpoint; private ones are in aws:VpcSourceIp.';
  const isAll = privateOnes === values.length;
  if (negated) {
    const message = `${isAll ? 'All' : 'Some'} of these are private addresses, which no request comes from. ${advice}`;
    report(isAll ? 'private-not-source-ip' : 'private-not-source-ip-subset', keyMember.span, message);
  } else {
    const message = `${isAll ? 'These are private addresses: no request matches' : 'Some of these are private addresses, which no request matches'}. ${advice}`;
    report(isAll ? 'private-source-ip' : 'private-source-ip-subset', keyMember.span, message);
  }
}

const PRIVATE: readonly Range[] = [
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  'fc00::/7',
  'fe80::/10',
]
  .map((text) => parseCidr(text))
  .filter((range) => range !== undefined);

function holds(outer: Range, inner: Range): boolean {
  if (outer.bytes.length !== inner.bytes.length || inner.bits < outer.bits) return false;
  const cut = masked({ bytes: inner.bytes, bits: outer.bits });
  return cut.every((byte, i) => byte === outer.bytes[i]);
}

function masked({ bytes, bits }: Range): readonly number[] {
  return bytes.map((byte, i) => {
    const left = Math.max(0, Math.min(8, bits - i * 8));
    return byte & ((0xff << (8 - left)) & 0xff);
  });
}

/** The range as it should be written; undefined where it is. IPv6 in groups of four digits, without abbreviation. */
function withoutHostBits(range: Range): string | undefined {
  const bytes = masked(range);
  if (bytes.every((byte, i) => byte === range.bytes[i])) return undefined;
  if (bytes.length === 4) return `${bytes.join('.')}/${range.bits}`;
  const groups: string[] = [];
  for (let i = 0; i < 16; i += 2) groups.push((((bytes[i] ?? 0) << 8) | (bytes[i + 1] ?? 0)).toString(16));
  return `${groups.join(':')}/${range.bits}`;
}

/** AWS: Denies access to AWS based on the source IP: calls that a service makes for the caller come from the service's address. */
function checkForwardedCalls({ report, kind }: CheckContext, statement: StatementView, condition: ConditionView): void {
  const { effect, conditions, actions } = statement;
  if (kind !== 'identity' || effect !== 'Deny' || !condition.negated || condition.key.toLowerCase() !== 'aws:sourceip')
    return;
  const isWide = actions?.not === true || actions?.values.some(({ text }) => text.includes('*')) === true;
  if (!isWide || conditions.some(({ key }) => key.toLowerCase() === 'aws:viaawsservice')) return;
  const message =
    'This also denies what AWS services do on behalf of the caller, from their own addresses. Add {"Bool": {"aws:ViaAWSService": "false"}}.';
  report('deny-by-source-ip-hits-services', condition.operatorMember.keySpan, message);
}
