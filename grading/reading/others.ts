/** The check that nobody else has gained anything, which a stage has where its author does not turn it off. */
import type { ChallengeFile } from '../challenge.ts';
import type { Who } from '../check-words.ts';
import type { Check } from '../checks.ts';
import type { Others, OthersCheck } from '../decided-checks.ts';

/** What of a challenge settles whether a stage has the check. */
interface Place {
  readonly type: ChallengeFile['type'];
  /** From 0. */
  readonly stage: number;
  readonly others: Others | undefined;
}

const TITLE = 'Nobody else has gained anything';

/**
 * The check of a stage with these checks; undefined where it has none. It is there for `fix`, for `attack-then-fix` from the second
 * stage on, and where the file says `others`. Whom a check of the stage says what they can, that check judges: they are no others.
 */
export function othersCheck(checks: readonly Check[], { type, stage, others }: Place): OthersCheck | undefined {
  const isDefault = type === 'fix' || (type === 'attack-then-fix' && stage > 0);
  if (others === undefined ? !isDefault : 'off' in others) return undefined;
  const given = others === undefined || 'off' in others ? {} : others;
  return {
    kind: 'others',
    id: freeId(checks),
    title: TITLE,
    private: false,
    others: { except: [...(given.except ?? []), ...spokenOf(checks)], within: given.within ?? [] },
  };
}

/** `others`, unless the author has given that name to another check. */
function freeId(checks: readonly Check[]): string {
  return checks.some(({ id }) => id === 'others') ? 'nobody-else' : 'others';
}

function spokenOf(checks: readonly Check[]): readonly string[] {
  const names = checks.flatMap((check): readonly string[] => {
    if (check.kind === 'access' && check.access.can !== undefined) return [principalOf(check.access.who)];
    if (check.kind === 'bounds') return [principalOf(check.bounds.who)];
    if (check.kind === 'call' && (check.call.ends ?? 'ok') === 'ok') return [principalOf(check.call.who)];
    return [];
  });
  return [...new Set(names)];
}

function principalOf(who: Who): string {
  if (typeof who === 'string') return who;
  return 'assume' in who ? who.assume : 'by' in who ? who.by : 'anonymous';
}
