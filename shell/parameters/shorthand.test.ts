import { describe, expect, test } from 'vitest';
import { recorded } from '../testing/recorded.ts';
import { parseShorthand } from './shorthand.ts';

describe('shorthand is read as AWS CLI v2 reads it', () => {
  test.each(recorded.shorthand)('$text', ({ text, value, error }) => {
    if (error === undefined) expect(parseShorthand(text)).toEqual(value);
    else expect(() => parseShorthand(text)).toThrow(error);
  });
});
