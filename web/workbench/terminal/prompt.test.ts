import { describe, expect, it } from 'vitest';
import { identityOf, promptOf } from './prompt.ts';
import { startState } from './protocol.ts';

describe('the prompt', () => {
  it('names the profile, the place below home, and its own width', () => {
    const prompt = promptOf({ ...startState, directory: '/home/learner/policies' }, 'engineer');
    expect(prompt.output).toContain('engineer');
    expect(prompt.output).toContain('~/policies');
    expect(prompt.cells).toBe('engineer ~/policies $ '.length);
  });

  it('does not take a neighbour of home for home', () => {
    expect(promptOf({ ...startState, directory: '/home/learner2' }, 'a').output).toContain('/home/learner2');
  });

  it('tells whose credentials are used, as the AWS CLI chooses them', () => {
    const state = (variables: Record<string, string>) => ({
      ...startState,
      variables,
      exported: Object.keys(variables),
    });
    expect(identityOf(state({}), 'engineer')).toBe('engineer');
    expect(identityOf(state({ AWS_PROFILE: 'cataloguer' }), 'engineer')).toBe('cataloguer');
    const keys = { AWS_ACCESS_KEY_ID: 'ASIA', AWS_SECRET_ACCESS_KEY: 's', AWS_PROFILE: 'cataloguer' };
    expect(identityOf(state(keys), 'engineer')).toBe('env');
    expect(identityOf({ ...state(keys), exported: [] }, 'engineer')).toBe('engineer');
  });
});
