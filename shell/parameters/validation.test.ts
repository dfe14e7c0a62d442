import { describe, expect, test } from 'vitest';
import { inputShape, loadDescription } from '../service-description.ts';
import { recorded } from '../testing/recorded.ts';
import { validateParameters } from './validation.ts';

describe('parameters are refused in the words of AWS CLI v2', () => {
  test.each(recorded.validation)('$operation $parameters', async ({ service, operation, parameters, report }) => {
    const description = await loadDescription(service === 's3' ? 's3api' : service);
    const found = Object.values(description?.operations ?? {}).find(({ name }) => name === operation);
    if (description === undefined || found === undefined) throw new Error('not described');
    expect(() => validateParameters(description, inputShape(description, found), parameters)).toThrow(
      `Parameter validation failed:\n${report}`,
    );
  });

  test('what is right passes', async () => {
    const iam = await loadDescription('iam');
    const createUser = iam?.operations['create-user'];
    if (iam === undefined || createUser === undefined) throw new Error('not described');
    const parameters = { UserName: 'Bea', Tags: [{ Key: 'a', Value: '' }] };
    expect(() => validateParameters(iam, inputShape(iam, createUser), parameters)).not.toThrow();
  });
});
