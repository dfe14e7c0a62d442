import fc from 'fast-check';
import { expect, it } from 'vitest';
import { compilePolicy } from './compile.ts';
import { parsePolicy } from './parse.ts';
import { actionApplies } from './statement.ts';

const names = fc.constantFrom('s3:GetObject', 's3:getobject', 's3:PutObject', 'sqs:SendMessage', 's3:get', 'nocolon');
const patterns = fc.constantFrom('*', 's3:*', 's3:Get*', 's?:GetObject', '*:Get*', 'sqs:*Message', 's3:?etObject');
const values = fc.array(fc.oneof(names, patterns), { minLength: 1, maxLength: 4 });
const statement = fc.record({ Effect: fc.constant('Allow'), Resource: fc.constant('*') });
const statements = fc.array(
  fc.oneof(
    fc.tuple(statement, values).map(([rest, Action]) => ({ ...rest, Action })),
    fc.tuple(statement, values).map(([rest, NotAction]) => ({ ...rest, NotAction })),
  ),
  { minLength: 1, maxLength: 8 },
);

it('finds the statements that apply to an action, as asking each of them does', () => {
  fc.assert(
    fc.property(statements, names, (drawn, action) => {
      const parsed = parsePolicy(JSON.stringify({ Version: '2012-10-17', Statement: drawn }), 'identity');
      if (parsed.kind === 'malformed') return;
      const compiled = compilePolicy(parsed.policy);
      const lower = action.toLowerCase();
      const asked = compiled.statements.filter((one) => actionApplies(one, { action: lower }));
      expect(compiled.statementsOn(lower)).toEqual(asked);
    }),
    { numRuns: 2000 },
  );
});
