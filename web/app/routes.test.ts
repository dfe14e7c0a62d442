import { describe, expect, it } from 'vitest';
import { attemptPathOf, challengePathOf, routeOf } from './routes.ts';

describe('routeOf', () => {
  it('knows each screen', () => {
    expect(routeOf('/')).toEqual({ screen: 'catalogue' });
    expect(routeOf('/playground')).toEqual({ screen: 'playground' });
    expect(routeOf('/work/')).toEqual({ screen: 'work' });
    expect(routeOf('/challenges/foundations/first-policy')).toEqual({
      screen: 'workbench',
      challenge: 'foundations/first-policy',
    });
  });

  it('answers not-found with the path for everything else', () => {
    for (const path of [
      '/challenges',
      '/challenges/foundations',
      '/challenges/a/b/c',
      '/challenges/../b',
      '/nowhere',
    ]) {
      expect(routeOf(path)).toEqual({ screen: 'not-found', path });
    }
  });

  it('finds the challenge of the path that it made', () => {
    expect(routeOf(challengePathOf('foundations/deny-wins'))).toMatchObject({ challenge: 'foundations/deny-wins' });
  });

  it('finds the attempt of the path that it made', () => {
    const attempt = '0b5c3f6e-6f0c-4f6e-9d3e-1f2a3b4c5d6e';
    expect(routeOf(attemptPathOf(attempt))).toEqual({ screen: 'attempt', attempt });
    expect(routeOf('/work/nothing')).toMatchObject({ screen: 'not-found' });
  });
});
