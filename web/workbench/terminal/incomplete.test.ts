import { describe, expect, it } from 'vitest';
import { isIncomplete } from './incomplete.ts';

describe('isIncomplete', () => {
  it.each([
    ['an open quote', 'echo "abc'],
    ['an open single quote', "aws iam put-role-policy --policy-document '{"],
    ['a trailing backslash', 'aws iam list-users \\'],
    ['a trailing pipe', 'cat x |'],
    ['a trailing and', 'true &&'],
    ['a here-document', 'cat > policy.json <<EOF\n{'],
    ['a quoted here-document', "cat <<'EOF'\n$x"],
    ['a loop', 'for i in 1 2; do'],
    ['a loop with a body', 'for i in 1 2; do\necho $i'],
    ['a condition', 'if true; then echo a'],
    ['a function', 'f() {'],
    ['an open substitution', 'echo $(ls'],
  ])('waits for more: %s', (_name, text) => {
    expect(isIncomplete(text)).toBe(true);
  });

  it.each([
    ['nothing', ''],
    ['a command', 'aws s3 ls'],
    ['a quote that holds the other', `echo "it's"`],
    ['a continued line', 'aws iam \\\nlist-users'],
    ['a here-document that ends', 'cat <<EOF\nif then (\nEOF'],
    ['an indented here-document that ends', 'cat <<-EOF\n\tx\n\tEOF'],
    ['words that are keywords elsewhere', 'echo if do case {'],
    ['a loop that ends', 'for i in 1 2; do echo $i; done'],
    ['a condition that ends', 'if true; then echo a; else echo b; fi'],
    ['nested loops', 'while true; do if false; then break; fi; done'],
    ['a function that ends', 'f() { echo hi; }'],
    ['a subshell', '(cd /tmp && ls)'],
    ['a comment with a quote', 'ls # it"s'],
    ['a JSON document', `aws iam create-policy --policy-document '{"a": ["b"]}'`],
    ['a here-string', 'cat <<< "x"'],
    ['a substitution', 'echo $(ls | wc -l)'],
  ])('runs: %s', (_name, text) => {
    expect(isIncomplete(text)).toBe(false);
  });
});
