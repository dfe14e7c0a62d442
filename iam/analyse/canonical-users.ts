/**
 * Canonical user ids in the policies of a resource: each stands for an account, but does not tell for which. IAM User Guide, "AWS JSON
 * policy elements: Principal"; Amazon S3 User Guide, "Finding the canonical user ID for your AWS account".
 */
import type { Policy, Statement } from '../policy.ts';
import type { Answer, Comparison, Question } from './contrast.ts';

/** Pairs of ids and accounts that are tried; past that nobody knows. */
const MOST = 64;

const FIRST_STAND_IN = 100_000_000_001;

/** Compares two sides that name no canonical user. */
type Compare = (a: readonly Policy[], b: readonly Policy[]) => Comparison;

/** The canonical user ids that the policies name, each once. */
export function canonicalUsersIn(policies: readonly Policy[]): readonly string[] {
  return [
    ...new Set(policies.flatMap(({ statements }) => statements.flatMap((one) => one.principal?.canonicalUser ?? []))),
  ];
}

/**
 * Compares whichever accounts the ids stand for: each that the policies mention, and one that they do not. What holds whatever they stand for
 * is answered; a witness is shown where its caller is of an account that is known.
 */
export function compareOverAccounts(a: readonly Policy[], b: readonly Policy[], compare: Compare): Comparison {
  const ids = canonicalUsersIn([...a, ...b]);
  const mentioned = new Set(JSON.stringify([a, b]).match(/\b\d{12}\b/g) ?? []);
  const standIns: string[] = [];
  for (let next = FIRST_STAND_IN; standIns.length < ids.length; next++) {
    if (!mentioned.has(String(next))) standIns.push(String(next));
  }
  const meanings = meaningsOf(ids, [...mentioned], standIns);
  if (meanings.length > MOST) return { aInB: 'unknown', bInA: 'unknown', disjoint: 'unknown' };
  const found = meanings.map((meaning) => compare(named(a, meaning), named(b, meaning)));
  const { witnessA, witnessB } = found[0] ?? {};
  const isKnown = (witness: Comparison['witnessA']) =>
    witness !== undefined && !('accountId' in witness.caller && standIns.includes(witness.caller.accountId));
  const agreed = (question: Question): Answer => {
    const [first, ...others] = new Set(found.map((one) => one[question]));
    return first === undefined || others.length > 0 ? 'unknown' : first;
  };
  // Without a request to show nothing is answered by no.
  const shown = (question: Question, witness: Comparison['witnessA']): Answer => {
    const answer = agreed(question);
    return answer === 'no' && !isKnown(witness) ? 'unknown' : answer;
  };
  const [aInB, bInA] = [shown('aInB', witnessA), shown('bInA', witnessB)];
  return {
    aInB,
    bInA,
    disjoint: agreed('disjoint'),
    ...(aInB === 'no' && witnessA !== undefined ? { witnessA } : {}),
    ...(bInA === 'no' && witnessB !== undefined ? { witnessB } : {}),
  };
}

type Meaning = ReadonlyMap<string, string>;

/** Every account for every id, no two ids for one account; stand-ins first. */
function meaningsOf(
  ids: readonly string[],
  accounts: readonly string[],
  standIns: readonly string[],
): readonly Meaning[] {
  let meanings: Meaning[] = [new Map()];
  for (const [at, id] of ids.entries()) {
    const possible = [standIns[at] ?? '', ...accounts];
    meanings = meanings.flatMap((meaning) =>
      possible
        .filter((account) => ![...meaning.values()].includes(account))
        .map((account) => new Map([...meaning, [id, account]])),
    );
    if (meanings.length > MOST) break;
  }
  return meanings;
}

function named(policies: readonly Policy[], meaning: Meaning): readonly Policy[] {
  const inStatement = (statement: Statement): Statement => {
    const { principal } = statement;
    if (principal === undefined || principal.canonicalUser.length === 0) return statement;
    const aws = [...principal.aws, ...principal.canonicalUser.flatMap((id) => meaning.get(id) ?? [])];
    return { ...statement, principal: { ...principal, aws, canonicalUser: [] } };
  };
  return policies.map((policy) => ({ ...policy, statements: policy.statements.map(inStatement) }));
}
