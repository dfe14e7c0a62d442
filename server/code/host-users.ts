/** Who is logged in on a pretend host, and what it is called: the commands that just-bash answers for itself. */
import { type Command, defineCommand } from 'just-bash';
import { shellWord } from '../../cloud/shell-word.ts';

const ids: Readonly<Record<string, number>> = { root: 0, 'ec2-user': 1000, 'ssm-user': 1001 };

const said = (stdout: string) => ({ stdout, stderr: '', exitCode: 0 });
const failed = (stderr: string, exitCode: number) => ({ stdout: '', stderr, exitCode });

/** `whoami`, `id`, `hostname`, `uname`, and `sudo`, which lets everyone on the host do everything. */
export function accountCommands(login: string, hostName: string): readonly Command[] {
  let user = login;
  const id = ([option, ...rest]: readonly string[]) => {
    const name = [option, ...rest].find((word) => word !== undefined && !word.startsWith('-')) ?? user;
    const number = Object.hasOwn(ids, name) ? ids[name] : undefined;
    if (number === undefined) return failed(`id: '${name}': no such user\n`, 1);
    const isName = option?.includes('n') === true;
    if (option?.startsWith('-u') === true) return said(`${isName ? name : number}\n`);
    if (option?.startsWith('-g') === true || option?.startsWith('-G') === true) {
      return said(`${isName ? name : number}\n`);
    }
    return said(`uid=${number}(${name}) gid=${number}(${name}) groups=${number}(${name})\n`);
  };
  return [
    defineCommand('whoami', async () => said(`${user}\n`)),
    defineCommand('id', async (words) => id(words)),
    defineCommand('hostname', async ([option]) => said(`${option === '-s' ? hostName.split('.')[0] : hostName}\n`)),
    defineCommand('uname', async (words) => {
      const all = `Linux ${hostName} 6.1.0-leastwise #1 SMP x86_64 x86_64 x86_64 GNU/Linux`;
      const parts: Readonly<Record<string, string>> = {
        s: 'Linux',
        n: hostName,
        r: '6.1.0-leastwise',
        m: 'x86_64',
        p: 'x86_64',
        o: 'GNU/Linux',
      };
      const letters = words.join('').replaceAll('-', '');
      if (letters.includes('a')) return said(`${all}\n`);
      return said(`${[...(letters || 's')].map((letter) => parts[letter] ?? '').join(' ')}\n`);
    }),
    defineCommand('sudo', async (words, context) => {
      const { as, command } = sudoWords(words);
      if (!Object.hasOwn(ids, as)) return failed(`sudo: unknown user ${as}\n`, 1);
      if (command.length === 0) return failed('usage: sudo [-E] [-n] [-u user] command\n', 1);
      const before = user;
      user = as;
      try {
        const home = as === 'root' ? '/root' : `/home/${as}`;
        const run = await context.exec?.(command.map(shellWord).join(' '), {
          cwd: context.cwd,
          env: { USER: as, HOME: home, SUDO_USER: before },
          ...(context.signal && { signal: context.signal }),
        });
        return run ?? failed('sudo: nothing can be run here\n', 1);
      } finally {
        user = before;
      }
    }),
  ];
}

function sudoWords(words: readonly string[]): { readonly as: string; readonly command: readonly string[] } {
  let as = 'root';
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    if (word === '-u') {
      at += 1;
      as = words[at] ?? '';
    } else if (!word.startsWith('-') || word === '--') {
      return { as, command: words.slice(word === '--' ? at + 1 : at) };
    }
  }
  return { as, command: [] };
}
