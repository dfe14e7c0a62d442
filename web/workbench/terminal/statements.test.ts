import { describe, expect, it } from 'vitest';
import { statementsOf } from './statements.ts';

describe('statementsOf', () => {
  it('parts a list of commands', () => {
    expect(statementsOf('aws iam get-user; echo $?')).toEqual(['aws iam get-user', ' echo $?']);
    expect(statementsOf('a && b || c\nd | e;')).toEqual(['a && b || c', 'd | e']);
  });

  it('leaves quotes, escapes and substitutions alone', () => {
    expect(statementsOf(`echo 'a; b' "c; \\"d" e\\;f`)).toHaveLength(1);
    expect(statementsOf('echo $(a; b) ${c}; d')).toEqual(['echo $(a; b) ${c}', ' d']);
    expect(statementsOf('echo $(a $(b; c)); aws configure set x y')).toEqual([
      'echo $(a $(b; c))',
      ' aws configure set x y',
    ]);
  });

  it('keeps whole what belongs together', () => {
    for (const line of [
      'for x in a b; do echo $x; done',
      'if true; then echo a; fi',
      'f() { a; b; }; f',
      'cat <<EOF\na; b\nEOF',
      '(cd /tmp; ls); pwd',
      'echo a # b; c',
      'sleep 1 & echo b',
      'set -e; false; echo no',
      'exit; echo no',
      'case a in a) echo;; esac',
      'echo a;; echo b',
      '; a',
      'a &&; b',
      'aws iam list-users \\\n  --output text',
    ]) {
      expect(statementsOf(line), line).toEqual([line]);
    }
  });

  it('answers one statement for a line without a word', () => {
    expect(statementsOf('  ')).toEqual(['  ']);
  });
});
