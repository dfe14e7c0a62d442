/** Rules about the document as a whole: version and size. */

import type { CheckContext, CheckSize } from '../context.ts';
import { addMember, repairOf, rewrite } from '../edits.ts';
import type { CheckCode } from '../severities.ts';

const LATEST = '2012-10-17';

export function checkVersion({ document, report }: CheckContext): void {
  const { root, members, version, text } = document;
  const start = { from: root.from, to: root.from + 1, pointer: '' };
  const member = members.get('Version');
  if (member === undefined) {
    const message = `Without a Version the policy is read in the language of 2008, without variables. Add "Version": "${LATEST}".`;
    report(
      'missing-version',
      start,
      message,
      repairOf('Add the Version', addMember(root, 'Version', `"${LATEST}"`, text)),
    );
  } else if (version === '2008-10-17' && !text.includes('${')) {
    const message = `2008-10-17 is the old policy language. Write "${LATEST}".`;
    report('old-version', member.span, message, rewrite(member.span, LATEST));
  }
}

interface Quota {
  readonly code: CheckCode;
  readonly limit: number;
  readonly holder: string;
  readonly awsMessage: string;
}

/** IAM User Guide, "IAM and AWS STS quotas". The names of users, groups and roles are not known here. */
const QUOTAS: Readonly<Record<Exclude<CheckSize, 'none'>, Quota>> = {
  managed: {
    code: 'managed-policy-size',
    limit: 6144,
    holder: 'A managed policy has',
    awsMessage: 'Cannot exceed quota for PolicySize: 6144',
  },
  'inline-user': inline('user', 2048),
  'inline-group': inline('group', 5120),
  'inline-role': inline('role', 10240),
  trust: {
    code: 'trust-policy-size',
    limit: 2048,
    holder: 'A trust policy has',
    awsMessage: 'Cannot exceed quota for ACLSizePerRole: 2048',
  },
};

function inline(noun: string, limit: number): Quota {
  const awsMessage = `Maximum policy size of ${limit} bytes exceeded for ${noun}`;
  return { code: 'inline-policy-size', limit, holder: `The inline policies of a ${noun} have together`, awsMessage };
}

/** How many characters, white space aside, policies of that kind may have. */
export function sizeLimit(size: Exclude<CheckSize, 'none'>): number {
  return QUOTAS[size].limit;
}

/** AWS Organizations, "Quotas and service limits": every character counts. */
const ORGANIZATION_LIMIT = 5120;

export function checkSize({ document, kind, size, report }: CheckContext): void {
  const { root, text } = document;
  const whole = { from: root.from, to: root.from + 1, pointer: '' };
  if (kind === 'scp' || kind === 'rcp') {
    if (text.length <= ORGANIZATION_LIMIT) return;
    const name = kind === 'scp' ? 'A service control policy' : 'A resource control policy';
    const message = `${name} has at most ${ORGANIZATION_LIMIT} characters, white space included; this one has ${text.length}.`;
    report(`${kind}-size`, whole, message);
    return;
  }
  if (size === 'none') return;
  const { code, limit, holder, awsMessage } = QUOTAS[size];
  const length = text.replaceAll(/\s/g, '').length;
  if (length <= limit) return;
  const message = `${holder} at most ${limit} characters, white space aside; this one has ${length}. Split it, or shorten it with wildcards.`;
  report(code, whole, message, undefined, awsMessage);
}
