/** `--exclude` and `--include`: patterns in their order, the last that matches decides. */
import type { AwsEnvironment } from '../environment.ts';
import { absolutePath, normalPath } from '../paths.ts';
import { isS3, splitS3 } from './location.ts';

/** A pattern as Unix shells have it: `*`, `?`, `[abc]`, `[!abc]`; `*` matches slashes too. */
export function globPattern(pattern: string): RegExp {
  let source = '';
  for (let i = 0; i < pattern.length; i += 1) {
    const char = pattern[i] ?? '';
    const close = char === '[' ? pattern.indexOf(']', pattern[i + 1] === '!' ? i + 3 : i + 2) : -1;
    if (char === '*') source += '[\\s\\S]*';
    else if (char === '?') source += '[\\s\\S]';
    else if (close > 0) {
      const inside = pattern
        .slice(i + 1, close)
        .replace(/[\\\]]/g, '\\$&')
        .replace(/^!/, '^');
      source += `[${inside}]`;
      i = close;
    } else source += char.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
  }
  return new RegExp(`^${source}$`);
}

function root(environment: AwsEnvironment, word: string, scope: 'tree' | 'one'): string {
  if (isS3(word)) {
    const { bucket, key } = splitS3(word);
    const kept = scope === 'tree' || key.endsWith('/') ? key : key.split('/').slice(0, -1).join('/');
    return `${bucket}/${kept}`;
  }
  const path = absolutePath(environment, word);
  return scope === 'tree' ? path : normalPath(`${path}/..`);
}

function joined(base: string, pattern: string): string {
  if (pattern.startsWith('/')) return pattern;
  return base.endsWith('/') ? base + pattern : `${base}/${pattern}`;
}

/**
 * Whether a source path is to be worked on. `given` holds option names and patterns in turn; patterns are relative to the
 * source, and to the destination for what `--delete` would remove there.
 */
export function pathFilter(
  environment: AwsEnvironment,
  given: readonly string[],
  ends: { readonly source: string; readonly destination: string; readonly scope: 'tree' | 'one' },
): (path: string) => boolean {
  const roots = [root(environment, ends.source, ends.scope), root(environment, ends.destination, ends.scope)];
  const rules: { readonly includes: boolean; readonly patterns: readonly RegExp[] }[] = [];
  for (let i = 0; i + 1 < given.length; i += 2) {
    const pattern = given[i + 1] ?? '';
    rules.push({
      includes: given[i] === '--include',
      patterns: roots.map((base) => globPattern(joined(base, pattern))),
    });
  }
  return (path) => {
    const last = rules.findLast((rule) => rule.patterns.some((pattern) => pattern.test(path)));
    return last?.includes ?? true;
  };
}
