/** The console's acts as they are typed: `console sign-in Ana 'her password' 123456`. */
import type { ConsoleAct } from './acts.ts';

const USAGE = `usage: console enable-root-mfa
       console disable-root-mfa
       console set-root-password <password>
       console delete-root-access-key <access key id>
       console sign-in <user name or root> <password> [--code <MFA code>] [--new-password <password>]
`;

/** The act that the words after \`console\` mean; how it is used where they mean none. */
export function consoleWords(
  words: readonly string[],
): { readonly kind: 'act'; readonly act: ConsoleAct } | { readonly kind: 'usage'; readonly text: string } {
  const [name, ...rest] = words;
  const act = actOf(name, rest);
  return act === undefined ? { kind: 'usage', text: USAGE } : { kind: 'act', act };
}

function actOf(name: string | undefined, rest: readonly string[]): ConsoleAct | undefined {
  const [first, second, ...options] = rest;
  if (name === 'enable-root-mfa' && rest.length === 0) return { name: 'EnableRootMfa' };
  if (name === 'disable-root-mfa' && rest.length === 0) return { name: 'DisableRootMfa' };
  if (first === undefined) return undefined;
  if (name === 'set-root-password' && rest.length === 1) return { name: 'SetRootPassword', password: first };
  if (name === 'delete-root-access-key' && rest.length === 1)
    return { name: 'DeleteRootAccessKey', accessKeyId: first };
  if (name !== 'sign-in' || second === undefined) return undefined;
  const given: { code?: string; newPassword?: string } = {};
  for (let at = 0; at < options.length; at += 2) {
    const value = options[at + 1];
    if (value === undefined) return undefined;
    if (options[at] === '--code') given.code = value;
    else if (options[at] === '--new-password') given.newPassword = value;
    else return undefined;
  }
  return { name: 'SignIn', user: first, password: second, ...given };
}
