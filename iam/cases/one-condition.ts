/** Policies about one condition, the request that they are asked about, and what can come of it. */
import { allow, deny, OBJECT, when } from './people.ts';

export const get = { action: 's3:GetObject', resource: OBJECT };

/** Everything, where the condition is met. */
export const only = (operator: string, key: string, value: unknown) => [[allow('*', '*', when(operator, key, value))]];

/** Everything, save where the condition is met. */
export const unless = (operator: string, key: string, value: unknown) => [
  [allow('*'), deny('*', '*', when(operator, key, value))],
];

export const allowed = { verdict: 'allowed', layer: 'identity' } as const;
export const silent = { verdict: 'implicitly-denied', layer: 'identity' } as const;
export const denied = { verdict: 'explicitly-denied', layer: 'identity' } as const;
export const documented = 'documented' as const;
