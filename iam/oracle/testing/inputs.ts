/** Inputs of `decide` as they are drawn: at the borders of what their own policies tell apart. */
import fc from 'fast-check';
import type { AnyRequest, ApplicablePolicies, Tags } from '../../model.ts';
import type { Statement } from '../../policy.ts';
import { contextValue, near } from './conditions.ts';
import { FIELDS } from './fields.ts';
import { OTHER, OWN } from './people.ts';
import { often } from './policies.ts';
import { organization, type Scene, scene } from './scenes.ts';

export interface Input {
  readonly request: AnyRequest;
  readonly policies: ApplicablePolicies;
}

/** Every kind of caller and of layer, two accounts and an organization. */
export const input: fc.Arbitrary<Input> = scene.chain((drawn) => {
  const { caller, action, policies } = drawn;
  const statements = statementsOf(policies);
  return fc
    .record(
      {
        resource: resourceOf(drawn, statements),
        resourceAccountId: ownerOf(drawn),
        context: context(statements, drawn),
        resourceTags: fc.constantFrom<Tags[]>({}, { team: 'blue' }, { Team: 'Blue', stage: 'a' }),
        organization,
      },
      { requiredKeys: ['resource', 'resourceAccountId', 'context'] },
    )
    .map((request) => ({ request: { caller, action, ...request }, policies }));
});

function statementsOf(policies: ApplicablePolicies): readonly Statement[] {
  const { resource, boundary, identity, session, vpcEndpoint, serviceControl, resourceControl } = policies;
  const levels = [...(serviceControl ?? []), ...(resourceControl ?? [])].flat();
  return [resource, boundary, ...identity, ...(session ?? []), ...(vpcEndpoint ?? []), ...levels].flatMap(
    (attached) => attached?.policy.statements ?? [],
  );
}

function resourceOf({ field }: Scene, statements: readonly Statement[]): fc.Arbitrary<string> {
  const known = fc.constantFrom(...FIELDS[field].resources);
  const written = statements.flatMap(({ resource }) => resource?.values ?? []).filter((value) => value !== '*');
  if (field === 'trust' || field === 'root' || written.length === 0) return known;
  return often(near(written), field === 'ordinary' ? 3 : 1, known);
}

function ownerOf({ field, caller }: Scene): fc.Arbitrary<string> {
  if (field === 'trust' || field === 'root') return fc.constant(OWN);
  const own = 'accountId' in caller ? caller.accountId : OWN;
  return often(fc.constant(own), 2, fc.constantFrom(OWN, OTHER));
}

/** The time of a request comes from a clock, and is a time. */
const TIMES: Readonly<Record<string, fc.Arbitrary<string>>> = {
  'aws:currenttime': fc.constantFrom('2026-01-01T00:00:00Z', '2026-01-01T01:00:00Z', '2025-12-31T23:59:59Z'),
  'aws:epochtime': fc.constantFrom('1767225600', '1767225601', '1767229200'),
};

/** Keys that are true or false, most often. */
const BOOLEAN = /securetransport|viaawsservice|grantisforawsresource/i;

/** Keys that decide without being asked for in a condition, with the values that they may have. */
const UNASKED: Readonly<Partial<Record<Scene['field'], Readonly<Record<string, fc.Arbitrary<string | string[]>>>>>> = {
  key: {
    'kms:EncryptionContext:team': fc.constantFrom('blue', 'Blue'),
    'kms:EncryptionContext:Stage': fc.constantFrom('a', 'b'),
    'kms:ResourceAliases': fc.constantFrom(['alias/archive'], ['alias/aws/s3'], []),
  },
};

/** Some of the keys that the statements ask for, with values near those that they name. */
function context(statements: readonly Statement[], { field }: Scene): fc.Arbitrary<AnyRequest['context']> {
  const clauses = statements.flatMap((statement) => statement.conditions);
  const keys = [...new Map(clauses.map(({ key }) => [key.toLowerCase(), key])).values(), 'aws:UserAgent'];
  const absent = fc.constant(undefined);
  const asked = keys.map((key) => {
    const same = clauses.filter((given) => given.key.toLowerCase() === key.toLowerCase());
    const drawn = contextValue(same.flatMap((given) => given.values));
    const value =
      TIMES[key.toLowerCase()] ?? (BOOLEAN.test(key) ? often(fc.constantFrom('true', 'false'), 2, drawn) : drawn);
    return [key.toLowerCase(), isDerived(key) ? often(absent, 4, value) : often(value, 3, absent)] as const;
  });
  const unasked = Object.entries(UNASKED[field] ?? {})
    .filter(([key]) => !keys.some((name) => name.toLowerCase() === key.toLowerCase()))
    .map(([key, value]) => [key, often(absent, 1, value)] as const);
  return fc.record(Object.fromEntries([...asked, ...unasked])).map((drawn) => {
    const present = Object.entries(drawn).flatMap(([key, value]) =>
      value === undefined ? [] : [[key, value] as const],
    );
    return Object.fromEntries(present);
  });
}

function isDerived(key: string): boolean {
  return /principal|username|userid|token|multifactor|via|sourceidentity|resource(account|tag|org)|assumed|federated|caller/i.test(
    key,
  );
}
