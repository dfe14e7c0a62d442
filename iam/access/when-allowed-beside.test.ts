import fc from 'fast-check';
import { expect, it } from 'vitest';
import { applicableTo, askedBy } from '../analyse/access-frame.ts';
import { scene } from '../analyse/testing/beside-policies.ts';
import { decide } from '../decide.ts';
import type { AnyRequest } from '../model.ts';
import { requestContext } from '../request-context.ts';
import { conditionsHold } from './condition.ts';
import { knowledgeOf } from './knowledge.ts';
import { whenAllowed } from './when-allowed.ts';

const ENCRYPTION_KEY = 'kms:EncryptionContext:';

/** As AWS sends it: with the keys of the encryption context where there is one. */
function completed(request: AnyRequest): AnyRequest {
  const keys = Object.keys(request.context).flatMap((key) =>
    key.startsWith(ENCRYPTION_KEY) ? [key.slice(ENCRYPTION_KEY.length)] : [],
  );
  if (keys.length === 0) return request;
  return { ...request, context: { ...request.context, 'kms:EncryptionContextKeys': keys } };
}

it('is what decide says of buckets with lists and blocks, and of keys with grants', () => {
  let conditional = 0;
  let allowed = 0;
  fc.assert(
    fc.property(scene, fc.integer(), ({ sides: [access], asked }, seed) => {
      for (const drawn of fc.sample(asked, { numRuns: 12, seed })) {
        const full = askedBy(access, completed({ caller: access.caller, resourceAccountId: '', ...drawn }), false);
        const bare = { ...full, context: {} };
        const policies = applicableTo(access, bare);
        const when = whenAllowed(bare, policies, knowledgeOf(bare, 'principal', new Map()));
        if (when !== undefined && when.length > 0) conditional++;
        const isAllowed = decide(full, policies).verdict === 'allowed';
        if (isAllowed) allowed++;
        const holds = when !== undefined && conditionsHold(when, requestContext(full));
        expect({ full, when, policies, holds }).toEqual({ full, when, policies, holds: isAllowed });
      }
    }),
    { numRuns: 400 },
  );
  expect(conditional).toBeGreaterThan(200);
  expect(allowed).toBeGreaterThan(500);
});
