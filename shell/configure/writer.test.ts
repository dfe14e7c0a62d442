import { describe, expect, test } from 'vitest';
import { parseIni } from '../profiles/ini.ts';
import { recorded } from '../testing/recorded.ts';
import { updateIni } from './writer.ts';

describe('configuration files are changed as AWS CLI v2 changes them', () => {
  test.each(recorded.ini)('$values in $before', ({ before, values, after }) => {
    expect(updateIni(before, 'default', values)).toBe(after);
  });
});

describe('configuration files are read', () => {
  test('with comments, nested settings and blank lines', () => {
    const text =
      '# note\n[default]\nregion = us-east-1\ns3 =\n    max_concurrent_requests = 1\n\n[profile dev]\nOutput=text\n';
    expect([...parseIni(text, 'config')]).toEqual([
      ['default', { region: 'us-east-1', s3: { max_concurrent_requests: '1' } }],
      ['profile dev', { output: 'text' }],
    ]);
  });

  test('or refused with their path', () => {
    expect(() => parseIni('region = x\n', '/home/.aws/config')).toThrow(
      'Unable to parse config file: /home/.aws/config',
    );
  });
});
