import { beforeAll, describe, expect, it, vi } from 'vitest';

describe('sizesFrom', () => {
  // The module asks the window for its width when it is loaded.
  beforeAll(() => vi.stubGlobal('matchMedia', () => ({ matches: false })));

  it('keeps what can be, and mends the rest', async () => {
    const { sizesFrom } = await import('./layout.ts');
    expect(sizesFrom({ brief: 30, editor: -5, upper: 'x' })).toEqual({
      brief: 30,
      editor: 64,
      upper: 60,
      terminal: 66,
    });
    expect(sizesFrom(undefined)).toEqual({ brief: 26, editor: 64, upper: 60, terminal: 66 });
  });
});
