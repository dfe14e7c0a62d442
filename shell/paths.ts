/** Paths as the shell and Python write them. */
import type { AwsEnvironment } from './environment.ts';

/** Takes `.` and `..` out of an absolute path. */
export function normalPath(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
}

/** `~` and `$NAME` replaced as Python's expanduser and expandvars do. */
export function expandPath(environment: AwsEnvironment, path: string): string {
  const home = environment.variables['HOME'] ?? '/';
  const expanded = path === '~' || path.startsWith('~/') ? home + path.slice(1) : path;
  return expanded.replace(/\$(\w+|\{[^}]*\})/g, (text, name: string) => {
    return environment.variables[name.replace(/[{}]/g, '')] ?? text;
  });
}

/** An absolute path for what the user wrote. */
export function absolutePath(environment: AwsEnvironment, path: string): string {
  const expanded = expandPath(environment, path);
  return normalPath(expanded.startsWith('/') ? expanded : `${environment.workingDirectory}/${expanded}`);
}
