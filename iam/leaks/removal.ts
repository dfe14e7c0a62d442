/** An identity policy's Deny binds only as long as it is attached: who may take it away is not bound. */
import type { Statement } from '../policy.ts';
import type { Attempt } from './attempt.ts';

const SELF_USER = 'arn:aws:iam::*:user/${aws:username}';

const ways: readonly { readonly action: string; readonly because: string }[] = [
  { action: 'iam:DetachUserPolicy', because: 'the user may detach the managed policy that denies from itself' },
  { action: 'iam:DeleteUserPolicy', because: 'the user may delete the inline policy that denies from itself' },
  { action: 'iam:PutUserPolicy', because: 'the user may write another inline policy over the one that denies' },
];

/** The ways in which a user may take the Deny away from itself. */
export function removalAttempts(): readonly Attempt[] {
  return ways.map(({ action, because }) => {
    const among: Statement = {
      effect: 'Deny',
      action: { not: false, values: [action] },
      resource: { not: false, values: [SELF_USER] },
      conditions: [],
    };
    return {
      kind: 'removable',
      among,
      deniedLike: undefined,
      because,
      source: `https://docs.aws.amazon.com/IAM/latest/APIReference/API_${action.slice('iam:'.length)}.html`,
    };
  });
}
